"""How does somebody read in a list; and what may a role do, in words drawn from the table?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from oyez.kit import clock
from oyez.ledger.events import all_kinds
from oyez.people import factors, queries, rules
from oyez.people.rules import Scope
from oyez.web import days, times
from oyez.web.parts import Fact, Mark, Row
from oyez.web.signin.required import insists
from oyez.web.who import office

if TYPE_CHECKING:
    from oyez.people.models import Grant, Person, Team

ROLES: Mapping[str, str | Promise] = {
    rules.ADMINISTRATOR: later(
        "Runs the house: people, channels, who must approve, checks and everything else"
    ),
    rules.OFFICER: later("Writes, publishes, approves, stops, and looks after feeds"),
    rules.APPROVER: later("Reads everything, says yes or asks for changes; writes nothing"),
    rules.WRITER: later("Writes; somebody else says yes before it goes out"),
    rules.READER: later("Reads everything, and can ask us to say something"),
}
SCOPES: Mapping[Scope, str | Promise] = {
    Scope.EVERYWHERE: later("Everywhere"),
    Scope.THEIR_TEAMS: later("On channels of their teams and of the whole house"),
    Scope.OWN: later("For themselves"),
}


def named(role: str) -> str:
    """ "Communications officer"."""
    return str(capfirst(office(role)))


def row(person: Person, teams: Mapping[int, Sequence[str]], away: set[int]) -> Row:
    """Somebody in the list: what they are here for, with whom, and when they were last seen."""
    said = [named(person.role), *map(named, person.duties), *teams.get(person.pk, ())]
    meta = " · ".join([*said, _seen(person)])
    mark = Mark(_("Away"), "yellow") if person.pk in away else None
    if lacks_a_passkey(person):
        mark = Mark(_("No passkey"), "red")
    return Row(person.name, reverse("people:show", args=[person.pk]), meta, mark)


def _seen(person: Person) -> str:
    if not person.last_login:
        return _("has never signed in")
    return _("last signed in %s") % times.from_now(person.last_login)


def facts(person: Person) -> list[Fact]:
    """Everything about one of us."""
    teams = ", ".join(team.name for team in queries.teams_of(person))
    duties = ", ".join(map(named, person.duties))
    absence = queries.absences(person, timezone.localtime(clock.now()).date()).first()
    said = (
        (_("E-mail address"), person.email),
        (_("Role"), f"{named(person.role)}. {ROLES[person.role]}."),
        (_("Duties"), duties or _("None")),
        (_("Teams"), teams or _("None: works for the whole house")),
        (_("Second factor"), _factor(person)),
        (_("Away"), _away(absence.from_on, absence.until_on) if absence else ""),
        (_("Seen"), capfirst(_seen(person))),
    )
    return [Fact(name, str(value)) for name, value in said if value]


def lacks_a_passkey(person: Person) -> bool:
    """Must they come by one, and have none?"""
    return insists(person) and not factors.has_passkey(person)


def _factor(person: Person) -> str:
    if lacks_a_passkey(person):
        return _("No passkey: this house lets them do nothing until they have made one")
    return _("Yes") if factors.has_one(person) else _("No")


def _away(first: object, last: object) -> str:
    return f"{days.in_words(first)} – {days.in_words(last)}"  # type: ignore[arg-type]


def waits(grant: Grant) -> Row:
    """Somebody who is to be an administrator."""
    who = {"who": grant.by.get("name", ""), "until": times.in_full(grant.expires_at)}
    meta = _("asked for by %(who)s; to be confirmed by another until %(until)s") % who
    why = f"{meta}. {grant.why}" if grant.why else meta
    href = reverse("people:confirm", args=[grant.pk])
    return Row(grant.person.name, href, why, Mark(_("Needs a second yes"), "orange"))


def team(one: Team, channels: Sequence[str], people: Sequence[str]) -> Row:
    """A team, its channels and its people."""
    with_no = _("no people"), _("no channels")
    meta = f"{', '.join(people) or with_no[0]} · {', '.join(channels) or with_no[1]}"
    return Row(one.name, reverse("people:rename_team", args=[one.pk]), meta)


@dataclass(frozen=True, slots=True)
class Reach:
    """What a role may do, and how far that reaches."""

    where: str
    what: Sequence[str]


@dataclass(frozen=True, slots=True)
class Role:
    """One role, in a sentence and in full."""

    name: str
    says: str
    reaches: Sequence[Reach]


def roles() -> list[Role]:
    """Every role, as the one table has it."""
    return [Role(named(role), str(says), _reaches(role)) for role, says in ROLES.items()]


def _reaches(role: str) -> list[Reach]:
    found: dict[Scope, list[str]] = {scope: [] for scope in SCOPES}
    for kind in all_kinds().values():
        if scope := rules.scope(role, (), kind.name):
            found[scope].append(kind.says)
    return [Reach(str(SCOPES[scope]), sorted(what)) for scope, what in found.items() if what]
