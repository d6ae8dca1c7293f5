"""What can a command do once Django is set up? Import this only then (main.py does)."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from oyez.cli import verbs as cli
from oyez.project import house
from oyez.project.supervisor import warn

WITHOUT_DATABASE = {"docs"}  # drawn from the code alone
A_COPY = "copy"  # an option that names a file, of which alone is spoken then


def verbs() -> dict[str, click.Command]:
    """oyez.cli's commands by name; the database is there when one of them runs, not before."""
    commands = {command.name or "": command for command in cli.GROUPS}
    for name in commands.keys() - WITHOUT_DATABASE:
        for leaf in _leaves(commands[name]):
            if leaf.callback and not hasattr(leaf.callback, "__wrapped__"):
                leaf.callback = _with_database(leaf.callback)
    return commands


def migrate_if_needed() -> None:
    """Bring the tables up to this code."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        warn("Preparing the tables…")
        call_command("migrate", interactive=False, verbosity=0)


def _leaves(command: click.Command) -> Iterator[click.Command]:
    if isinstance(command, click.Group):
        for child in command.commands.values():
            yield from _leaves(child)
    else:
        yield command


def _with_database(callback: Callable[..., Any]) -> Callable[..., Any]:
    """The verb with the running house's database, or with one of its own until it has ended."""

    @functools.wraps(callback)
    def verb(*arguments: Any, **options: Any) -> Any:
        if options.get(A_COPY):
            return callback(*arguments, **options)
        with house.database(settings.OYEZ) as ours:
            if ours:
                migrate_if_needed()
            try:
                return callback(*arguments, **options)
            finally:
                connection.close()

    return verb
