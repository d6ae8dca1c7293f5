"""What does the political register say, what is wrong with it, and how is a file of it read?"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from io import StringIO

from oyez.kit.text import visible
from oyez.partners.rules import texts

KINDS: Mapping[str, str] = {"party": "Party", "candidate": "Candidate", "councillor": "Councillor"}
COLUMNS = ("name", "kind", "area", "handles", "aliases", "from", "to")
MOST_LINES = 10_000


@dataclass(frozen=True, slots=True)
class Said:
    """A party, candidate or sitting councillor. Without days: from always, until further notice."""

    name: str
    kind: str
    area: str = ""
    handles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()  # other names they go by: “Cllr Ann Bow”
    from_on: date | None = None
    to_on: date | None = None  # the last day

    def tidied(self) -> Said:
        return replace(
            self,
            name=" ".join(self.name.split()),
            area=" ".join(self.area.split()),
            handles=tuple(texts.tidied(self.handles)),
            aliases=tuple(texts.tidied(self.aliases)),
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: what it says, or what is wrong with it."""

    number: int
    said: Said | None
    problem: str = ""


def wrong(said: Said) -> str:
    """What is wrong with it, in one sentence; empty when it can be kept."""
    if not visible(said.name):
        return "Give the name."
    if said.kind not in KINDS:
        return f"There is no kind “{said.kind[:20]}”. Use {', '.join(KINDS)}."
    if said.from_on and said.to_on and said.to_on < said.from_on:
        return "The last day is before the first. Change one of them."
    return (
        texts.too_long({"name": said.name, "area": said.area}, {"name": 200, "area": 200})
        or texts.wrong_list("names", (said.name, *said.aliases))
        or texts.wrong_list("handles", said.handles)
        or texts.wrong_handles(said.handles)
    )


def wrong_topic(words: str, until: date | None, today: date) -> str:
    if not visible(words):
        return "Give the words of the topic, such as “leisure centre”."
    if until and until < today:
        return "The last day has passed. Give one to come, or none."
    return texts.too_long({"topic": words}, {"topic": 200}) or texts.wrong_list("topics", [words])


def read(text: str) -> Iterator[Line]:
    """The lines of a CSV file with a heading; several handles or aliases with “;” between them."""
    rows = csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        missing = [name for name in COLUMNS[:2] if name not in (rows.fieldnames or ())]
        if missing:
            yield Line(1, None, f"The heading lacks {' and '.join(missing)}.")
            return
        for row in rows:
            if rows.line_num > MOST_LINES:
                yield Line(rows.line_num, None, f"Only {MOST_LINES:,} lines are read. Split it.")
                return
            yield _line(rows.line_num, row)
    except csv.Error as error:
        yield Line(rows.line_num, None, f"This is no CSV: {error}.")


def _line(number: int, row: Mapping[str, str | None]) -> Line:
    given = {name: (row.get(name) or "").strip() for name in COLUMNS}
    try:
        said = Said(
            given["name"],
            given["kind"].lower(),
            given["area"],
            tuple(given["handles"].split(";")),
            tuple(given["aliases"].split(";")),
            _day(given["from"]),
            _day(given["to"]),
        ).tidied()
    except ValueError:
        return Line(number, None, "A day is wrong. Write it as 2027-05-06.")
    problem = wrong(said)
    return Line(number, None if problem else said, problem)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
