"""`oyez partners`: the register of whose messages we may pass on."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from oyez.cli import shown
from oyez.partners import actions, queries
from oyez.partners.rules import partners as rules

if TYPE_CHECKING:
    from oyez.partners.models import Partner

COLUMNS = ("id", "name", "kind", "agreement_until", "in_force", "verified_on")


@click.group(cls=shown.Group)
def partners() -> None:
    """Whose messages we may pass on, and until when."""


@partners.command("list")
@click.option("--in-force", is_flag=True, help="Only those whose agreement holds today.")
@shown.as_json
def list_(in_force: bool, as_json: bool) -> None:
    """The register."""
    found = queries.in_force(queries.today()) if in_force else queries.register()
    shown.rows([row(one) for one in found], COLUMNS, plain=as_json, empty="No partner here.")


@partners.command()
@click.argument("name")
@click.option("--kind", type=click.Choice(list(rules.KINDS)), default="other", show_default=True)
@click.option("--contact", "contact_name", default="", help="Whom to ask.")
@click.option("--email", "contact_email", default="", help="Their e-mail address.")
@click.option("--agreement", default="", help="What was agreed.")
@shown.a_day("--until", "The last day of the agreement.")
@click.option("--area", "areas", multiple=True, help="Say it again for each.")
@click.option("--domain", "domains", multiple=True, help="Say it again for each.")
@click.option("--handle", "handles", multiple=True, help="Say it again for each.")
@click.option("--feed", "feeds", multiple=True, help="Say it again for each.")
@click.option("--note", default="")
@shown.a_day("--verified", "The day somebody asked them whether this is right.")
def add(**said: Any) -> None:
    """Put a partner in the register."""
    days = {"agreement_until": said.pop("until"), "verified_on": said.pop("verified")}
    added = actions.add_partner(rules.Said(**said, **days), by=shown.me())
    click.echo(f"{added} is partner {added.pk} in the register.")


@partners.command()
@click.argument("number", type=int)
def retire(number: int) -> None:
    """Pass nothing more of theirs on; the entry stays on record."""
    click.echo(f"Retired {actions.retire_partner(queries.one(number), by=shown.me())}.")


def row(one: Partner) -> dict[str, Any]:
    return {"id": one.pk, **asdict(one.said), "in_force": one.agreed_on(queries.today())}
