"""May this be taken away?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from oyez.kit.text import visible
from oyez.policy.contract import Act, Context, Hit, Level, Said


class Deleting:
    id: ClassVar[str] = "RE-2"
    title: ClassVar[str] = "Nothing is deleted without a reason, a copy and a look at holds"
    why: ClassVar[str] = (
        "What was said in public is a record; destroying what somebody has asked for is an offence."
    )
    source: ClassVar[str] = "house rule"
    level: ClassVar[Level] = Level.BLOCK
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, Act) and said.kind in {"delete", "hide"}:
            if not visible(said.reason):
                yield Hit("Say why. The reason is kept.")
            if not said.archived:
                yield Hit("There is no copy of it in the archive yet. Try again when there is.")
            for hold in said.holds:
                yield Hit(f"Under hold: {hold}")
