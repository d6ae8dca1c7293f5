"""With what is sealed what proves who somebody is? With a key drawn from the one that signs
cookies: the tokens of channels have keys of their own, which come and go.
"""

from __future__ import annotations

import base64
from functools import cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from oyez.kit.seal import Seal


def seal() -> Seal:
    return _from(settings.SECRET_KEY)


@cache
def _from(secret: str) -> Seal:
    key = HKDF(SHA256(), 32, salt=None, info=b"oyez people vault 1").derive(secret.encode())
    return Seal(f"v1:{base64.b64encode(key).decode()}")
