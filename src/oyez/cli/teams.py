"""`oyez teams`: who works together, and which channels are theirs."""

from __future__ import annotations

from shlex import quote

import click

from oyez.channels import queries as channels
from oyez.cli import shown
from oyez.people import actions, queries

COLUMNS = ("name", "people", "channels")


@click.group(cls=shown.Group)
def teams() -> None:
    """Teams own channels. Who is in a team acts on its channels and on those of nobody; who is in
    none acts everywhere their role lets them.
    """


@teams.command("list")
@shown.as_json
def list_(as_json: bool) -> None:
    """Every team, its people and its channels."""
    found = [
        {
            "id": team.pk,
            "name": team.name,
            "people": ", ".join(person.email for person in queries.members(team)),
            "channels": ", ".join(channel.name for channel in channels.of_team(team)),
        }
        for team in queries.teams()
    ]
    shown.rows(found, COLUMNS, plain=as_json, empty="There are no teams: everybody works together.")


@teams.command()
@click.argument("name")
def make(name: str) -> None:
    """Make a team, without people or channels yet."""
    team = actions.make_team(name, by=shown.me())
    click.echo(f"Made {team}. Put people in with: oyez teams join {quote(team.name)} EMAIL")


@teams.command()
@click.argument("name")
@click.argument("new")
def rename(name: str, new: str) -> None:
    """Call the team NAME NEW."""
    click.echo(f"It is called {actions.rename_team(queries.team(name), new, by=shown.me())}.")


@teams.command()
@click.argument("name")
def end(name: str) -> None:
    """End a team that has neither people nor channels any more."""
    actions.end_team(queries.team(name), by=shown.me())
    click.echo("Ended it.")


@teams.command()
@click.argument("name")
@click.argument("email")
def join(name: str, email: str) -> None:
    """Put EMAIL into the team NAME. Their first team ends that they act everywhere."""
    team, person = queries.team(name), shown.here(email)
    actions.join(team, person, by=shown.me())
    click.echo(f"{person.name} is in {_all_of(person.pk)}.")


@teams.command()
@click.argument("name")
@click.argument("email")
def leave(name: str, email: str) -> None:
    """Take EMAIL out of the team NAME. Who is in no team acts everywhere."""
    team, person = queries.team(name), shown.here(email)
    actions.leave(team, person, by=shown.me())
    click.echo(f"{person.name} is in {_all_of(person.pk)}.")


def _all_of(person: int) -> str:
    names = [team.name for team in queries.teams().filter(memberships__person=person)]
    return ", ".join(names) or "no team, and so acts everywhere their role lets them"
