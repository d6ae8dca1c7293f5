"""`oyez channels`: link, list, check and remove. The options come from each network's linking
fields.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oyez.channels import actions, queries
from oyez.cli import shown
from oyez.ledger.actor import Refusal
from oyez.networks.contract import Field, NetworkClass
from oyez.people import queries as people

if TYPE_CHECKING:
    from oyez.channels.models import Channel

COLUMNS = ("id", "name", "network", "handle", "state", "health", "why")


@click.group(cls=shown.Group)
def channels() -> None:
    """Our accounts on networks."""


@channels.group()
def add() -> None:
    """Link a channel; it is tried on the network at once."""


def _adder(network: NetworkClass) -> click.Command:
    """The verb that links one network, with an option for each thing it asks."""

    def run(name: str, **answers: Any) -> None:
        told = {f.name: _answer(f, answers) for f in network.fields}
        channel = actions.link(network.name, told, name=name, by=shown.me())
        click.echo(f"Linked {channel.name} ({channel.handle}) on {network.title}.")

    options = [_option(field) for field in network.fields]
    options.append(click.Option(["--name"], default="", help="What to call it here."))
    return shown.Verb(
        network.name, params=list(options), callback=run, help=f"Link a channel on {network.title}."
    )


def _option(field: Field) -> click.Option:
    if field.secret:
        path = click.Path(exists=False, path_type=Path)
        help_ = f"{field.label}: the file that holds it."
        wanted = not field.optional
        return click.Option([f"--{_spelt(field)}-file"], type=path, required=wanted, help=help_)
    words = f"{field.label}. {field.hint}".strip()
    return click.Option(
        [f"--{_spelt(field)}"],
        required=not field.default and not field.optional,
        default=field.default or ("" if field.optional else None),
        show_default=bool(field.default),
        help=words,
    )


def _spelt(field: Field) -> str:
    return field.name.replace("_", "-")


def _answer(field: Field, answers: dict[str, Any]) -> str:
    if not field.secret:
        return str(answers[field.name]).strip()
    file: Path | None = answers[f"{field.name}_file"]
    if file is None:
        return ""
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise Refusal(f"The file {file} cannot be read. Check its name and rights.") from None


for _network in queries.linkable():
    add.add_command(_adder(_network))


@channels.command("list")
@shown.as_json
def list_(as_json: bool) -> None:
    """All linked channels and how they are."""
    found = [row(channel) for channel in queries.linked().select_related("team")]
    shown.rows(found, COLUMNS, plain=as_json, empty="No channel is linked yet.")


def row(channel: Channel) -> shown.Row:
    return {
        "id": channel.pk,
        "name": channel.name,
        "network": channel.network,
        "handle": channel.handle,
        "url": channel.url,
        "state": channel.state,
        "health": channel.health,
        "why": channel.health_why,
        "tone": channel.tone,
        "area": channel.area,
        "personal": channel.personal,
        "by_hand": channel.by_hand,
        "team": channel.team.name if channel.team else "",
        "checked_at": channel.checked_at,
    }


@channels.command()
@click.argument("names", nargs=-1)
@shown.as_json
def check(names: tuple[str, ...], as_json: bool) -> None:
    """Ask the networks whether the channels (or all) are still ours. Exit 1 if one is not."""
    wanted = queries.named(names) if names else list(queries.linked())
    checked = [actions.check(channel, by=shown.me()) for channel in wanted]
    shown.rows([row(c) for c in checked], COLUMNS, plain=as_json, empty="No channel is linked yet.")
    if not all(channel.working for channel in checked):
        raise click.exceptions.Exit(1)


@channels.command()
@click.argument("name")
@click.option("--tone", help="How one speaks to its readers.")
@click.option("--area", help="Which part of the body it speaks for; empty: all of it.")
@click.option("--personal/--corporate", default=None, help="Somebody’s own profile, or the body’s.")
@click.option("--by-hand/--only-here", default=None, help="Do people also post there by hand?")
def describe(
    name: str, tone: str | None, area: str | None, personal: bool | None, by_hand: bool | None
) -> None:
    """Say how a channel speaks, and for whom; what is not said stays."""
    (channel,) = queries.named([name])
    actions.describe(
        channel,
        tone=channel.tone if tone is None else tone,
        area=channel.area if area is None else area,
        personal=channel.personal if personal is None else personal,
        by_hand=channel.by_hand if by_hand is None else by_hand,
        by=shown.me(),
    )
    click.echo(f"{channel.name} is described.")


@channels.command()
@click.argument("name")
@click.option("--to", "team", help="The team that acts on it from now on.")
@click.option("--to-all", is_flag=True, help="The whole house does.")
def give(name: str, team: str | None, to_all: bool) -> None:
    """Say which team a channel belongs to. See: oyez teams list"""
    if (team is None) != to_all:
        raise click.UsageError("Give either --to with a team, or --to-all.")
    (channel,) = queries.named([name])
    given = actions.give_to(channel, people.team(team) if team else None, by=shown.me())
    click.echo(f"{given.name} belongs to {given.team or 'the whole house'}.")


@channels.command()
@click.argument("name")
def remove(name: str) -> None:
    """Retire a channel and destroy its secrets."""
    (channel,) = queries.named([name])
    actions.remove(channel, by=shown.me())
    click.echo(f"Removed {channel.name}. What was sent there stays on record.")
