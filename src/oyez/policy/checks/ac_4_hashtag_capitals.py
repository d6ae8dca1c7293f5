"""Can a screen reader tell the words of a hashtag apart?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import ClassVar

from oyez.kit.text import hashtags
from oyez.policy.contract import Context, Hit, Level, MessageOut, Said

SHORTEST = 6
LONGEST = 20


class HashtagCapitals:
    id: ClassVar[str] = "AC-4"
    title: ClassVar[str] = "Hashtags have a capital for each word"
    why: ClassVar[str] = (
        "A screen reader reads #winterready as one strange word and #WinterReady as two."
    )
    source: ClassVar[str] = "Government Communication Service, accessible communications"
    level: ClassVar[Level] = Level.WARN
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut):
            for tag in hashtags(said.text):
                better = capitals(tag.text[1:], context.own_words)
                if better:
                    before, after = said.text[: tag.start], said.text[tag.end :]
                    yield Hit(
                        f"{tag.text} reads better as #{better}.",
                        (tag.text,),
                        f"{before}#{better}{after}",
                    )


def capitals(tag: str, own_words: tuple[str, ...] = ()) -> str:
    """The tag with a capital for each of its words; empty where it should stay as it is."""
    inner = sum(1 for letter in tag[1:] if letter.isupper())
    if inner or not tag.isascii() or not tag.isalpha() or len(tag) < SHORTEST:
        return ""
    known = known_words() | {word.casefold() for own in own_words for word in own.split()}
    found = _split(tag.casefold(), known)
    return "".join(word.capitalize() for word in found) if len(found) > 1 else ""


@cache
def known_words() -> frozenset[str]:
    """The words we tell apart: a list of our own making, beside this file."""
    text = files("oyez.policy.checks").joinpath("words.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if line[:1] != "#" for word in line.split())


def _split(tag: str, known: frozenset[str] | set[str]) -> list[str]:
    """The fewest known words that make up the whole tag; empty when there are none."""
    best: list[list[str] | None] = [[]] + [None] * len(tag)
    for end in range(1, len(tag) + 1):
        for start in range(max(0, end - LONGEST), end):
            before, piece = best[start], tag[start:end]
            if before is None or piece not in known:
                continue
            if best[end] is None or len(before) + 1 < len(best[end] or ()):
                best[end] = [*before, piece]
    return best[len(tag)] or []
