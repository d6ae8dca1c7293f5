"""What does a limited child do with the bytes it is given? One craft for each warm process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from oyez.formats.contract import FormatError


@dataclass(frozen=True, slots=True)
class Craft:
    """Work on hostile bytes. It runs in the child; the warm process only forks with it loaded."""

    answer: Callable[[bytes, Mapping[str, str]], bytes]
    """The packed answer about these bytes and facts. Raises FormatError to refuse them."""
    warm: Callable[[], None]
    """Work on something of our own once, so that lazy imports are done before the first fork."""
    too_much: str
    """The sentence when memory ran out."""
    broken: FormatError
    """The refusal when the work tripped in a way nobody foresaw."""
