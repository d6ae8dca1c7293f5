"""What is a row of the proof run, and how hard is it asked to try?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Found = Mapping[str, object]
"""What a row counted, as JSON: of `deliveries, kills, lost, doubled, unsettled` what applies, and
whatever else is its own.
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """How hard to try. None leaves a number to the row; the seed makes every choice again."""

    seed: int
    deliveries: int | None = None
    kills: int | None = None
    workers: int = 4
    external: bool = False  # on a PostgreSQL server reached by TCP and a password


class NotHeld(Exception):
    """The promise was broken: what was counted all the same, and where to look."""

    def __init__(self, found: Found, why: str) -> None:
        super().__init__(why)
        self.found = found


@dataclass(frozen=True, slots=True)
class Row:
    """One promise. `run` counts what became of it, or raises NotHeld."""

    number: int
    promise: str
    run: Callable[[Asked], Found]
