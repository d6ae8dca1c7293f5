"""How does a preview read? Item by item, and under each the words for every channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from oyez.posts.queries import Preview
from oyez.posts.rules import headline


@dataclass(frozen=True, slots=True)
class Shown:
    """One item: why it is left out of everything, or what each channel would get."""

    title: str
    left_out: str
    each: Sequence[Preview]
    kind: str = ""  # of the whole feed, in words
    feed_warns: bool = False


def shown(found: Sequence[Preview]) -> list[Shown]:
    """Gather the previews, which come item after item and within one channel after channel."""
    width = len(dict.fromkeys(one.channel for one in found)) or 1
    items = [found[at : at + width] for at in range(0, len(found), width)]
    warns = any(one.warns for one in found)
    return [_item(each, warns) for each in items]


def _item(each: Sequence[Preview], warns: bool) -> Shown:
    reasons = {one.why for one in each}
    why = reasons.pop() if len(reasons) == 1 else ""
    return Shown(headline(each[0].title), why, each, each[0].kind, warns)
