"""`oyez campaigns`: what should change, for whom, and how it is measured."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from oyez.cli import shown
from oyez.strategy import actions, queries, rules

if TYPE_CHECKING:
    from oyez.strategy.models import Campaign

COLUMNS = ("id", "name", "tag", "owner", "begins_on", "ends_on", "missing")


@click.group(cls=shown.Group)
def campaigns() -> None:
    """Messages with one aim, and a tag in their links."""


@campaigns.command("list")
@click.option("--closed", is_flag=True, help="Those that are closed instead.")
@shown.as_json
def list_(closed: bool, as_json: bool) -> None:
    """Open campaigns, and what each still lacks."""
    found = queries.closed_campaigns() if closed else queries.open_campaigns()
    rows = [row(one) for one in found]
    told = [{**r, "missing": ", ".join(r["missing"])} for r in rows]
    shown.rows(rows if as_json else told, COLUMNS, plain=as_json, empty="No campaign here.")


@campaigns.command()
@click.argument("name")
@click.option("--tag", default="", help="For links; follows from the name unless said.")
@click.option("--objective", default="", help="What should change.")
@click.option("--audience", default="", help="For whom.")
@click.option("--measure", default="", help="How it is measured.")
@click.option("--owner", default="")
@shown.a_day("--begins", "Its first day.")
@shown.a_day("--ends", "Its last day.")
@shown.a_day("--planned", "The day of the oldest evidence of a plan.")
@click.option("--plan", default="", help="Where that evidence can be read.")
@click.option("--significant", is_flag=True, help="It may not begin unplanned before an election.")
def add(**said: Any) -> None:
    """Add a campaign."""
    days = {f"{name}_on": said.pop(name) for name in ("begins", "ends", "planned")}
    added = actions.add_campaign(rules.Said(**said, **days), by=shown.me())
    click.echo(f"Campaign {added.pk}, {added}: its tag is {added.tag}.")
    if missing := rules.missing(added):
        click.echo(f"Still to say: {', '.join(missing)}.")


@campaigns.command()
@click.argument("number", type=int)
def close(number: int) -> None:
    """Close a campaign; what went out stays on record."""
    click.echo(f"Closed {actions.close_campaign(queries.one(number), by=shown.me())}.")


def row(one: Campaign) -> dict[str, Any]:
    missing = rules.missing(one)
    return {"id": one.pk, **asdict(one.said), "missing": missing, "closed_at": one.closed_at}
