"""What exactly is said? Pure: who gets it, which words, and the digest that names them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Literal, NamedTuple

from oyez.networks.contract import Standing

MERGE_WITHIN = timedelta(hours=24)
HEADLINE = 120
FURTHEST = timedelta(days=731)
LATE_AFTER = timedelta(hours=2)  # a message written by a person
_WORDS = re.compile(r"\s+|https?://[^\s]*[\w/]|[\w’'-]+(?:[:.,@]\w+)*|[^\w\s]")  # 18:00 is a word
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_MOST_WORDS = 3000  # beyond it, comparing word by word would keep a page waiting


def lands_on_our_own(standings: Sequence[Standing]) -> bool:
    """Everything published lands on our own page; practice never does."""
    return any(standing is not Standing.PRETEND for standing in standings)


def headline(text: str) -> str:
    """The first line that says anything, short enough for a list."""
    lines = (line.strip() for line in text.splitlines())
    first = next((line for line in lines if line), "")
    return first if len(first) <= HEADLINE else f"{first[: HEADLINE - 1].rstrip()}…"


def below(headline: str, text: str, link: str) -> str:
    """The text without the headline it may begin with, for a page that has it as its heading.

    Its link is always among it, since nobody can follow one in a heading.
    """
    rest = text.strip().removeprefix(headline).strip()
    return rest if not link or link in rest else f"{rest}\n\n{link}".strip()


def digest(fields: Mapping[str, object]) -> str:
    """Names exact words: every field that the network would see, in one order, as JSON, hashed."""
    plain = json.dumps(fields, sort_keys=True, ensure_ascii=False, default=_plain)
    return sha256(plain.encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    raise TypeError(f"A wording cannot hold {type(value).__name__}.")


class Change(NamedTuple):
    """A stretch of text that stayed, came in or went out."""

    kind: Literal["same", "in", "out"]
    text: str


def changes(before: str, after: str) -> list[Change]:
    """What became of one text on its way to another, word by word, for people to read.

    All that is not “in” spells `before`, all that is not “out” spells `after`. Long texts are
    compared line by line.
    """
    pieces = _WORDS if max(len(before), len(after)) < 5 * _MOST_WORDS else _LINES
    old, new = pieces.findall(before), pieces.findall(after)
    found: list[Change] = []
    for name, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if name == "equal":
            found.append(Change("same", "".join(old[a:b])))
            continue
        found += [Change("out", "".join(old[a:b]))] if b > a else []
        found += [Change("in", "".join(new[c:d]))] if d > c else []
    return _together(found)


def _together(found: Sequence[Change]) -> list[Change]:
    """A lone space between two changes belongs to both: whole phrases read better than words."""
    said: list[Change] = []
    for number, one in enumerate(found):
        inside = 0 < number < len(found) - 1
        if one.kind == "same" and inside and not one.text.strip():
            said += [Change("out", one.text), Change("in", one.text)]
        else:
            said.append(one)
    return _joined(said)


def _joined(said: Sequence[Change]) -> list[Change]:
    """Between two stretches that stayed, one that went out and one that came in."""
    out: list[Change] = []
    gone = come = ""
    for kind, text in [*said, Change("same", "")]:
        if kind == "out":
            gone += text
        elif kind == "in":
            come += text
        else:
            out += [Change("out", gone)] if gone else []
            out += [Change("in", come)] if come else []
            out += [Change("same", text)] if text else []
            gone = come = ""
    return out
