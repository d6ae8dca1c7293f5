"""`oyez health`, `oyez stop`, `oyez resume`, `oyez docs`: is the house well, and be quiet now."""

from __future__ import annotations

import json

import click

from oyez.channels import queries as channels
from oyez.cli import shown
from oyez.deliveries import queries as deliveries
from oyez.emergency import actions
from oyez.notices import queries as notices


@click.command(cls=shown.Verb)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def health(as_json: bool) -> None:
    """Is the house well? Exit 1 when it is not."""
    report = {**deliveries.health(), "mails_in_trouble": notices.mails_in_trouble()}
    if as_json:
        click.echo(json.dumps(report, indent=2))
    else:
        for sentence in deliveries.health_words(report, notices.troubles()):
            click.echo(sentence)
    if not report["well"]:
        raise click.exceptions.Exit(1)


@click.command(cls=shown.Verb)
@click.option("--channel", default="", help="Only this channel; all unless said.")
@click.option("--why", required=True, help="For the next person on duty.")
def stop(channel: str, why: str) -> None:
    """Send nothing more, at once. What waits goes on waiting."""
    (which,) = channels.named([channel]) if channel else (None,)
    actions.stop(which, why=why, by=shown.me())
    click.echo(f"Stopped: nothing new leaves {f'by {which}' if which else 'the house'}.")


@click.command(cls=shown.Verb)
@click.option("--channel", default="", help="Only this channel’s stop.")
def resume(channel: str) -> None:
    """Send again what is still in time."""
    (which,) = channels.named([channel]) if channel else (None,)
    actions.resume(which, by=shown.me())
    click.echo("Sending goes on. What came too late is withheld; see: oyez deliveries")
