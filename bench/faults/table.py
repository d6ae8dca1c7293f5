"""The lines of a proof run as a table for people, in Markdown: in the README and docs."""

from __future__ import annotations

from collections.abc import Sequence

from bench.faults.contract import Found

_OWN_COLUMN = {"row", "promise", "held", "seed", "seconds", "commit"}


def table(lines: Sequence[Found]) -> str:
    """One row for each line, in the order of the rows."""
    rows = [_row(line) for line in sorted(lines, key=lambda line: (line["row"], line["seed"]))]
    head = ["| | promise | counted | seed | took |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([*head, *rows]) + "\n"


def _row(line: Found) -> str:
    figures = (f"{_words(name)} {_number(line[name])}" for name in line if name not in _OWN_COLUMN)
    held = "" if line["held"] else "**broken:** "
    cells = [line["row"], line["promise"], held + ", ".join(figures), line["seed"]]
    return f"| {' | '.join(map(str, cells))} | {line['seconds']:,.0f} s |"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _number(value: object) -> str:
    return f"**{value:,}**" if isinstance(value, int | float) else str(value)
