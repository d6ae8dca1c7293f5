"""Is the alt text any use?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from oyez.policy.contract import Context, Hit, Level, MessageOut, Said

LONGEST = 125
_OPENING = re.compile(r"(?:an? |the )?(?:image|photo|photograph|picture|graphic) of", re.IGNORECASE)
_FILE = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|heic)|(?:IMG|DSC|DSCN|PXL)_?\d+\S*", re.IGNORECASE)


class GoodAltText:
    id: ClassVar[str] = "AC-2"
    title: ClassVar[str] = "Alt text starts with what matters"
    why: ClassVar[str] = (
        "A screen reader has already said that it is a picture; a file name says nothing; "
        "long texts are cut."
    )
    source: ClassVar[str] = "university alt-text guides"
    level: ClassVar[Level] = Level.WARN
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut):
            for medium in said.media:
                if why := _wrong(medium.alt.strip(), medium.name):
                    yield Hit(f"The alt text of {medium.name} {why}. Start with what matters.")


def _wrong(alt: str, name: str) -> str:
    if opening := _OPENING.match(alt):
        return f"begins with “{opening[0]}”"
    if alt and (alt.casefold() == name.casefold() or _FILE.fullmatch(alt)):
        return "is a file name"
    return (
        f"has {len(alt)} characters, and many readers stop at {LONGEST}"
        if len(alt) > LONGEST
        else ""
    )
