"""May we believe what a provider says of somebody? An ID token, held against what we asked for. No
database and no network here.

The rules are those of OpenID Connect Core 1.0 §3.1.3.7, the signature always checked, and of RFC
8725; ours are stricter where they leave a choice: one audience, no symmetric algorithms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from django.utils.crypto import constant_time_compare

from oyez.people.issuers import ENTRA, GOOGLE, Issuer

ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
SKEW = timedelta(seconds=60)  # by which two clocks may differ
_LEAST_RSA = 2048  # bits
_LONGEST, _LONGEST_SUBJECT = 65_536, 191
_ID_TOKENS = {None, "JWT", "jwt"}  # not a logout token, not an access token (RFC 8725 §3.11)

Claims = Mapping[str, Any]


class Wrong(Exception):
    """It is not believed. `why` is a key of web/signin/words.py; the text is for the log."""

    def __init__(self, why: str, detail: str) -> None:
        super().__init__(detail)
        self.why = why


@dataclass(frozen=True, slots=True)
class Said:
    """What is believed of somebody."""

    subject: str  # who, for ever
    called: str  # how they know their account there
    email: str  # proven, and of a domain that this provider is trusted for; else empty
    factor: bool  # they showed two factors there
    at: datetime | None  # when they last did; None: it does not say


def read(token: str, keys: Any, issuer: Issuer, *, nonce: str, now: datetime) -> Claims:
    """The claims of a token that is this provider's, for us, of this hour, and the answer to what
    this browser asked. `keys`: its JWKS. Raises Wrong.
    """
    if len(token) > _LONGEST:
        raise Wrong("answer", "The token is too long.")
    claims = _signed(token, keys)
    _is_for_us(claims, issuer, nonce)
    _is_of_now(claims, now)
    _is_of_home(claims, issuer)
    return claims


def _signed(token: str, keys: Any) -> Claims:
    try:
        head = jwt.get_unverified_header(token)
        algorithm = head.get("alg")
        if algorithm not in ALGORITHMS or head.get("typ") not in _ID_TOKENS:
            raise Wrong("answer", f"A token of kind {head.get('typ')!r} by {algorithm!r}.")
        claims: Claims = jwt.decode(
            token, _key(keys, head), algorithms=[algorithm], options=_SIGNATURE_ALONE
        )
    except (jwt.PyJWTError, TypeError, ValueError, LookupError, AttributeError) as wrong:
        raise Wrong("answer", f"The token is not signed as it must be: {wrong}") from wrong
    return claims


_SIGNATURE_ALONE: Any = {"verify_signature": True} | dict.fromkeys(
    ("verify_exp", "verify_nbf", "verify_iat", "verify_aud", "verify_iss", "verify_sub"), False
)
"""The rest is held against our clock and our words below."""


def _key(keys: Any, head: Mapping[str, Any]) -> Any:
    """The one key of the provider's list that the token names; where it names none, the only one.
    Keys that the token brings along (jwk, jku, x5u) are never looked at.
    """
    named = head.get("kid")
    every = [one for one in keys["keys"] if one.get("use", "sig") == "sig"]
    found = [one for one in every if named is None or one.get("kid") == named]
    if len(found) != 1:
        raise Wrong("answer", f"{len(found)} keys of the provider are called {named!r}.")
    if found[0].get("alg", head["alg"]) != head["alg"]:
        raise Wrong("answer", "The key is for another algorithm.")
    key = jwt.PyJWK(found[0], algorithm=head["alg"])
    if getattr(key.key, "key_size", _LEAST_RSA) < _LEAST_RSA and key.key_type == "RSA":
        raise Wrong("answer", "The provider’s key is too short.")
    return key.key


def _is_for_us(claims: Claims, issuer: Issuer, nonce: str) -> None:
    if claims.get("iss") != issuer.url:
        raise Wrong("answer", f"The token is of {claims.get('iss')!r}, not {issuer.url}.")
    if claims.get("aud") not in (issuer.client_id, [issuer.client_id]):
        raise Wrong("answer", "The token is not for us alone.")
    if claims.get("azp", issuer.client_id) != issuer.client_id:
        raise Wrong("answer", "The token was given to somebody else.")
    said = claims.get("nonce")
    if not nonce or not isinstance(said, str) or not constant_time_compare(said, nonce):
        raise Wrong("answer", "The token answers another question.")


def _is_of_now(claims: Claims, now: datetime) -> None:
    began, ends = _moment(claims, "iat"), _moment(claims, "exp")
    if began is None or ends is None:
        raise Wrong("answer", "The token does not say when it holds.")
    starts = max(began, _moment(claims, "nbf") or began)
    if now - SKEW >= ends or starts > now + SKEW:
        raise Wrong("clock", f"The token holds from {starts} to {ends}; here it is {now}.")


def _is_of_home(claims: Claims, issuer: Issuer) -> None:
    """Of the body that was named: both sign for many (Microsoft: `tid`, Google: `hd`)."""
    name = {ENTRA: "tid", GOOGLE: "hd"}.get(issuer.kind)
    if name and claims.get(name) != issuer.home:
        raise Wrong("tenant", f"The account is of {claims.get(name)!r}.")


def said(claims: Claims, issuer: Issuer) -> Said:
    """What the claims come to. Raises Wrong for one that names nobody."""
    subject = claims.get("oid" if issuer.kind == ENTRA else "sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise Wrong("answer", "The token names nobody.")
    called = claims.get("preferred_username") or claims.get("email") or claims.get("name")
    ways = claims.get("amr")
    factor = issuer.asks_factor or (isinstance(ways, list) and "mfa" in ways)
    return Said(subject, str(called or "")[:254], proven(claims, issuer), factor, at(claims))


def at(claims: Claims) -> datetime | None:
    """When they last showed there who they are."""
    return _moment(claims, "auth_time")


def proven(claims: Claims, issuer: Issuer) -> str:
    """The address, where the provider has proved that it is theirs and may vouch for its domain.

    Microsoft's `email` is whatever an administrator of any tenant typed; only `xms_edov` says that
    its domain is the tenant's own ("nOAuth").
    """
    email = claims.get("email")
    if not isinstance(email, str) or not email.isascii() or email.count("@") != 1:
        return ""
    sure = claims.get("xms_edov" if issuer.kind == ENTRA else "email_verified")
    strictly = sure is True or (issuer.kind == ENTRA and sure in (1, "1", "true"))
    domain = email.lower().rpartition("@")[2]
    return email.lower() if strictly and domain in issuer.domains else ""


def _moment(claims: Claims, name: str) -> datetime | None:
    seconds = claims.get(name)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
