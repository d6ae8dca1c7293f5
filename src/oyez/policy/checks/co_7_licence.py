"""May we show this picture?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from oyez.kit.text import visible
from oyez.policy.contract import Context, Hit, Level, MessageOut, Said


def names_the_owner(licence: str, source: str) -> bool:
    """Either is enough, for a message as for the library."""
    return bool(visible(licence) or visible(source))


class Licence:
    id: ClassVar[str] = "CO-7"
    title: ClassVar[str] = "Every picture has a licence or a source"
    why: ClassVar[str] = (
        "Pictures have owners. Who cannot name the owner cannot show that we may use it."
    )
    source: ClassVar[str] = "Copyright, Designs and Patents Act 1988; county copyright guidance"
    level: ClassVar[Level] = Level.BLOCK
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut):
            for medium in said.media:
                if not names_the_owner(medium.licence, medium.source):
                    yield Hit(f"Who owns {medium.name}? Enter its licence or its source.")
