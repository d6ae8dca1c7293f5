"""Is it there in every language the body must speak?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from oyez.policy.contract import Context, Hit, Level, MessageOut, Said

NAMES = {"cy": "Welsh", "en": "English", "ga": "Irish", "gd": "Gaelic"}


class Languages:
    id: ClassVar[str] = "LA-1"
    title: ClassVar[str] = "Each language of the body, of equal standing"
    why: ClassVar[str] = (
        "In Wales people may expect Welsh from a public body, treated no less favourably "
        "than English."
    )
    source: ClassVar[str] = "Welsh Language Standards (No. 1) Regulations 2015"
    level: ClassVar[Level] = Level.BLOCK
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut) and said.language in context.languages:
            here = {said.language, *said.other_languages}
            for missing in context.languages:
                if missing not in here:
                    name = NAMES.get(missing, missing)
                    yield Hit(f"{name} version missing. Pair this message with one in {name}.")
