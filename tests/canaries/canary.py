"""A secret that is planted to be looked for: in whatever writing it might get out."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator, Mapping
from urllib.parse import quote, quote_plus


def a_canary(kind: str) -> str:
    """Long enough to be nobody else's; signs that each writing writes otherwise."""
    return f"canary/{kind}+{secrets.token_hex(12)}="


def writings(secret: str) -> Iterator[str]:
    """As it is, escaped for an address, in hexadecimal and in base64 wherever it may begin."""
    raw = secret.encode()
    yield from (secret, quote(secret), quote(secret, safe=""), quote_plus(secret), raw.hex())
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        for before in range(3):
            encoded = encode(b"\0" * before + raw).decode()
            yield encoded[4 if before else 0 : len(encoded) - 4]


def found(planted: Mapping[str, str], sinks: Mapping[str, str]) -> list[str]:
    """Which canary sings where?"""
    return [
        f"{kind} in {name}"
        for kind, secret in planted.items()
        for name, text in sinks.items()
        if any(writing in text for writing in writings(secret))
    ]
