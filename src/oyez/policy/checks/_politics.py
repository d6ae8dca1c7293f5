"""Which sensitive period holds, and who in the register is named? Shared by the election checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import regex

from oyez.policy.checks._words import folded
from oyez.policy.contract import Context, Figure, MessageOut, Period

PRE_ELECTION = "pre_election"
_WORDS = regex.compile(r"@?[\p{L}\p{M}\p{N}_]+(?:[.'’-][\p{L}\p{M}\p{N}_]+)*(?:@[\w.-]+\w)?")


def period_for(said: MessageOut, context: Context) -> Period | None:
    """The pre-election period that this message goes out in, where it speaks for its area."""
    at = said.goes_at or context.now
    periods = (one for one in context.periods if one.kind == PRE_ELECTION)
    return next((one for one in periods if one.covers(at, said.place.area)), None)


def until(period: Period) -> str:
    return f"{period.ends_at:%-d %B %Y}"


def named(text: str, figures: Iterable[Figure]) -> Iterator[tuple[Figure, str]]:
    """Each figure that the text names or tags, with the words that do it, as they stand there."""
    spans = [(found.start(), found.end(), _key(found[0])) for found in _WORDS.finditer(text)]
    for figure in figures:
        if where := _first(text, spans, figure):
            yield figure, text[where[0] : where[1]]


def _first(text: str, spans: list[tuple[int, int, str]], figure: Figure) -> tuple[int, int] | None:
    for name in (figure.name, *figure.aliases, *figure.handles):
        wanted = [_key(word) for word in _WORDS.findall(name)]
        for at in range(len(spans) - len(wanted) + 1):
            here = spans[at : at + len(wanted)]
            if wanted and [key for _start, _end, key in here] == wanted and _in_one(text, here):
                return here[0][0], here[-1][1]
    return None


def _in_one(text: str, here: list[tuple[int, int, str]]) -> bool:
    """Do the words follow one another with nothing but spaces or hyphens between them?"""
    gaps = (text[before[1] : after[0]] for before, after in pairwise(here))
    return all(not gap.strip(" \t\n\u00a0-") for gap in gaps)


def _key(word: str) -> str:
    """A word for comparing: without case, accents, the @ and a possessive’s ending."""
    plain = folded(word).lstrip("@")
    return plain.removesuffix("'s").removesuffix("'")
