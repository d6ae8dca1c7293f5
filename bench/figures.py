"""What was measured? Figures, as a line of JSON each for programs and as a table for people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from rich.console import Console
from rich.table import Table


class Void(Exception):
    """The work was not all done, so its time says nothing."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured, round by round. Its value is the median; a goal is the most it may be."""

    name: str
    unit: str
    rounds: tuple[float, ...]
    goal: float | None = None

    @property
    def value(self) -> float:
        return median(self.rounds)

    @property
    def met(self) -> bool | None:
        return None if self.goal is None else self.value <= self.goal

    def line(self) -> str:
        """One JSON object: name, value, unit, goal, met, rounds."""
        told = {"name": self.name, "value": _short(self.value), "unit": self.unit}
        told |= {"goal": self.goal, "met": self.met}
        return json.dumps({**told, "rounds": [_short(one) for one in self.rounds]})


def ratio(name: str, of: Sequence[float], to: Sequence[float], goal: float | None = None) -> Figure:
    """Round against round: what was measured in one moment is compared with its own moment."""
    rounds = tuple(one / other for one, other in zip(of, to, strict=True))
    return Figure(name, "x", rounds, goal)


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that `percent` of a hundred do not exceed; of at least two values."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def show(title: str, figures: Sequence[Figure]) -> None:
    """The lines for programs on standard output, then the table for people."""
    out = Console()
    for figure in figures:
        out.out(figure.line(), highlight=False)
    table = Table("", "median", "spread", "goal", "", title=title, title_justify="left")
    for figure in figures:
        table.add_row(*_cells(figure))
    out.print(table)


def _cells(figure: Figure) -> list[str]:
    spread = f"{_text(min(figure.rounds))} to {_text(max(figure.rounds))}"
    goal = "" if figure.goal is None else f"at most {_text(figure.goal)}"
    verdict = {None: "", True: "met", False: "missed"}[figure.met]
    return [figure.name, f"{_text(figure.value)} {figure.unit}", spread, goal, verdict]


def _short(value: float) -> float:
    return float(f"{value:.4g}")


def _text(value: float) -> str:
    return f"{value:,.3g}" if value < 1000 else f"{value:,.0f}"
