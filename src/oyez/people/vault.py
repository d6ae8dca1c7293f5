"""With what is sealed what proves who somebody is: apps' secrets, recovery codes, providers' client
secrets? With the keys of the house, as the tokens of channels are.

Until a rotation comes by, what is from before stands under a key drawn from the one that signs
cookies. Nothing is sealed with that one any more (ADR 15).
"""

from __future__ import annotations

import base64
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from oyez.kit.seal import Seal, Unsealable
from oyez.ledger import sealing

OLD = "v1"
WHERE = "drawn from OYEZ_SECRET_KEY or the file secret.key"


def opened(sealed: str, place: str) -> str:
    """What was sealed for this place. Raises Unsealable, and WrongKeys."""
    try:
        return sealing.opened(sealed, place)
    except Unsealable:
        if not sealed.startswith(f"{OLD}:"):
            raise
    return _from(settings.SECRET_KEY).open(sealed, place)


def of_person(person: int, kind: str) -> str:
    """What a second factor of theirs, or their recovery codes, are sealed for."""
    return f"person:{person}:{kind}"


def of_provider(slug: str) -> str:
    """What its client secret is sealed for."""
    return f"provider:{slug}"


def of_factor(row: Any) -> str:
    return of_person(row.user_id, row.type)


def of_client(row: Any) -> str:
    return of_provider(row.provider_id)


@cache
def _from(secret: str) -> Seal:
    key = HKDF(SHA256(), 32, salt=None, info=b"oyez people vault 1").derive(secret.encode())
    return Seal(f"{OLD}:{base64.b64encode(key).decode()}")
