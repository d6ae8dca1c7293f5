"""Does a message fit a network, and how is it shortened when it does not?

One rule for composer, checks, command line and delivery. Pure; limits are data.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

import regex

from oyez.kit import text as words
from oyez.networks import media_fit
from oyez.networks.contract import Limits, Measure, Message, Refused

_ENDS = r"\p{Sentence_Terminal}\u2026"
_CLOSES = r"\p{Pe}\p{Pf}\"'"
_WIDE = r"\u3002\uff01\uff1f"  # Chinese and Japanese end a sentence without a space
_SENTENCE = regex.compile(rf"[{_ENDS}]+[{_CLOSES}]*(?=\s|$)|[{_WIDE}]+[{_CLOSES}]*|(?<=\S)(?=\n)")
_WORD = regex.compile(r"(?<=\S)(?=\s)")
_ELLIPSIS = "…"


class Room(NamedTuple):
    """What a measure leaves: `left` of `limit` units."""

    left: int
    limit: int
    unit: str


def fit(message: Message, limits: Limits, title: str) -> list[str]:
    """What stands in the way, one sentence each; empty when it fits. `title` is the network's."""
    problems = [
        _too_long(message.text, measure, title) for measure in _broken(message.text, limits)
    ]
    if not words.visible(message.text):
        problems.append(f"Enter a message for {title}. This one has nothing to read in it")
    if message.link and not words.holds(message.text, message.link):
        problems.append(f"The message for {title} must hold its whole link. It does not")
    if message.answers and not limits.threads:
        problems.append(f"{title} cannot reply to a post. Send this as a message of its own")
    missing = sorted(need for need in limits.needs if not _given(message, need))
    problems += [f"Enter a {need} for {title}" for need in missing]
    return problems + media_fit.problems(message.media, limits, title)


def room(text: str, limits: Limits) -> list[Room]:
    """How much is left by each measure; below nothing where it is too long. The tightest first."""
    found = [
        Room(measure.limit - measure.count(text), measure.limit, measure.unit)
        for measure in limits.text
    ]
    return sorted(found, key=lambda one: one.left / one.limit)


def shorten(text: str, link: str, limits: Limits) -> str:
    """The text with its link, whole and last, within every measure.

    As it is where it fits; else cut after a sentence if that keeps at least half of what could be
    kept; else after a word, with an ellipsis. No address is ever cut. Raises Refused when the link
    alone is too long.
    """
    text = words.newlines(text).strip()
    whole = text if not link or words.holds(text, link) else _join(text, " ", link)
    if not _broken(whole, limits):
        return whole
    body, gap = _without(text, link)
    if link and (broken := _broken(link, limits)):
        raise Refused(_link_too_long(link, broken[0]))
    return _join(_cut(body, lambda kept: not _broken(_join(kept, gap, link), limits)), gap, link)


def _cut(body: str, fits: Callable[[str], bool]) -> str:
    """The longest good beginning of `body` that fits; empty when not even one character does."""
    clean = _clean_cuts(body)
    anywhere = _longest(body, clean, _ELLIPSIS, fits)
    sentence = _longest(body, _only(_SENTENCE, body, clean), "", fits)
    word = _longest(body, _only(_WORD, body, clean), _ELLIPSIS, fits)
    for choice in (sentence, word):
        if choice and 2 * len(choice) >= len(anywhere):
            return choice
    return anywhere


def _longest(body: str, cuts: Sequence[int], ending: str, fits: Callable[[str], bool]) -> str:
    """The longest `body[:cut] + ending` that fits, by halving: longer rarely counts less."""
    at = bisect_right(cuts, False, key=lambda cut: not fits(body[:cut] + ending)) - 1
    while at >= 0 and not fits(body[: cuts[at]] + ending):
        at -= 1
    return body[: cuts[at]] + ending if at >= 0 else ""


def _clean_cuts(body: str) -> list[int]:
    """Where a cut splits neither a character nor an address, and leaves no space behind."""
    inside = {at for link in words.links(body) for at in range(link.start + 1, link.end)}
    return [at for at in words.borders(body) if at not in inside and not body[at - 1].isspace()]


def _only(pattern: regex.Pattern[str], body: str, clean: Sequence[int]) -> list[int]:
    wanted = {found.end() for found in pattern.finditer(body)}
    return [at for at in clean if at in wanted]


def _without(text: str, link: str) -> tuple[str, str]:
    """The text without its own link, and the space before the link where it came last."""
    for span in words.links(text, link) if link else []:
        before, after = text[: span.start], text[span.end :]
        if span.text == link and not after.strip():
            body = before.rstrip()
            return body, before[len(body) :] or " "
        if span.text == link and before[-1:].strip() == "" == after[0].strip():
            return (before.rstrip() + after).strip(), " "
    return text, " "


def _join(body: str, gap: str, link: str) -> str:
    return f"{body}{gap}{link}" if body and link else body or link


def _broken(text: str, limits: Limits) -> list[Measure]:
    return [measure for measure in limits.text if measure.count(text) > measure.limit]


def _too_long(text: str, measure: Measure, title: str) -> str:
    most, now = f"{measure.limit:,} {measure.unit}", f"{measure.count(text):,}"
    return f"Message must be {most} or fewer for {title}. It is {now}"


def _link_too_long(link: str, measure: Measure) -> str:
    return (
        f"The link alone is {measure.count(link):,} {measure.unit} and "
        f"{measure.limit:,} is the most there. Use a shorter link"
    )


def _given(message: Message, need: str) -> str:
    return message.title if need == "title" else message.extras.get(need, "")
