"""Is this how the body speaks?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar
from zoneinfo import ZoneInfo

from oyez.policy.checks._gaps import gaps
from oyez.policy.checks._words import without_links
from oyez.policy.checks.co_1_staffed import on_shift
from oyez.policy.contract import Context, Hit, Level, MessageOut, Said

# Slang, swearing and the first person singular; quotes are left alone by their marks.
_SLIP = re.compile(
    r"(?<![“‘\"'\w])(?:I(?=[’' ](?:m|ve|ll|d|am|have|think|hate|love|was|will|just)\b)"
    r"|lol|lmao|rofl|wtf|omg|tbh|imo|ffs"
    r"|gonna|wanna|dunno|innit|crap|damn|bloody|bollocks|bugger(?:s|ed)?|shit(?:s|e|ty)?|fuck\w*|arse(?:s|hole\w*)?|piss(?:ed|ing)?|idiots?"
    r"|knackered|my (?:boss|mates?|night out|weekend|holiday))\b",
    re.IGNORECASE,
)


class Voice:
    id: ClassVar[str] = "SE-5"
    title: ClassVar[str] = "No slip of the tongue, no gap left open, no wrong account"
    why: ClassVar[str] = "Private words from a public account are the commonest mishap of all."
    source: ClassVar[str] = "incidents at councils; house rule"
    level: ClassVar[Level] = Level.WARN
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut) and said.place.corporate and said.writer.person:
            if slips := _slips(said.text):
                yield Hit(
                    f"You are about to speak as {said.place.name}: are these its words?", slips
                )
            if left := gaps(said.text, said.language):
                yield Hit(f"A gap is still to be filled in: “{left[0]}”.", left)
            at = context.now.astimezone(ZoneInfo(context.zone))
            if said.writer.deputy_profile and not on_shift(at, context.hours):
                yield Hit(f"You are about to speak as {said.place.name}, out of hours.")


def _slips(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found[0] for found in _SLIP.finditer(without_links(text))))
