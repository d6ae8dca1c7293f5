"""How are secrets kept at rest? AES-256-GCM, each bound to the row and field it belongs to.

A sealed text is `id:base64url(nonce, ciphertext, tag)`. Its key id and `about` are authenticated
with it, so that a secret copied to another row does not open there.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import re

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KEY_BYTES = 32
_NONCE_BYTES = 12  # 96 random bits: safe for some four thousand million seals a key (SP 800-38D)
_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


class WrongKeys(ValueError):
    """The keys cannot be used. The sentence says which one and what a key looks like."""


class Unsealable(Exception):
    """A sealed secret does not open: its key is missing, or it is damaged or from elsewhere."""


class MissingKey(Unsealable):
    """The key that sealed it is not among those given. With that key it opens again."""


def new_key(name: str) -> str:
    """A fresh `id:base64` entry, to be put first in the list of keys."""
    if not _KEY_ID.fullmatch(name):
        raise WrongKeys(f"“{name}” cannot name a key: use up to 32 letters, digits, - and _.")
    return f"{name}:{base64.b64encode(os.urandom(_KEY_BYTES)).decode()}"


class Seal:
    """Seals with the first of `keys` ("id:base64,id:base64", 32 bytes each), opens with all."""

    def __init__(self, keys: str) -> None:
        self._keys = dict(_read(entry) for entry in keys.split(",") if entry.strip())
        if not self._keys:
            raise WrongKeys("There is no key to seal secrets with.")
        if len(self._keys) != sum(1 for entry in keys.split(",") if entry.strip()):
            raise WrongKeys("Two keys have the same id: give each its own.")
        self._first = next(iter(self._keys))

    def __repr__(self) -> str:
        return f"<Seal with keys {', '.join(self._keys)}>"

    def seal(self, text: str, about: str) -> str:
        """The text sealed for one place, such as `about="channel:7:token"`."""
        nonce = os.urandom(_NONCE_BYTES)
        packed = self._keys[self._first].encrypt(nonce, text.encode(), _bound(self._first, about))
        return f"{self._first}:{base64.urlsafe_b64encode(nonce + packed).decode()}"

    def open(self, sealed: str, about: str) -> str:
        """The text again. Raises Unsealable unless it was sealed for this very place."""
        key_id, _, packed = sealed.partition(":")
        if key_id not in self._keys:
            raise MissingKey(
                f"This secret was sealed with the key “{key_id[:32]}”, which is not among the keys "
                "given. Put that key back, or enter the secret again."
            )
        try:
            raw = base64.b64decode(packed, altchars=b"-_", validate=True)
            nonce, ciphertext = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
            return self._keys[key_id].decrypt(nonce, ciphertext, _bound(key_id, about)).decode()
        except (InvalidTag, ValueError) as error:
            raise Unsealable(
                f"The secret kept for {about} does not open: it was damaged, moved from elsewhere, "
                f"or the key “{key_id}” has changed. Enter the secret again."
            ) from error

    def reseal(self, sealed: str, about: str) -> str:
        """The same secret under the first key; as it was if it already is."""
        text = self.open(sealed, about)
        return sealed if self.is_current(sealed) else self.seal(text, about)

    def is_current(self, sealed: str) -> bool:
        """Whether the first key sealed this, so that older keys are not needed for it."""
        return sealed.partition(":")[0] == self._first

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the keys, the one that seals first."""
        return tuple(self._keys)


def derived(keys: str, purpose: str) -> tuple[str, bytes]:
    """A key for another purpose, from the first of `keys`, and that one's id."""
    name, key = _raw(next(entry for entry in keys.split(",") if entry.strip()))
    return name, hmac.digest(key, f"oyez derived 1\n{purpose}".encode(), "sha256")


def _read(entry: str) -> tuple[str, AESGCM]:
    name, key = _raw(entry)
    return name, AESGCM(key)


def _raw(entry: str) -> tuple[str, bytes]:
    name, _, encoded = entry.strip().partition(":")
    if not _KEY_ID.fullmatch(name):
        raise WrongKeys("A key is written as id:base64, its id up to 32 letters, digits, - and _.")
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise WrongKeys(f"The key “{name}” is not base64. Copy it again, whole.") from error
    if len(key) != _KEY_BYTES:
        raise WrongKeys(f"The key “{name}” has {len(key)} bytes; it needs {_KEY_BYTES}.")
    return name, key


def _bound(key_id: str, about: str) -> bytes:
    return f"oyez seal 1\n{key_id}\n{about}".encode()
