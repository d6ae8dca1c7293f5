"""Can people who do not hear follow a film or a sound?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from oyez.policy.contract import Context, Hit, Level, Medium, MessageOut, Said


class Captions:
    id: ClassVar[str] = "AC-3"
    title: ClassVar[str] = "Films have captions, sound has a transcript"
    why: ClassVar[str] = (
        "People who are deaf, and everybody on a bus, follow a film by its captions."
    )
    source: ClassVar[str] = (
        "Government Communication Service, accessible communications; WCAG 2.2, 1.2.2"
    )
    level: ClassVar[Level] = Level.BLOCK
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut):
            for medium in said.media:
                if why := _missing(medium):
                    yield Hit(why, level=Level.WARN if context.incident else None)


def _missing(medium: Medium) -> str:
    if medium.kind.startswith("video/") and not medium.captions:
        return f"Add captions to {medium.name}."
    if medium.kind.startswith("audio/") and not medium.transcript:
        return f"Add a transcript of {medium.name}."
    return ""
