"""The lines of a proof run as a table for people, in Markdown: in the README and docs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from bench.faults.contract import Found

_OWN_COLUMN = {"row", "promise", "held", "seed", "seconds", "commit"}
_HEAD = ["| | promise | counted | seed | seconds |", "| --- | --- | --- | --- | --- |"]


def table(lines: Sequence[Found]) -> str:
    """One row for each promise; where its runs differ, the figures of each, in the order of the
    seeds.
    """
    ordered = sorted(lines, key=lambda line: (line["row"], line["seed"]))
    runs = groupby(ordered, key=lambda line: line["row"])
    return "\n".join([*_HEAD, *(_row(list(of_one)) for _, of_one in runs)]) + "\n"


def _row(runs: Sequence[Found]) -> str:
    names = dict.fromkeys(name for run in runs for name in run if name not in _OWN_COLUMN)
    figures = (f"{_words(name)} {_figure(run.get(name, '-') for run in runs)}" for name in names)
    held = "" if all(run["held"] for run in runs) else "**broken:** "
    cells = [runs[0]["row"], runs[0]["promise"], held + ", ".join(figures)]
    seconds = (f"{run['seconds']:,.0f}" for run in runs)
    cells += [_each(str(run["seed"]) for run in runs), _each(seconds)]
    return f"| {' | '.join(map(str, cells))} |"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _figure(values: Iterable[object]) -> str:
    said = (f"{value:,}" if isinstance(value, int | float) else str(value) for value in values)
    return f"**{_each(said)}**"


def _each(values: Iterable[str]) -> str:
    return " / ".join(dict.fromkeys(values))
