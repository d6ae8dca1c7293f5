"""What only whoever has the machine may do."""

from __future__ import annotations

import click


def refuse_a_name(in_whose_name: str | None) -> None:
    """For verbs that act on the machine itself, where nobody’s rights in the house count."""
    if in_whose_name:
        raise click.UsageError("Only whoever has the machine can do this, in nobody’s name.")
