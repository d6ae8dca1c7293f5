"""`oyez requests`: what others ask us to say; accept, refuse, answer, and ask for somebody."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING

import click

from oyez.cli import shown
from oyez.deliveries import outside
from oyez.kit import clock
from oyez.ledger.actor import Refusal
from oyez.requests import actions, queries, rules

if TYPE_CHECKING:
    from oyez.requests.models import Request

COLUMNS = ("id", "kind", "state", "overdue", "deadline_at", "team", "begins")
OF_MESSAGES = ("message", "state", "at", "begins", "where")
as_object = click.option("--json", "as_json", is_flag=True, help="A JSON object, for programs.")
number = click.argument("request", type=click.IntRange(1, 2**63 - 1))


@click.group(cls=shown.Group)
def requests() -> None:
    """What others ask us to say or to boost."""


@requests.command("list")
@click.option("--state", default="", help="Only those new, accepted, refused or done.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=500, show_default=True)
@shown.as_json
def list_(state: str, limit: int, as_json: bool) -> None:
    """The requests; of one state those with the earliest deadline first."""
    if state and state not in queries.STATES:
        raise Refusal(f"There is no state “{state}”. States are: {', '.join(queries.STATES)}.")
    found = queries.in_state(state) if state else queries.everything()
    empty = f"No request is {state}." if state else "Nobody has asked for anything yet."
    rows = [row(asked) for asked in found[:limit]]
    shown.rows(rows, COLUMNS, plain=as_json, empty=empty)


def row(asked: Request) -> shown.Row:
    """Everything that is known; `begins` is short enough for a table."""
    own = {f.name: getattr(asked, f.name) for f in fields(rules.Asked) if f.name != "deadline"}
    return {
        "id": asked.pk,
        "state": asked.state,
        "overdue": queries.is_overdue(asked, clock.now()),
        **own,
        "deadline_at": asked.deadline_at,
        "why": asked.why,
        "by": asked.by.get("name", ""),
        "triaged_by": asked.triaged_by.get("name", ""),
        "triaged_at": asked.triaged_at,
        "made_at": asked.made_at,
        "code": asked.code,
        "begins": " ".join((asked.what or asked.boost_url).split())[:60],
    }


@requests.command()
@number
@as_object
def show(request: int, as_json: bool) -> None:
    """One request, with everything that was said, and what whoever asked sees of its messages."""
    asked = queries.one(request)
    told = outside.became_of(asked)
    if as_json:
        shown.one({**row(asked), "messages": [asdict(one) for one in told]}, plain=True)
        return
    shown.one(row(asked), plain=False)
    if told:
        shown.rows([_line(one) for one in told], OF_MESSAGES, plain=False, empty="")


def _line(told: outside.Told) -> shown.Row:
    where = [place.url or place.network for place in told.places if not place.taken_down_at]
    known = {name: value for name, value in asdict(told).items() if name != "places"}
    return {**known, "message": told.post_id, "where": " ".join(where)}


@requests.command()
@number
@as_object
def accept(request: int, as_json: bool) -> None:
    """Say yes. Whoever asked sees so on their page."""
    asked = actions.accept(queries.one(request), by=shown.me())
    shown.one(row(asked), plain=as_json, said=f"Request {asked.pk} is accepted.")


@requests.command()
@number
@click.option("--why", required=True, help="Whoever asked reads it.")
@as_object
def refuse(request: int, why: str, as_json: bool) -> None:
    """Say no, with a reason."""
    asked = actions.refuse(queries.one(request), why=why, by=shown.me())
    shown.one(row(asked), plain=as_json, said=f"Request {asked.pk} is refused.")


@requests.command()
@number
@click.option("--words", required=True, help="What was done and where; whoever asked reads it.")
@as_object
def answer(request: int, words: str, as_json: bool) -> None:
    """Say that it is done."""
    asked = actions.answer(queries.one(request), words=words, by=shown.me())
    shown.one(row(asked), plain=as_json, said=f"Request {asked.pk} is done.")


@requests.command()
@number
@as_object
def reopen(request: int, as_json: bool) -> None:
    """Look at a refused or finished one again."""
    asked = actions.reopen(queries.one(request), by=shown.me())
    shown.one(row(asked), plain=as_json, said=f"Request {asked.pk} is open again.")


@requests.command()
@click.option("--kind", default=rules.SAY, show_default=True, help="say or boost.")
@click.option("--name", default="", help="Who asks.")
@click.option("--email", default="", help="Their e-mail address.")
@click.option("--team", default="")
@click.option("--what", default="", help="Their words.")
@click.option("--purpose", default="", help="Why people should know it.")
@click.option("--audience", default="")
@click.option("--deadline", default="", help="2026-12-24, or “2026-12-24 14:00”.")
@click.option("--evidence", default="", help="Where the facts are from.")
@click.option("--link", default="")
@click.option("--images", default="", help="Which pictures, where they are, who is in them.")
@click.option("--consent", default="", help="nobody (recognisable), agreed or not_asked.")
@click.option("--partner", default="", help="Whose message to boost.")
@click.option("--boost-url", default="", help="The address of that message.")
@as_object
def ask(name: str, email: str, partner: str, as_json: bool, **words: str) -> None:
    """Hand a request in for somebody who cannot."""
    asked = rules.Asked(from_name=name, from_email=email, partner_name=partner, **words)
    made = actions.ask(asked, by=shown.me())
    shown.one(
        row(made),
        plain=as_json,
        said=f"Request {made.pk} is handed in. It can be followed at /ask/{made.code}",
    )
