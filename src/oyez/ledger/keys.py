"""With which key is the chain sealed? One derived from the house's newest key, which the database
does not have.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping

from oyez.kit.seal import Seal, Unsealable, derived
from oyez.ledger import sealing as house
from oyez.ledger.models import SealingKey

log = logging.getLogger(__name__)

PURPOSE = "record"


def sealing() -> tuple[str, bytes]:
    """The id of the key that seals from now on, and the key. Each is kept, itself sealed with the
    newest, for the day on which the house has dropped the key it comes from.
    """
    with house.writing() as seal:
        name, key = derived(house.keys().text(), PURPOSE)
        kept = {old.id: old for old in SealingKey.objects.all()}
        for other, text in _opened(seal, kept.values()):
            if not seal.is_current(kept[other].sealed):
                again = seal.seal(text, kept[other].place)
                SealingKey.objects.filter(pk=other).update(sealed=again)
        if name not in kept:
            new = SealingKey(id=name)
            new.sealed = seal.seal(key.hex(), new.place)
            new.save(force_insert=True)
    return name, key


def known() -> Mapping[str, bytes]:
    """Every key that ever sealed and can still be opened, by its id."""
    opened = _opened(house.seal(), SealingKey.objects.all())
    found = {name: bytes.fromhex(text) for name, text in opened}
    name, key = derived(house.keys().text(), PURPOSE)
    return {**found, name: key}


def _opened(seal: Seal, kept: Iterable[SealingKey]) -> Iterator[tuple[str, str]]:
    """Those that open. That the house lost one must not keep new events from their links; what it
    sealed can be proved no more, and those who verify say so.
    """
    for one in kept:
        try:
            yield one.id, seal.open(one.sealed, one.place)
        except Unsealable as trouble:
            log.warning("A key of the record’s chain is lost: %s", trouble)
