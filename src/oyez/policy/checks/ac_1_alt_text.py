"""Does every picture say what it shows to those who cannot see it?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from oyez.kit.text import visible
from oyez.policy.contract import Context, Hit, Level, MessageOut, Said


class AltText:
    id: ClassVar[str] = "AC-1"
    title: ClassVar[str] = "Every picture has alt text"
    why: ClassVar[str] = (
        "People who cannot see a picture hear its alt text; without it they learn that "
        "something is there, and not what."
    )
    source: ClassVar[str] = "Government Communication Service, accessible communications"
    level: ClassVar[Level] = Level.BLOCK
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut):
            for medium in said.media:
                if (
                    medium.kind.startswith("image/")
                    and not medium.decorative
                    and not visible(medium.alt)
                ):
                    message = f"Add alt text to {medium.name}: say what matters in it."
                    yield Hit(message, level=Level.WARN if context.incident else None)
