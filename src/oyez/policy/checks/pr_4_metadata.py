"""Did a picture say where it was taken?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from oyez.policy.contract import Context, Hit, Level, MessageOut, Said


class Metadata:
    id: ClassVar[str] = "PR-4"
    title: ClassVar[str] = "Pictures carry no place and no author"
    why: ClassVar[str] = "A photograph may hold the place it was taken at, to the metre."
    source: ClassVar[str] = "house rule"
    level: ClassVar[Level] = Level.FIX
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut):
            for medium in said.media:
                if medium.removed:
                    what = " and ".join(medium.removed)
                    yield Hit(f"Removed from {medium.name}: {what}.")
