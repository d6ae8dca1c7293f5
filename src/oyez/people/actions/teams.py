"""Making teams, and putting people into them."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from oyez.kit.text import visible
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act
from oyez.ledger.events import Kind
from oyez.people import events
from oyez.people.models import Membership, Person, Team


def make_team(name: str, *, by: Actor) -> Team:
    """A new team, without people or channels. Raises Refusal for a name that is taken or empty."""
    return _keep(Team(name=_fit(name)), events.TEAM_MADE, by=by)


def rename_team(team: Team, name: str, *, by: Actor) -> Team:
    """The same people and channels under another name."""
    team.name = _fit(name)
    return _keep(team, events.TEAM_RENAMED, by=by)


def _fit(name: str) -> str:
    name = name.strip()
    if not visible(name):
        raise Refusal("Give the team a name.")
    if len(name) > 100:
        raise Refusal("A team’s name may have 100 characters. Give a shorter one.")
    return name


def _keep(team: Team, kind: Kind, *, by: Actor) -> Team:
    try:
        with act(kind, on=team, by=by, name=team.name):
            team.save()
    except IntegrityError:
        raise Refusal(f"There is already a team called “{team.name}”.") from None
    return team


def end_team(team: Team, *, by: Actor) -> None:
    """There is no such team any more. Raises Refusal while somebody is in it, who would work
    everywhere from then on, and while it owns channels, which would be everybody's.
    """
    try:
        with act(events.TEAM_ENDED, on=team, by=by, name=team.name):
            Team.objects.filter(pk=team.pk).delete()
    except ProtectedError:
        raise Refusal(
            f"{team.name} still has people or channels. Take them out or give them to another "
            "team first: who is in no team works everywhere, and a channel of none is everybody’s."
        ) from None


def join(team: Team, person: Person, *, by: Actor) -> None:
    """From now on they act on the team’s channels; and, if it is their first team, on no other
    team’s any more. Twice is once.
    """
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)  # two at once would be two rows
        if Membership.objects.filter(team=team, person=person).exists():
            return
        with act(events.JOINED, on=person, by=by, team=team.pk):
            Membership.objects.create(team=team, person=person)
    _forget(person)


def leave(team: Team, person: Person, *, by: Actor) -> None:
    """They act on the team’s channels no more; who is in no team at all works everywhere again."""
    found = Membership.objects.filter(team=team, person=person)
    if not found.exists():
        raise Refusal(f"{person.name} is not in {team.name}.")
    with act(events.LEFT, on=person, by=by, team=team.pk):
        found.delete()
    _forget(person)


def _forget(person: Person) -> None:
    """What was read of their teams before."""
    person.__dict__.pop("team_numbers", None)
    getattr(person, "_prefetched_objects_cache", {}).pop("memberships", None)
