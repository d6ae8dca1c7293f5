"""`oyez figures` and `oyez topics`: who and what is political."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oyez.cli import shown
from oyez.ledger.actor import Refusal
from oyez.partners import actions, queries
from oyez.partners.rules import figures as rules

if TYPE_CHECKING:
    from oyez.partners.models import Figure, Topic

COLUMNS = ("id", "name", "kind", "area", "from_on", "to_on")
BECAME = ("added", "changed", "the same")


@click.group(cls=shown.Group)
def figures() -> None:
    """Parties, candidates and sitting councillors."""


@figures.command("list")
@shown.as_json
def list_(as_json: bool) -> None:
    """The political register."""
    found = [row(one) for one in queries.figures()]
    shown.rows(found, COLUMNS, plain=as_json, empty="The political register is empty.")


@figures.command()
@click.argument("name")
@click.option("--kind", type=click.Choice(list(rules.KINDS)), required=True)
@click.option("--area", default="")
@click.option("--handle", "handles", multiple=True, help="Say it again for each.")
@click.option("--alias", "aliases", multiple=True, help="Another name. Say it again for each.")
@shown.a_day("--from", "The first day of it.")
@shown.a_day("--to", "The last day of it.")
def add(**said: Any) -> None:
    """Add a party, candidate or councillor."""
    days = {f"{name}_on": said.pop(name) for name in ("from", "to")}
    added = actions.add_figure(rules.Said(**said, **days), by=shown.me())
    click.echo(f"{added} is entry {added.pk} in the political register.")


@figures.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would become of each line; keep nothing.")
@shown.as_json
def import_(file: Path, dry_run: bool, as_json: bool) -> None:
    """Read a CSV file: name, kind, area, handles, aliases, from, to. Exit 1 if a line is wrong."""
    report = actions.import_figures(_text(file), try_only=dry_run, by=shown.me())
    found = [{"line": number, "result": became} for number, became in report]
    shown.rows(found, ("line", "result"), plain=as_json, empty="The file has no lines.")
    if any(line["result"] not in BECAME for line in found):
        raise click.exceptions.Exit(1)


@figures.command()
@click.argument("number", type=int)
def retire(number: int) -> None:
    """Take somebody off; the entry stays on record."""
    retired = actions.retire_figure(queries.figure(number), by=shown.me())
    click.echo(f"{retired} is off the political register.")


@click.group(cls=shown.Group)
def topics() -> None:
    """Topics that are politically controversial for a time."""


@topics.command("list")
@shown.as_json
def list_topics(as_json: bool) -> None:
    """The list of topics."""
    found = [topic_row(one) for one in queries.topics()]
    shown.rows(found, ("id", "words", "until_on"), plain=as_json, empty="No topic is listed.")


@topics.command("add")
@click.argument("words")
@shown.a_day("--until", "The last day of it; until further notice unless said.")
def add_topic(words: str, until: date | None) -> None:
    """List a topic."""
    click.echo(f"Listed “{actions.add_topic(words, until=until, by=shown.me())}”.")


@topics.command("retire")
@click.argument("number", type=int)
def retire_topic(number: int) -> None:
    """Take a topic off the list."""
    click.echo(f"“{actions.retire_topic(queries.topic(number), by=shown.me())}” is off the list.")


def row(one: Figure) -> dict[str, Any]:
    return {"id": one.pk, **asdict(one.said)}


def topic_row(one: Topic) -> dict[str, Any]:
    return {"id": one.pk, "words": one.words, "until_on": one.until_on}


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Refusal(f"{file.name} is not in UTF-8. Save it as “CSV UTF-8”.") from None
