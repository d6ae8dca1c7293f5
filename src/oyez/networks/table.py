"""What can each network do? Printed from the classes, so that it cannot go stale by itself."""

from __future__ import annotations

from typing import NamedTuple

from oyez.networks.contract import (
    Answers,
    Deletes,
    Edits,
    Finds,
    NetworkClass,
    Revokes,
    Shows,
)
from oyez.networks.registry import all_networks

ABILITIES: tuple[tuple[type, str], ...] = (
    (Finds, "looks for its own posts"),
    (Answers, "replies and threads"),
    (Edits, "edits"),
    (Deletes, "deletes"),
    (Shows, "shows what others post as us"),
    (Revokes, "ends our own access"),
)
"""Each ability of the contract, and what it is called in a table."""


class Row(NamedTuple):
    """One network. `twice` and `standing` are the contract's own words."""

    name: str
    title: str
    standing: str
    twice: str
    fields: tuple[str, ...]
    abilities: tuple[str, ...]


def ability_table() -> tuple[Row, ...]:
    """A row per network, in the order of the registry."""
    return tuple(_row(network) for network in all_networks())


def markdown() -> str:
    """The page docs/networks.md, whole."""
    lines = ["| " + " | ".join(cells) + " |" for cells in _cells()]
    return "\n".join((_HEAD, *lines, ""))


_HEAD = """# Networks

Printed by `./run docs` from the classes in `src/oyez/networks`. The facts behind it, with their
sources, are in the README of each folder there.
"""


def _cells() -> list[tuple[str, ...]]:
    head = ("Network", "Name", "Standing", "A repeated send", "Linked with", "Abilities")
    return [head, ("---",) * len(head), *(_shown(row) for row in ability_table())]


def _shown(row: Row) -> tuple[str, ...]:
    known = (row.title, f"`{row.name}`", row.standing, row.twice)
    return (*known, _listed(row.fields), _listed(row.abilities))


def _row(network: NetworkClass) -> Row:
    return Row(
        network.name,
        network.title,
        network.standing.value,
        network.twice.value,
        tuple(field.name for field in network.fields),
        tuple(words for ability, words in ABILITIES if issubclass(network, ability)),
    )


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(words) or "none"
