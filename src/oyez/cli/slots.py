"""`oyez slots`: the times of a channel’s week that a queue fills."""

from __future__ import annotations

from datetime import time

import click
from django.conf import settings

from oyez.channels import queries as channels
from oyez.cli import shown
from oyez.ledger.actor import Refusal
from oyez.posts import actions, queries

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
COLUMNS = ("id", "channel", "day", "time", "zone")


@click.group(cls=shown.Group)
def slots() -> None:
    """Times of the week for each channel; `oyez posts queue` takes the next free one."""


@slots.command("list")
@shown.as_json
def list_(as_json: bool) -> None:
    """The times that are kept, channel by channel."""
    rows = [
        {
            "id": slot.pk,
            "channel": slot.channel.name,
            "day": DAYS[slot.weekday],
            "time": f"{slot.wall:%H:%M}",
            "zone": slot.zone,
        }
        for slot in queries.slots()
    ]
    shown.rows(rows, COLUMNS, plain=as_json, empty="No time is kept for any channel.")


@slots.command()
@click.argument("channel")
@click.argument("day", type=click.Choice(DAYS, case_sensitive=False))
@click.argument("at", metavar="TIME")
def add(channel: str, day: str, at: str) -> None:
    """Keep TIME (14:05) on this DAY of every week for CHANNEL."""
    (found,) = channels.named((channel,))
    slot = actions.keep_slot(
        found,
        weekday=DAYS.index(day.lower()),
        wall=_time(at),
        zone=settings.TIME_ZONE,
        by=shown.me(),
    )
    click.echo(f"Slot {slot.pk}: {found.name}, every {day.capitalize()} at {slot.wall:%H:%M}.")


def _time(said: str) -> time:
    try:
        return time.fromisoformat(said).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise Refusal(f"“{said}” is not a time of day. Write 14:05.") from None


@slots.command()
@click.argument("slot", type=int)
def remove(slot: int) -> None:
    """Put nothing more there; what is planned stays planned."""
    actions.remove_slot(queries.slot(slot), by=shown.me())
    click.echo("Nothing more is put there. What is planned stays planned.")
