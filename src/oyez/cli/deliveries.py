"""`oyez post`, `oyez deliveries`, `oyez decide`: say something, and see what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click
from django.conf import settings

from oyez.channels import queries as channels
from oyez.cli import shown
from oyez.decisions import actions as decisions
from oyez.decisions import queries as asked
from oyez.deliveries import actions, queries
from oyez.emergency import queries as emergency
from oyez.kit import clock, walltime
from oyez.ledger.actor import Refusal
from oyez.posts import queries as posts

if TYPE_CHECKING:
    from oyez.deliveries.models import Delivery

COLUMNS = ("id", "channel", "kind", "state", "due_at", "sent_at", "url", "why")


@click.command(cls=shown.Verb)
@click.argument("text")
@click.argument("more", nargs=-1, metavar="[CHANNEL…]")
@click.option("--to", multiple=True, metavar="CHANNEL…", help="Where to; may be said again.")
@click.option(
    "--at", default="", metavar="TIME", help="14:05 or “2026-11-24 14:05”; at once unless said."
)
@click.option("--confirm", multiple=True, metavar="CHECK", help="Keep what this check warns of.")
@click.option("--ask", multiple=True, metavar="CHECK", help="Ask who may allow what it blocks.")
def post(
    text: str,
    more: tuple[str, ...],
    to: tuple[str, ...],
    at: str,
    confirm: tuple[str, ...],
    ask: tuple[str, ...],
) -> None:
    """Say TEXT on these channels, now or at a time."""
    try:
        moment = walltime.read(at, settings.TIME_ZONE, clock.now()) if at else None
    except walltime.NoSuchTime as wrong:
        raise Refusal(str(wrong)) from wrong
    draft = posts.drafted(text, to=channels.named((*to, *more)), at=moment)
    made = decisions.say(draft, by=shown.me(), confirmed=confirm, asking=ask)
    if asked.open_reviews().filter(post=made).exists():
        click.echo(f"Message {made.pk} waits for somebody else’s yes. See: oyez reviews")
        return
    click.echo(f"Message {made.pk} {_when(moment)}. See: oyez deliveries")
    for stop in emergency.in_force():
        click.echo(f"Sending is stopped ({stop.why}): it waits for: oyez resume", err=True)
    if not queries.worker_lives():
        click.echo("No worker is running: it goes out when `oyez up` runs.", err=True)


def _when(moment: datetime | None) -> str:
    if not moment:
        return "is on its way"
    return f"goes out at {moment.astimezone(ZoneInfo(settings.TIME_ZONE)):%H:%M, %A %-d %B (%Z)}"


@click.command(cls=shown.Verb)
@click.argument("delivery", type=int, nargs=-1, required=True)
@click.option("--why", required=True, help="It stays on the record.")
def withhold(delivery: tuple[int, ...], why: str) -> None:
    """Do not send these, although they wait."""
    for found in [queries.one(pk) for pk in delivery]:
        actions.withhold(found, why, by=shown.me())
        click.echo(f"Delivery {found.pk} to {found.channel} is withheld.")


@click.command(cls=shown.Verb)
@click.option("--state", default="", help="Only those waiting, sending, arrived, refused, …")
@click.option("--limit", type=click.IntRange(1, 100_000), default=500, show_default=True)
@shown.as_json
def deliveries(state: str, limit: int, as_json: bool) -> None:
    """What is on its way to each channel, and what became of it."""
    if state and state not in queries.STATES:
        raise Refusal(f"There is no state “{state}”. States are: {', '.join(queries.STATES)}.")
    found = [row(delivery) for delivery in queries.deliveries(state)[:limit]]
    empty = f"No delivery is {state}." if state else "Nothing has been sent yet."
    shown.rows(found, COLUMNS, plain=as_json, empty=empty)


def row(delivery: Delivery) -> shown.Row:
    return {
        "id": delivery.pk,
        "channel": delivery.channel.name,
        "network": delivery.channel.network,
        "kind": delivery.kind,
        "state": delivery.state,
        "remote_id": delivery.remote_id,
        "url": delivery.url,
        "due_at": delivery.due_at,
        "sent_at": delivery.sent_at,
        "attempts": delivery.attempt,
        "why": delivery.why,
    }


@click.command(cls=shown.Verb)
@click.argument("delivery", type=int)
@click.argument("answer", type=click.Choice(["arrived", "resend"]))
@click.option("--url", default="", help="Where you saw it, for the record.")
def decide(delivery: int, answer: str, url: str) -> None:
    """Answer a delivery that is asking: it is there (arrived), or send it now (resend)."""
    found = queries.one(delivery)
    if answer == "arrived":
        actions.decide_arrived(found, by=shown.me(), url=url)
        click.echo(f"Delivery {delivery} has arrived; you saw it.")
    else:
        actions.decide_resend(found, by=shown.me())
        click.echo(f"Delivery {delivery} is sent once more.")
