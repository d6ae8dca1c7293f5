"""Is a copy of the record whole? From the file alone, without the house, its database or its keys.

That the copy is of this house’s record, and not one that somebody made up, is seen from a head that
was noted when the house said it: the file must pass through it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from oyez.ledger import rules
from oyez.ledger.rules import Happening, Mark
from oyez.ledger.walk import ALTERED, CUT, FORGED, MISSING, Break, Broken


class Copy:
    """A file of JSON Lines, read line by line."""

    def __init__(self, noted: Sequence[Mark] = ()) -> None:
        self.links, self.position, self.head = 0, 0, b""
        self._noted = list(noted)

    def read(self, lines: Iterable[str]) -> Break | None:
        """All of it; the first place that does not hold, if there is one."""
        try:
            self._read(lines)
        except Broken as here:
            return here.found
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            return Break(self.position + 1, ALTERED, f"Line {self.links + 2} cannot be read.")
        return None

    def _read(self, lines: Iterable[str]) -> None:
        ended = False
        for number, line in enumerate(lines):
            said = json.loads(line)
            if number == 0:
                self._begin(said)
            elif said.get("end"):
                self._end(said)
                ended = True
            else:
                self._link(said)
        if not ended:
            raise Broken(Break(self.position + 1, CUT, "The end of the file is missing."))

    def _begin(self, said: dict[str, Any]) -> None:
        if (said.get("record"), said.get("format")) != ("oyez", 1):
            raise Broken(Break(0, FORGED, "This is no record that Oyez wrote as JSON Lines."))

    def _link(self, said: dict[str, Any]) -> None:
        position, before = int(said["position"]), bytes.fromhex(said["before"])
        if self.links and position != self.position + 1:
            missing = f"What stood between {self.position} and {position} is missing."
            raise Broken(Break(self.position + 1, MISSING, missing))
        if self.links and before != self.head:
            raise Broken(Break(position, FORGED, f"Link {position} does not follow."))
        digest = self._digest(position, said["event"])
        moment = rules.microseconds(datetime.fromisoformat(said["linked_at"]))
        head = rules.head(before, position, digest, moment)
        if head.hex() != said["head"]:
            raise Broken(Break(position, ALTERED, f"What stands at {position} has been changed."))
        self.links, self.position, self.head = self.links + 1, position, head
        self._compare(position, head)

    def _digest(self, position: int, said: dict[str, Any]) -> bytes:
        by, on = said["by"], said["on"]
        salt, signature = bytes.fromhex(by["salt"]), bytes.fromhex(by["signature"])
        if salt and rules.signature(salt, by["kind"], by["id"], by["name"]) != signature:
            raise Broken(Break(position, ALTERED, f"The name at {position} has been changed."))
        if not salt and by["name"]:
            raise Broken(Break(position, ALTERED, f"The name at {position} was put there later."))
        what, who = (said["kind"], on["kind"], on["id"]), (by["kind"], by["id"])
        at = rules.microseconds(datetime.fromisoformat(said["at"]))
        return rules.digest(Happening(said["id"], *what, *who, at, said["data"]), signature)

    def _compare(self, position: int, head: bytes) -> None:
        for mark in self._noted:
            if mark.position == position and not mark.fits(head):
                says = f"What was noted at {position} is another record."
                raise Broken(Break(position, FORGED, says))

    def _end(self, said: dict[str, Any]) -> None:
        if (said["lines"], said["head"]) != (self.links, self.head.hex()):
            raise Broken(Break(self.position + 1, MISSING, "Lines are missing before the end."))
        for mark in self._noted:
            if mark.position > self.position:
                says = f"The copy ends at {self.position}, and {mark.position} was noted."
                raise Broken(Break(self.position + 1, CUT, says))
