"""One step after the other along the chain: does each link hold, and if not, what is wrong?"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Never

from oyez.ledger import rules
from oyez.ledger.events import FORGOTTEN
from oyez.ledger.models import Name
from oyez.ledger.rules import Happening, Mark

# What can be wrong. A place that moved is told from one that somebody made up.
ALTERED, MISSING, REORDERED, FORGED, INSERTED, CUT = (
    *("altered", "missing", "reordered"),
    *("forged", "inserted", "cut"),
)

_PUT_BACK = "an older backup was put back in another way than with: oyez db restore"


@dataclass(frozen=True, slots=True)
class Break:
    """The first place that does not hold, and what is wrong there."""

    position: int
    what: str
    says: str
    event: int | None = None


class Row(NamedTuple):
    position: int
    event: int
    name_id: int
    linked_at: int
    digest: bytes
    head: bytes
    seal: bytes
    key: str
    id: int | None
    kind: str
    on_kind: str
    on_id: str
    by_kind: str
    by_id: str
    at: int
    data: str
    by_name: str

    def happening(self) -> Happening:
        what, who = (self.kind, self.on_kind, self.on_id), (self.by_kind, self.by_id)
        data = {} if self.data == "{}" else json.loads(self.data)
        return Happening(self.event, *what, *who, self.at, data)


class Broken(Exception):
    """Raised where the walk ends early."""

    def __init__(self, found: Break) -> None:
        super().__init__(found.says)
        self.found = found


@dataclass
class Walk:
    """Where we are, and what we know so far. `place_of` finds where else a link fits."""

    names: Mapping[int, Name]
    keys: Mapping[str, bytes]
    marks: dict[int, list[Mark]]
    place_of: Callable[[Row], int | None]
    position: int = 0
    head: bytes = rules.BEFORE_ALL
    late: int = 0
    seen: set[int] = field(default_factory=set)  # names that are what was committed to
    forgotten: set[int] = field(default_factory=set)  # names whose erasure is on record
    nameless: dict[int, int] = field(default_factory=dict)  # erased name: where it came first

    @property
    def next(self) -> int:
        return self.position + 1

    def step(self, row: Row) -> None:
        """Go one link further. Raises Broken."""
        if row.position < self.next:
            self._stop(row, FORGED, f"Link {row.position} stands where no link can be.")
        if row.position > self.next:
            self._missing_links(row.position)
        if row.id is None:
            self._stop(row, MISSING, f"Event {row.event}, which stood here, is gone.")
        name = self._name(row)
        if rules.digest(row.happening(), bytes(name.signature)) != row.digest:
            self._stop(row, ALTERED, f"Event {row.event} has been changed since it was recorded.")
        self._link(row)
        self._marks(row)
        self._remember(row, name)

    def _missing_links(self, position: int) -> None:
        first, last = self.next, position - 1
        which = f"Link {first} is" if first == last else f"Links {first} to {last} are"
        raise Broken(Break(first, MISSING, f"{which} missing."))

    def _name(self, row: Row) -> Name:
        name = self.names.get(row.name_id)
        if not name:
            self._stop(row, MISSING, f"The name of who did event {row.event} is gone.")
        if row.by_name != name.name or not self._is_itself(name):
            self._stop(row, ALTERED, f"The name of who did event {row.event} has been changed.")
        return name

    def _link(self, row: Row) -> None:
        if rules.head(self.head, row.position, row.digest, row.linked_at) != row.head:
            self._displaced(row)
        key = self.keys.get(row.key)
        if not key:
            says = f"Link {row.position} was sealed with a key that the house does not have"
            self._stop(row, FORGED, f"{says}: “{row.key}”. If it is an old one, put it back.")
        if rules.seal(key, row.head) != row.seal:
            self._stop(row, FORGED, f"Link {row.position} was not made by this house.")

    def _displaced(self, row: Row) -> None:
        """Does it belong elsewhere, or nowhere?"""
        if belongs := self.place_of(row):
            says = f"Event {row.event} stands at {row.position} and was recorded at {belongs}."
            self._stop(row, REORDERED, says)
        self._stop(row, FORGED, f"Link {row.position} does not follow from those before it.")

    def _marks(self, row: Row) -> None:
        for mark in self.marks.pop(row.position, ()):
            if not mark.fits(row.head):
                says = f"What was noted at {row.position} outside the database was another record"
                self._stop(row, FORGED, f"{says}: it was changed there, or {_PUT_BACK}")

    def _remember(self, row: Row, name: Name) -> None:
        self.position, self.head = row.position, row.head
        self.late += row.linked_at - row.at > rules.VERY_LATE
        if name.erased:
            self.nameless.setdefault(name.pk, row.position)
        if row.kind == FORGOTTEN.name:
            self.forgotten.update(json.loads(row.data)["names"])

    def end(self) -> None:
        """What can only be said once all links are seen. Raises Broken."""
        for name, position in self.nameless.items():
            if name not in self.forgotten:
                says = "A name has been erased here, and nobody is on record for it."
                raise Broken(Break(position, ALTERED, says))
        if beyond := max(self.marks, default=0):
            missing = beyond - self.position
            last = "The last event is" if missing == 1 else f"The last {missing} events are"
            says = f"{last} missing: the end was cut off, or {_PUT_BACK}"
            raise Broken(Break(self.next, CUT, says))

    def _is_itself(self, name: Name) -> bool:
        if name.pk not in self.seen and _is_itself(name):
            self.seen.add(name.pk)
        return name.pk in self.seen

    def _stop(self, row: Row, what: str, says: str) -> Never:
        raise Broken(Break(row.position, what, says, row.event))


def _is_itself(name: Name) -> bool:
    if name.erased:
        return not name.name
    said = rules.signature(bytes(name.salt), name.by_kind, name.by_id, name.name)
    return said == bytes(name.signature)
