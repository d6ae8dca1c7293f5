"""How does a verb answer? A table for people, `--json` (a list) for programs, one sentence for a
refusal.
"""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import click
from django.conf import settings
from rich.console import Console
from rich.table import Table

from oyez.cli.machine import refuse_a_name
from oyez.kit.text import reveal, whole
from oyez.ledger.actor import Actor, NotAllowed, Refusal, signed
from oyez.people import queries as people
from oyez.people.rules import Machine, console, typed

if TYPE_CHECKING:
    from oyez.ledger.events import Kind
    from oyez.people.models import Person

Row = Mapping[str, object]
IN_THE_NAME_OF = "in_the_name_of"  # the option of the whole command line
Command = TypeVar("Command", bound=Callable[..., Any])

as_json = click.option("--json", "as_json", is_flag=True, help="A JSON list, for programs.")


def a_day(name: str, words: str, **more: Any) -> Callable[[Command], Command]:
    """An option that is a day on the wall, written 2027-05-06."""
    return click.option(name, type=Day(), metavar="DAY", help=words, **more)


class Day(click.ParamType[date]):
    """A day on the wall."""

    name = "day"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}” is not a day. Give the day as 2027-05-06.", param, ctx)


class Verb(click.Command):
    """A verb whose refusals are one sentence on stderr and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            _refuse_half_letters(ctx.params)
            return super().invoke(ctx)
        except Refusal as refusal:
            raise click.ClickException(str(refusal)) from refusal


class OfTheMachine(Verb):
    """A verb that acts on the machine, in nobody’s name."""

    def invoke(self, ctx: click.Context) -> Any:
        refuse_a_name(_in_whose_name())
        return super().invoke(ctx)


def _refuse_half_letters(given: Mapping[str, object]) -> None:
    """What was typed in another encoding reaches us in halves of letters, which no row keeps."""
    for name, said in given.items():
        texts = said if isinstance(said, tuple) else (said,)
        if any(isinstance(text, str) and not whole(text) for text in texts):
            words = name.replace("_", " ")
            raise Refusal(f"Some letters of “{words}” cannot be read. Type it again in UTF-8.")


class Group(click.Group):
    command_class = Verb


Group.group_class = Group


def me() -> Actor:
    """Whoever acts, as the record will name them: the console, or with `oyez --as` a person."""
    return in_the_name_of(email) if (email := _in_whose_name()) else machine()


def machine() -> Machine:
    """Whoever started the command; by their number where the machine knows no name for them."""
    try:
        return console(getpass.getuser())
    except (KeyError, OSError):
        return console(str(os.getuid()))


def _in_whose_name() -> str:
    context = click.get_current_context(silent=True)
    return (context.find_root().params.get(IN_THE_NAME_OF) or "") if context else ""


def refuse_unless(kind: Kind, on: object = None, *, by: Actor | None = None) -> None:
    """For what a verb shows, or looks at outside, before it acts: it is for who may make this
    happen to `on` (anywhere at all, if that is None).
    """
    by = by or me()
    if not by.may(kind.name, on):
        raise NotAllowed(by, kind.says)


@dataclass(frozen=True, slots=True)
class InTheNameOf:
    """A person, through whoever has the machine: the record names both."""

    person: Person

    @property
    def kind(self) -> str:
        return self.person.kind

    @property
    def id(self) -> int:
        return self.person.pk

    @property
    def name(self) -> str:
        return typed(self.person.name, machine().name.removeprefix("console:"))

    def may(self, event_name: str, on: object) -> bool:
        return self.person.may(event_name, on)


def in_the_name_of(email: str) -> InTheNameOf:
    """The person of this address; without one, whom `oyez --as` names. Raises Refusal when nobody
    here has it, and when the two name different people.
    """
    known = _in_whose_name()
    if not (email := email or known):
        raise click.UsageError("Say in whose name: --as EMAIL.")
    if known and known.lower() != email.lower():
        raise Refusal(f"This is done in the name of {known} or of {email}: say one of them.")
    if found := people.person(email):
        return InTheNameOf(found)
    raise Refusal(f"Nobody here has the address {email}. See: oyez people list")


def here(email: str) -> Person:
    """Raises Refusal when nobody here has this address."""
    if found := people.person(email):
        return found
    raise Refusal(f"{email} is not here. See: oyez people list")


def author() -> dict[str, str]:
    """The same as a row keeps whoever wrote something."""
    return signed(me())


def rows(found: Sequence[Row], columns: Sequence[str], *, plain: bool, empty: str) -> None:
    """Print the rows: all of each as JSON, or these columns as a table."""
    if plain:
        click.echo(json.dumps(list(found), default=_plain, ensure_ascii=False, indent=2))
    elif not found:
        click.echo(empty)
    else:
        _table(found, columns)


def one(row: Row, *, plain: bool, said: str = "") -> None:
    """Print one thing: as a JSON object, or the sentence, or a line for all that is known of it."""
    if plain:
        click.echo(json.dumps(row, default=_plain, ensure_ascii=False, indent=2))
    elif said:
        click.echo(said)
    else:
        for name, value in row.items():
            if value not in ("", None):
                click.echo(f"{name.replace('_', ' ')}: {_words(value)}")


def _table(found: Sequence[Row], columns: Sequence[str]) -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in found:
        table.add_row(*(_words(row[column]) for column in columns))
    width = None if sys.stdout.isatty() else 240
    Console(width=width, highlight=False, markup=False).print(table)


def _words(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(ZoneInfo(settings.TIME_ZONE)):%a %d %b %H:%M:%S}"
    return "" if value is None else reveal(str(value))  # what steers a terminal is hidden too


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
