"""Is a token believed only when it is this provider's, for us, of now, and of the right body?"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.warnings import InsecureKeyLengthWarning

from oyez.people import tokens
from oyez.people.issuers import ENTRA, GOOGLE, Issuer
from oyez.people.tokens import Wrong
from tests.servers.provider import KID, a_jwk, a_key, signed

NOW = datetime(2027, 5, 6, 10, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
TENANT = "11111111-2222-3333-4444-555555555555"
HERE = Issuer("council", "Council", "https://id.example", "oyez", domains=("council.example",))
MICROSOFT = Issuer(
    "ms", "MS", f"https://login.microsoftonline.com/{TENANT}/v2.0", "oyez", ENTRA, TENANT,
    ("council.example",),
)  # fmt: skip
WORKSPACE = Issuer(
    "g", "G", "https://accounts.google.com", "oyez", GOOGLE, "council.example",
    ("council.example",),
)  # fmt: skip


def claims(issuer: Issuer = HERE, **more: Any) -> dict[str, Any]:
    good = {"iss": issuer.url, "aud": "oyez", "sub": "s-1", "nonce": "n", "iat": AT, "exp": AT + 60}
    return {name: said for name, said in (good | more).items() if said is not None}


def read(token: str, issuer: Issuer = HERE, keys: list[dict[str, Any]] | None = None) -> Any:
    listed = {"keys": [a_jwk()] if keys is None else keys}
    return tokens.read(token, listed, issuer, nonce="n", now=NOW)


def why(token: str, issuer: Issuer = HERE, keys: list[dict[str, Any]] | None = None) -> str:
    with pytest.raises(Wrong) as wrong:
        read(token, issuer, keys)
    return wrong.value.why


def test_an_honest_token_is_believed() -> None:
    assert read(signed(claims()))["sub"] == "s-1"
    assert read(signed(claims(aud=["oyez"], azp="oyez"), typ="JWT"))["sub"] == "s-1"


def _unsigned(said: dict[str, Any]) -> str:
    return jwt.encode(said, None, algorithm="none", headers={"kid": KID})


def _with_the_public_key(said: dict[str, Any]) -> str:
    """HS256, with what everybody can read as the secret."""
    pem = a_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    parts = [{"alg": "HS256", "typ": "JWT", "kid": KID}, said]
    body = b".".join(_letters(json.dumps(part).encode()) for part in parts)
    return b".".join([body, _letters(hmac.digest(pem, body, hashlib.sha256))]).decode()


def _letters(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def _by_another_key(said: dict[str, Any]) -> str:
    return jwt.encode(said, a_key(which=1), algorithm="RS256", headers={"kid": KID})


def _with_its_own_key(said: dict[str, Any]) -> str:
    head = {"kid": KID, "jwk": a_jwk(a_key(which=1)), "jku": "https://evil.example/keys"}
    return jwt.encode(said, a_key(which=1), algorithm="RS256", headers=head)


def _altered(said: dict[str, Any]) -> str:
    head, _, rest = signed(said).split(".")
    return f"{head}.{_letters(json.dumps(said | {'sub': 's-2'}).encode()).decode()}.{rest}"


@pytest.mark.parametrize(
    "forge", [_unsigned, _with_the_public_key, _by_another_key, _with_its_own_key, _altered]
)
def test_a_token_that_the_provider_did_not_sign_is_not_believed(forge: Any) -> None:
    assert why(forge(claims())) == "answer"


@pytest.mark.parametrize("junk", ["", "x", "a.b.c", "a" * 70_000, "[" * 5_000, "é.é.é"])
def test_what_is_no_token_is_not_believed(junk: str) -> None:
    assert why(junk) == "answer"


def test_a_key_must_be_the_one_that_is_named_long_and_for_signing() -> None:
    good = signed(claims())
    assert why(good, keys=[]) == "answer"
    assert why(good, keys=[a_jwk(), a_jwk()]) == "answer"
    assert why(good, keys=[a_jwk(use="enc")]) == "answer"
    assert why(good, keys=[a_jwk(alg="RS512")]) == "answer"
    assert why(good, keys=[{"kid": KID, "kty": "oct", "k": "AAAA"}]) == "answer"
    with pytest.warns(InsecureKeyLengthWarning):
        short = jwt.encode(claims(), a_key(1024), algorithm="RS256", headers={"kid": KID})
    assert why(short, keys=[a_jwk(a_key(1024))]) == "answer"
    assert read(signed(claims()), keys=[a_jwk(), a_jwk(a_key(which=1), kid="two")])


@pytest.mark.parametrize("kind", ["logout+jwt", "at+jwt", "secevent+jwt"])
def test_a_token_for_another_purpose_is_not_believed(kind: str) -> None:
    assert why(signed(claims(), typ=kind)) == "answer"


@pytest.mark.parametrize(
    "said",
    [
        {"aud": "somebody-else"},
        {"aud": ["oyez", "somebody-else"]},
        {"aud": None},
        {"azp": "somebody-else"},
    ],
)
def test_a_token_for_somebody_else_is_not_believed(said: dict[str, Any]) -> None:
    assert why(signed(claims(**said))) == "answer"


@pytest.mark.parametrize("issuer", ["https://evil.example", "https://id.example/", None])
def test_a_token_of_another_provider_is_not_believed(issuer: str | None) -> None:
    assert why(signed(claims(iss=issuer))) == "answer"


@pytest.mark.parametrize("nonce", ["another", "", None, 7])
def test_a_token_that_answers_another_question_is_not_believed(nonce: Any) -> None:
    assert why(signed(claims(nonce=nonce))) == "answer"


def test_a_question_without_a_nonce_has_no_answer() -> None:
    with pytest.raises(Wrong):
        tokens.read(signed(claims(nonce="")), {"keys": [a_jwk()]}, HERE, nonce="", now=NOW)


@pytest.mark.parametrize(
    "said",
    [
        {"exp": AT - 61},
        {"iat": AT + 61},
        {"nbf": AT + 61},
    ],
)
def test_a_token_counts_only_within_its_time(said: dict[str, Any]) -> None:
    assert why(signed(claims(**said))) == "clock"


def test_two_clocks_may_differ_by_less_than_a_minute() -> None:
    assert read(signed(claims(exp=AT - 59)))
    assert read(signed(claims(iat=AT + 59, nbf=AT + 59)))


@pytest.mark.parametrize("name", ["exp", "iat"])
@pytest.mark.parametrize("moment", [None, "tomorrow", True, 1e300])
def test_a_token_must_say_when_it_holds(name: str, moment: Any) -> None:
    assert why(signed(claims(**{name: moment}))) == "answer"


def test_an_account_of_another_tenant_or_domain_is_not_ours() -> None:
    assert why(signed(claims(MICROSOFT, tid="other")), MICROSOFT) == "tenant"
    assert why(signed(claims(MICROSOFT)), MICROSOFT) == "tenant"
    assert why(signed(claims(WORKSPACE, hd="other.example")), WORKSPACE) == "tenant"
    assert why(signed(claims(WORKSPACE)), WORKSPACE) == "tenant"  # a private Gmail account
    assert read(signed(claims(WORKSPACE, hd="council.example")), WORKSPACE)


def said(issuer: Issuer = HERE, **more: Any) -> tokens.Said:
    return tokens.said(claims(issuer, **more), issuer)


def test_somebody_is_what_stays_theirs() -> None:
    assert said(email="ada@council.example").subject == "s-1"
    assert said(MICROSOFT, oid="o-1").subject == "o-1"


@pytest.mark.parametrize("subject", [None, "", 7, "x" * 192])
def test_a_token_that_names_nobody_is_not_believed(subject: Any) -> None:
    with pytest.raises(Wrong):
        said(sub=subject)
    with pytest.raises(Wrong):
        said(MICROSOFT, oid=subject)


ADA = "ada@council.example"


@pytest.mark.parametrize(
    ("issuer", "says", "proven"),
    [
        (HERE, {"email": "Ada@Council.example", "email_verified": True}, ADA),
        (HERE, {"email": ADA}, ""),
        (HERE, {"email": ADA, "email_verified": False}, ""),
        (HERE, {"email": ADA, "email_verified": "true"}, ""),
        (HERE, {"email": ADA, "xms_edov": True}, ""),
        (HERE, {"email": "ada@elsewhere.example", "email_verified": True}, ""),
        (HERE, {"email": "ada@x@council.example", "email_verified": True}, ""),
        (HERE, {"email": "adı@council.example", "email_verified": True}, ""),
        (HERE, {"email": [ADA], "email_verified": True}, ""),
        (HERE, {"email_verified": True, "preferred_username": ADA}, ""),
        (MICROSOFT, {"oid": "o", "email": ADA, "email_verified": True}, ""),
        (MICROSOFT, {"oid": "o", "email": ADA, "xms_edov": False}, ""),
        (MICROSOFT, {"oid": "o", "email": ADA, "xms_edov": "0"}, ""),
        (MICROSOFT, {"oid": "o", "email": ADA, "xms_edov": True}, ADA),
        (MICROSOFT, {"oid": "o", "email": ADA, "xms_edov": "1"}, ADA),
        (WORKSPACE, {"email": ADA, "email_verified": True}, ADA),
    ],
)
def test_an_address_counts_only_where_it_is_proven(
    issuer: Issuer, says: dict[str, Any], proven: str
) -> None:
    assert said(issuer, **says).email == proven


def test_a_provider_vouches_for_no_domain_that_the_operator_did_not_name() -> None:
    nobody = Issuer("council", "Council", "https://id.example", "oyez")
    assert said(nobody, email=ADA, email_verified=True).email == ""


@pytest.mark.parametrize(
    ("ways", "factor"),
    [(["pwd", "mfa"], True), (["pwd"], False), ("mfa", False), (None, False), (["otp"], False)],
)
def test_two_factors_count_when_the_provider_says_so(ways: Any, factor: bool) -> None:
    assert said(amr=ways).factor is factor


def test_or_when_the_operator_says_so() -> None:
    asks = Issuer("council", "Council", "https://id.example", "oyez", asks_factor=True)
    assert said(asks).factor
