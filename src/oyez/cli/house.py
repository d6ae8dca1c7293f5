"""`oyez health`, `stop`, `resume`, `hijack`, `docs`: is the house well, and be quiet now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click
from django.conf import settings

from oyez.channels import queries as channels
from oyez.cli import shown
from oyez.deliveries import queries as deliveries
from oyez.emergency import actions
from oyez.kit.disk import told
from oyez.kit.text import reveal
from oyez.ledger.actor import Refusal
from oyez.listening import actions as listening_actions
from oyez.listening import queries as listening
from oyez.notices import queries as notices

if TYPE_CHECKING:
    from oyez.emergency.models import CutOff
    from oyez.listening.models import Stray


@click.command(cls=shown.Verb)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def health(as_json: bool) -> None:
    """Is the house well? Exit 1 when it is not."""
    disk = settings.OYEZ.disk()
    report = listening.health(
        {**deliveries.health(), "mails_in_trouble": notices.mails_in_trouble()}
    )
    report = told(report, disk)
    if as_json:
        click.echo(json.dumps(report, indent=2))
    else:
        also = [*filter(None, [disk.says]), *listening.troubles(), *notices.troubles()]
        for sentence in deliveries.health_words(report, also):
            click.echo(sentence)
    if not report["well"]:
        raise click.exceptions.Exit(1)


@click.command(cls=shown.Verb)
@click.option("--channel", default="", help="Only this channel’s access.")
@click.option("--all", "everything", is_flag=True, help="Every channel’s.")
@click.option("--drill", is_flag=True, help="End nothing; see how fast it would be.")
@click.option("--ours", default="", metavar="CHANNEL", help="What it shows was one of us.")
@click.option("--over", default="", metavar="CHANNEL", help="It was not, and is dealt with.")
@shown.as_json
def hijack(
    channel: str, everything: bool, drill: bool, ours: str, over: str, as_json: bool
) -> None:
    """Somebody else is posting as us: stop sending and end our access, at once.

    Without an option: what our channels show that we did not send.
    """
    if sum(map(bool, (channel, everything, ours, over))) > 1 or (drill and (ours or over)):
        raise Refusal("Give one of --channel, --all, --ours and --over.")
    if ours or over:
        (which,) = channels.named([ours or over])
        count = listening_actions.answer(which, ours=bool(ours), by=shown.me())
        click.echo(f"Answered for {count} on {which}; it sends again unless it is stopped.")
    elif channel or everything:
        (one,) = channels.named([channel]) if channel else (None,)
        _cut_off(actions.cut_off(one, drill=drill, by=shown.me()), as_json=as_json)
    elif drill:
        raise Refusal("Say which: --all, or --channel NAME.")
    else:
        found = [_stray(stray) for stray in listening.unanswered()]
        shown.rows(found, STRAY, plain=as_json, empty="Our channels show nothing but ours.")


STRAY = ("channel", "words", "change", "url", "posted_at", "seen_at")


def _stray(stray: Stray) -> shown.Row:
    return {**{name: getattr(stray, name) for name in STRAY}, "channel": stray.channel.name}


def _cut_off(done: CutOff, *, as_json: bool) -> None:
    if as_json:
        shown.rows(done.found, (), plain=True, empty="")
        return
    for one in done.found:
        click.echo(_of_one(one))
    left = "Sending goes on." if done.drill else "Then link again, and: oyez resume"
    click.echo(f"It took {done.seconds} seconds. {left}")


def _of_one(found: Mapping[str, Any]) -> str:
    """Some lines for each channel: what is left to do there is long, and is read in a hurry."""
    said = [*found["done"], found["trouble"] and f"Trouble: {found['trouble']}"]
    said.append(found["by_hand"] and f"By hand: {found['by_hand']}")
    lines = [f"  {reveal(one)}" for one in said if one]
    return "\n".join([reveal(found["channel"]), *lines])


@click.command(cls=shown.Verb)
@click.option("--channel", default="", help="Only this channel; all unless said.")
@click.option("--why", required=True, help="For the next person on duty.")
def stop(channel: str, why: str) -> None:
    """Send nothing more, at once. What waits goes on waiting."""
    (which,) = channels.named([channel]) if channel else (None,)
    stands = actions.stop(which, why=why, by=shown.me())
    click.echo(f"Stopped: nothing new leaves {f'by {which}' if which else 'the house'}.")
    if stands.why != why.strip()[:300]:
        click.echo(f"It was stopped before, and that reason stays: {stands.why}")


@click.command(cls=shown.Verb)
@click.option("--channel", default="", help="Only this channel’s stop.")
def resume(channel: str) -> None:
    """Send again what is still in time."""
    (which,) = channels.named([channel]) if channel else (None,)
    actions.resume(which, by=shown.me())
    click.echo("Sending goes on. What came too late is withheld; see: oyez deliveries")
