"""`oyez periods`: when stricter rules hold, and the days computed from a polling day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from oyez.cli import shown
from oyez.emergency import actions, queries, rules
from oyez.kit import clock
from oyez.kit.workdays import ENGLAND, NATIONS

if TYPE_CHECKING:
    from oyez.emergency.models import Period

COLUMNS = ("id", "state", "kind", "name", "area", "begins_on", "ends_on")
NATION = click.Choice(list(NATIONS), case_sensitive=False)

NOBODY_NAMED = (
    "The political register names nobody, so checks cannot recognise candidates or parties. "
    "Add them with: oyez figures add"
)


@click.group(cls=shown.Group)
def periods() -> None:
    """Times when stricter rules hold: before an election, in mourning, in an incident."""


@periods.command("list")
@click.option("--all", "also_over", is_flag=True, help="Also those that are over.")
@shown.as_json
def list_(also_over: bool, as_json: bool) -> None:
    """What is in force and what is to come."""
    found = [row(one) for one in queries.every_period()]
    kept = [one for one in found if also_over or one["state"] in {"in force", "to come"}]
    shown.rows(kept, COLUMNS, plain=as_json, empty="No sensitive period is in force or to come.")


@periods.command()
@click.argument("name")
@click.option("--kind", type=click.Choice(list(queries.KINDS)), default=rules.PRE_ELECTION,
              show_default=True)  # fmt: skip
@shown.a_day("--begins", "Its first day; computed from the polling day unless said.")
@shown.a_day("--ends", "Its last day; the polling day unless said.")
@shown.a_day("--poll", "The polling day.")
@click.option("--nation", type=NATION, default=ENGLAND, show_default=True)
@click.option("--area", default="", help="Everywhere unless said.")
@click.option("--note", default="")
def add(
    name: str,
    kind: str,
    begins: date | None,
    ends: date | None,
    poll: date | None,
    nation: str,
    area: str,
    note: str,
) -> None:
    """Open a period. Days are written 2027-05-06."""
    said = rules.Said(kind, name, area, begins, ends, poll, nation, note)
    opened = actions.open_period(said, by=shown.me())
    click.echo(f"Period {opened.pk}, {opened}: {_days(opened)}")
    if queries.recognises_nobody(kind):
        click.echo(NOBODY_NAMED)


@periods.command()
@click.argument("number", type=int)
@click.option("--name")
@shown.a_day("--begins", "Its first day.")
@shown.a_day("--ends", "Its last day.")
@shown.a_day("--poll", "The polling day.")
@click.option("--area", help="An empty one means everywhere.")
@click.option("--note")
def change(number: int, **said: object) -> None:
    """Change what is said; the rest stays."""
    names = {"begins": "begins_on", "ends": "ends_on", "poll": "polling_on"}
    new = {names.get(name, name): value for name, value in said.items() if value is not None}
    changed = actions.change_period(queries.period(number), by=shown.me(), **new)
    click.echo(f"Period {changed.pk}, {changed}: {_days(changed)}")


@periods.command()
@click.argument("number", type=int)
@click.option("--why", required=True, help="For the record.")
def close(number: int, why: str) -> None:
    """End a period now, before its time."""
    closed = actions.close_period(queries.period(number), why=why, by=shown.me())
    click.echo(f"Closed {closed}.")


@periods.command()
@shown.a_day("--poll", "The polling day.", required=True)
@click.option("--kind", type=click.Choice(sorted(rules.WITH_A_POLL)), default=rules.PRE_ELECTION)
@click.option("--nation", type=NATION, default=ENGLAND, show_default=True)
@shown.as_json
def propose(poll: date, kind: str, nation: str, as_json: bool) -> None:
    """Compute the days from a polling day; nothing is opened."""
    dates = queries.proposed(kind, poll, nation)
    found = {
        "begins_on": dates.begins_on,
        "ends_on": dates.ends_on,
        "nation": nation,
        "kind": kind,
    }
    shown.rows([found], tuple(found), plain=as_json, empty="")
    if not as_json and kind == rules.PRE_ELECTION:
        click.echo("The notice of election comes no later; the returning officer’s date wins.")


def row(one: Period) -> dict[str, object]:
    return {
        "id": one.pk,
        "state": state(one),
        "kind": one.kind,
        "name": one.name,
        "area": one.area,
        "begins_on": one.begins_on,
        "ends_on": one.ends_on,
        "begins_at": one.begins_at,
        "ends_at": one.ends_at,
        "polling_on": one.polling_on,
        "proposed_begins_on": one.proposed_begins_on,
        "nation": one.nation,
        "note": one.note,
        "ended_at": one.ended_at,
        "ended_why": one.ended_why,
    }


def state(one: Period) -> str:
    now = clock.now()
    if one.ended_at:
        return "closed"
    if one.ends_at <= now:
        return "over"
    return "in force" if one.begins_at <= now else "to come"


def _days(one: Period) -> str:
    said = f"{rules.spoken(one.begins_on)} to {rules.spoken(one.ends_on)}."
    if one.proposed_begins_on and one.proposed_begins_on != one.begins_on:
        said += f" Computed: {rules.spoken(one.proposed_begins_on)}; your date counts."
    return said
