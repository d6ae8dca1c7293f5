"""With which key is the chain sealed? One derived from the house's newest key, which the database
does not have.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings

from oyez.kit.seal import Seal, Unsealable, derived
from oyez.ledger.models import SealingKey

log = logging.getLogger(__name__)

PURPOSE = "record"


def sealing() -> tuple[str, bytes]:
    """The id of the key that seals from now on, and the key. Each is kept, itself sealed with the
    newest, for the day on which the house has dropped the key it comes from.
    """
    name, key = derived(_keys(), PURPOSE)
    seal = Seal(_keys())
    kept = {old.id: old.sealed for old in SealingKey.objects.all()}
    for other, text in _opened(seal, kept):
        if not seal.is_current(kept[other]):
            SealingKey.objects.filter(pk=other).update(sealed=seal.seal(text, _place(other)))
    if name not in kept:
        SealingKey.objects.create(id=name, sealed=seal.seal(key.hex(), _place(name)))
    return name, key


def known() -> Mapping[str, bytes]:
    """Every key that ever sealed and can still be opened, by its id."""
    kept = {one.id: one.sealed for one in SealingKey.objects.all()}
    found = {name: bytes.fromhex(text) for name, text in _opened(Seal(_keys()), kept)}
    name, key = derived(_keys(), PURPOSE)
    return {**found, name: key}


def _opened(seal: Seal, kept: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Those that open. That the house lost one must not keep new events from their links; what it
    sealed can be proved no more, and those who verify say so.
    """
    for name, sealed in kept.items():
        try:
            yield name, seal.open(sealed, _place(name))
        except Unsealable as trouble:
            log.warning("A key of the record’s chain is lost: %s", trouble)


def _place(name: str) -> str:
    return f"record:key:{name}"


def _keys() -> str:
    keys: Any = settings.OYEZ_SEAL_KEYS
    return keys if isinstance(keys, str) else str(keys.text())
