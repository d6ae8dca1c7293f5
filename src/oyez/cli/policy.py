"""`oyez policy`: the document, who knows it, the level of each check, what the house is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from oyez.cli import shown
from oyez.decisions.queries import KEPT_BY_THE_DESK, NOT_GIVEN
from oyez.ledger.actor import Refusal
from oyez.policy import actions, facts, queries, rules

COLUMNS = ("number", "published_at", "owner", "approver", "review_on", "acknowledged")
LEVELS = click.Choice([*rules.LEVELS, rules.OFF, rules.OWN])


@click.group(cls=shown.Group)
def policy() -> None:
    """The body’s own rules: as text to acknowledge, and as levels of the checks."""


@policy.command("list")
@shown.as_json
def list_(as_json: bool) -> None:
    """Every version, the one in force first."""
    found: list[shown.Row] = [
        {
            "number": one.number,
            "published_at": one.published_at,
            "owner": one.owner,
            "approver": one.approver,
            "approved_on": one.approved_on,
            "review_on": one.review_on,
            "acknowledged": queries.acknowledgements(one).count(),
            "clauses": [
                {"number": c.number, "title": c.title, "checks": c.checks}
                for c in queries.clauses(one)
            ],
        }
        for one in queries.versions()
    ]
    shown.rows(found, COLUMNS, plain=as_json, empty="No policy has been published.")


@policy.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--number", required=True, help="Such as 3.2; higher than the last.")
@click.option("--owner", default="")
@click.option("--approver", default="")
@shown.a_day("--approved-on", "The day it was approved.")
@shown.a_day("--review-on", "The day it is looked at again.")
def publish(
    file: Path,
    number: str,
    owner: str,
    approver: str,
    approved_on: date | None,
    review_on: date | None,
) -> None:
    """Put the text of FILE in force. Everybody must acknowledge it before they publish again.

    A heading “## 2.1 Personal data” begins a clause; a line “Checks: PR-1, PR-2” names its checks.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Refusal(f"{file.name} is not in UTF-8. Save it so and try again.") from wrong
    said = rules.Said(number, text, owner, approver, approved_on, review_on)
    made = actions.publish_version(said, by=shown.me())
    waiting = queries.unacknowledged().count()
    click.echo(f"Policy {made.number} is in force, with {made.clauses.count()} clauses.")
    click.echo(f"{waiting} to acknowledge it. See: oyez policy unacknowledged")


@policy.command()
@click.option("--as", "email", default="", metavar="EMAIL", help="Who has read it.")
def acknowledge(email: str) -> None:
    """Record that somebody has read the policy in force, for instance on paper."""
    person, version = shown.in_the_name_of(email).person, queries.current_version()
    if not version:
        raise Refusal("No policy has been published, so there is nothing to acknowledge.")
    actions.acknowledge(version, person=person, by=shown.me())
    click.echo(f"{person} has acknowledged policy {version.number}.")


@policy.command()
@shown.as_json
def unacknowledged(as_json: bool) -> None:
    """Who has still to acknowledge the policy in force."""
    found = [{"name": one.name, "email": one.email} for one in queries.unacknowledged()]
    shown.rows(found, ("name", "email"), plain=as_json, empty="Nobody: everybody knows it.")


@policy.command()
@shown.as_json
def levels(as_json: bool) -> None:
    """Every check as it stands here, and why it was changed."""
    found = [_row(one) for one in queries.checks()]
    columns = ("id", "state", "level", "changed", "clauses", "title")
    shown.rows(found, columns, plain=as_json, empty="There are no checks.")


def _row(one: queries.Standing) -> shown.Row:
    change = one.change
    return {
        "id": one.id,
        "state": _state(one),
        "level": one.level.name.lower() if one.level else "",
        "own_level": one.check.level.name.lower() if one.check else "",
        "title": one.title,
        "changed": f"{change.at:%Y-%m-%d} by {change.by.get('name')}" if change else "",
        "why": change.why if change else "",
        "clauses": ", ".join(one.clauses),
    }


def _state(one: queries.Standing) -> str:
    if one.state == "built" and one.id in KEPT_BY_THE_DESK:
        return "kept by the desk"
    return "not in use" if one.state == "built" and one.id in NOT_GIVEN else one.state


@policy.command()
@click.argument("check")
@click.argument("to", type=LEVELS)
@click.option("--why", required=True, help="For the record.")
def level(check: str, to: str, why: str) -> None:
    """Decide on which level CHECK is here; “own” is the level it comes with."""
    made = actions.change_level(check, to, why=why, by=shown.me())
    click.echo(f"{made.check_id} is at the level {made.level} (before: {made.before}).")


@policy.command("facts")
@shown.as_json
def facts_(as_json: bool) -> None:
    """What the checks know of the house."""
    said = queries.said_facts()
    found = [{"key": key, "lines": said.get(key, [])} for key in facts.ASKS]
    told = [{**row, "lines": "\n".join(row["lines"]) or "–"} for row in found]
    shown.rows(found if as_json else told, ("key", "lines"), plain=as_json, empty="")


@policy.command("set")
@click.argument("key", type=click.Choice(list(facts.ASKS)))
@click.argument("lines", nargs=-1)
def set_(key: str, lines: tuple[str, ...]) -> None:
    """Say anew what the checks know under KEY, one thing an argument: mon-fri 09:00-17:00."""
    kept = actions.set_fact(key, lines, by=shown.me())
    click.echo(f"{key}: {len(kept.lines)} kept.")
