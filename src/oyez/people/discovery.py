"""What does a provider say of itself, and with which keys does it sign? Asked of the provider at
each signing in (its own description at most every five minutes), through the one outbound client.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from oyez.kit import clock
from oyez.kit.fetch import FetchError
from oyez.people import outside
from oyez.people.issuers import Issuer
from oyez.people.tokens import ALGORITHMS, Wrong

WELL_KNOWN = "/.well-known/openid-configuration"
KEPT = timedelta(minutes=5)
KEPT_AWAY = timedelta(seconds=10)  # so that presses of strangers do not wait for it one by one
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Kept:
    came: Document | Wrong
    at: datetime

    def holds(self, now: datetime) -> bool:
        lasts = KEPT_AWAY if isinstance(self.came, Wrong) else KEPT
        return timedelta(0) <= now - self.at < lasts


_kept: dict[str, _Kept] = {}
_lock = threading.Lock()


def of(issuer: Issuer) -> Document:
    """How it describes itself. Raises Wrong, whose text is a sentence for the operator."""
    now = clock.now()
    with _lock:
        kept = _kept.get(issuer.url)
    if not kept or not kept.holds(now):
        kept = _Kept(_came(issuer), now)
        with _lock:
            _kept[issuer.url] = kept
    if isinstance(kept.came, Wrong):
        raise Wrong(kept.came.why, str(kept.came)) from kept.came
    return kept.came


def _came(issuer: Issuer) -> Document | Wrong:
    try:
        return asked(issuer)
    except Wrong as wrong:
        return wrong


def asked(issuer: Issuer) -> Document:
    """The same, asked this moment."""
    document = _json(issuer.url.rstrip("/") + WELL_KNOWN)
    _judge(document, issuer)
    return document


def forget() -> None:
    """Ask anew next time."""
    with _lock:
        _kept.clear()


def keys(document: Document) -> Any:
    """Its keys, from the address that it named; never kept, so that one it withdrew is gone."""
    found = _json(document["jwks_uri"])
    if not isinstance(found.get("keys"), list) or not found["keys"]:
        raise Wrong("answer", "The provider’s list of keys holds no keys.")
    return found


def about(document: Document, access_token: str) -> Document:
    """What it says of whoever this token is for, beside the ID token."""
    where = document.get("userinfo_endpoint")
    return _json(where, {"Authorization": f"Bearer {access_token}"}) if where else {}


def _judge(document: Document, issuer: Issuer) -> None:
    if document.get("issuer") != issuer.url:
        raise Wrong(
            "answer",
            f"The provider calls itself {document.get('issuer')!r}, not {issuer.url!r}: "
            "give --issuer letter for letter as it does.",
        )
    for name in NEEDED:
        if not _is_safe(document.get(name), issuer):
            raise Wrong("answer", f"The provider names no safe address as its {name}.")
    if (userinfo := document.get("userinfo_endpoint")) and not _is_safe(userinfo, issuer):
        raise Wrong("answer", "The provider names no safe address as its userinfo_endpoint.")
    signs = document.get("id_token_signing_alg_values_supported", ["RS256"])
    if not isinstance(signs, list) or not ALGORITHMS.intersection(map(str, signs)):
        raise Wrong("answer", f"The provider signs with {signs}; we take {sorted(ALGORITHMS)}.")
    ways = document.get("code_challenge_methods_supported", ["S256"])
    if not isinstance(ways, list) or "S256" not in ways:
        raise Wrong("answer", "The provider does not take PKCE with S256.")


def _is_safe(address: object, issuer: Issuer) -> bool:
    """With TLS, unless the provider itself is on this very machine."""
    if not isinstance(address, str):
        return False
    parts, ours = urlsplit(address), urlsplit(issuer.url)
    here = (parts.scheme, parts.hostname) == (ours.scheme, ours.hostname)
    return bool(parts.hostname) and (parts.scheme == "https" or here)


def _json(address: str, headers: Mapping[str, str] | None = None) -> Document:
    try:
        answer = outside.client().ask("GET", address, headers=headers)
        found = answer.json()
    except FetchError as trouble:
        raise Wrong("away", str(trouble)) from trouble
    except ValueError as trouble:
        raise Wrong("away", f"{address} does not answer with JSON.") from trouble
    if answer.status != 200 or not isinstance(found, dict):
        raise Wrong("away", f"{address} answered {answer.status}, with no object in it.")
    if urlsplit(answer.url)[:2] != urlsplit(address)[:2]:
        raise Wrong("answer", f"{address} sends us on to {answer.url}.")
    return found
