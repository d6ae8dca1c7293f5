"""`oyez steps`: who must say yes before something goes to a channel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from oyez.channels import queries as channels
from oyez.cli import shown
from oyez.decisions import actions, queries, rules
from oyez.decisions.rules import Asked
from oyez.ledger.actor import Refusal
from oyez.people import queries as people
from oyez.people.rules import DUTIES, ROLES

if TYPE_CHECKING:
    from oyez.people.models import Person

COLUMNS = ("step", "need", "asks")
_STEP = re.compile(r"(?:(any|all|\d+):)?(.+)")


@click.command(cls=shown.Verb)
@click.argument("channel")
@click.option(
    "--ask",
    "asked",
    multiple=True,
    metavar="STEP",
    help="A step, in order: “approver”, “all:ann@example.gov.uk,ben@example.gov.uk” or "
    "“2:officer”; any one where no number is said.",
)
@click.option("--nobody", is_flag=True, help="Ask nobody besides the author any more.")
@shown.as_json
def steps(channel: str, asked: tuple[str, ...], nobody: bool, as_json: bool) -> None:
    """Show who must approve what goes to CHANNEL, or say it anew."""
    if asked and nobody:
        raise click.UsageError("Say either whom to ask or --nobody, not both.")
    (found,) = channels.named([channel])
    if asked or nobody:
        actions.set_steps(found, [_read(step) for step in asked], by=shown.me())
    able = queries.deciders(found)
    numbered = enumerate(queries.steps_for([found]), start=1)
    rows = [_row(number, step, able) for number, step in numbered]
    shown.rows(rows, COLUMNS, plain=as_json, empty=f"{found.name} asks nobody besides the author.")


def _read(step: str) -> Asked:
    """“2:officer” and so on. Raises Refusal for somebody who is not here."""
    match = _STEP.fullmatch(step.strip())
    need, whom = match.groups() if match else (None, "")
    given = [one.strip() for one in whom.split(",") if one.strip()]
    roles = [one for one in given if one in {*ROLES, *DUTIES}]
    if len(roles) > 1:
        raise Refusal(f"“{step}” names two roles. Make a step of each.")
    named = tuple(_person(one) for one in given if one not in roles)
    role = roles[0] if roles else ""
    if need and need.isdecimal():
        return Asked(rules.QUORUM, int(need), role, named)
    return Asked(need or rules.ANY, role=role, people=named)


def _person(email: str) -> int:
    if found := people.person(email):
        return found.pk
    raise Refusal(f"“{email}” is no role and nobody’s address here. See: oyez people list")


def _row(number: int, step: Asked, able: Sequence[Person]) -> shown.Row:
    need = f"{step.count} of them" if step.need == rules.QUORUM else step.need
    return {"step": number, "need": need, "asks": queries.named(step, able)}
