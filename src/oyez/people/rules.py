"""Who may do what, and where? One table, keyed by event name. A trailing `*` covers a package.

See ADR 16.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from fnmatch import fnmatchcase
from functools import cache
from typing import Protocol, runtime_checkable

FIRST = "administrator@localhost.localdomain"  # of the first start; no e-mail reaches it
LINK_LASTS = timedelta(minutes=15)
INVITATION_LASTS = timedelta(days=7)
LONGEST_ABSENCE = timedelta(days=366)
GRANT_LASTS = timedelta(days=7)  # until when a second administrator may confirm a first one’s ask

LONGEST_NAME = 200  # as the record keeps it
_LONGEST_HAND = 64

ADMINISTRATOR = "administrator"
OFFICER = "officer"
APPROVER = "approver"
WRITER = "writer"
READER = "reader"

LANGUAGES = ("en-gb", "cy")  # in which the pages can speak to somebody

# What the law or the body asks of one named person, besides their role.
MONITORING_OFFICER = "monitoring_officer"
DATA_PROTECTION = "data_protection_officer"
COMMUNICATIONS_HEAD = "communications_head"
DUTY_MANAGER = "duty_manager"
EMERGENCY_PLANNING = "emergency_planning"
DUTIES = (
    MONITORING_OFFICER,
    DATA_PROTECTION,
    COMMUNICATIONS_HEAD,
    DUTY_MANAGER,
    EMERGENCY_PLANNING,
)
PUBLISHERS = frozenset({ADMINISTRATOR, OFFICER})  # whose own words may go without a second person
APPROVERS = frozenset({ADMINISTRATOR, OFFICER, APPROVER})

# Who can do one of these can publish, connect or let people in, and needs a second factor (ADR 15).
POWERS = ("decisions.approved", "emergency.stopped", "channels.linked", "people.invited")


class Scope(Enum):
    """How far a right reaches: the widest that a role gives counts."""

    EVERYWHERE = "everywhere"
    THEIR_TEAMS = "what belongs to their teams, or to none"  # everything, for who is in no team
    OWN = "what is their own"


@runtime_checkable
class OfTeams(Protocol):
    """A thing that reaches channels. What is not one of these belongs to the whole house."""

    def teams(self) -> AbstractSet[int]:
        """The teams that own a channel which this touches, by number; asked of the database."""
        ...


@runtime_checkable
class OfAPerson(Protocol):
    """A thing that is somebody’s own."""

    def whose(self) -> int:
        """The person’s number."""
        ...


@dataclass(frozen=True, slots=True)
class Reaching:
    """These teams’ channels, known already: for lists, and for what is about to be chosen."""

    numbers: AbstractSet[int]

    def teams(self) -> AbstractSet[int]:
        return self.numbers


# What everybody may do, for themselves.
OWN: tuple[str, ...] = (
    "people.signed_in",
    "people.sessions_ended",
    "people.session_ended",
    "people.renamed",
    "people.link_used",
    "people.password_changed",
    "people.factor_added",
    "people.factor_removed",
    "people.codes_made",
    "people.account_linked",
    "people.account_unlinked",
    "people.away_set",
    "people.came_back",
    "people.language_chosen",
    "notices.read",
    "notices.chose",
    "policy.acknowledged",
)

# All but `steps_set`: whoever says yes, or would be asked for one, does not end the asking.
DECIDES: tuple[str, ...] = (
    "decisions.review_asked",
    "decisions.voted",
    "decisions.approved",
    "decisions.changes_asked",
    "decisions.late_asked",
    "decisions.held",
    "decisions.released",
    "decisions.withdrawn",
    "decisions.reminded",
    "decisions.escalated",
)

Table = Mapping[Scope, tuple[str, ...]]

ROLES: Mapping[str, Table] = {
    ADMINISTRATOR: {Scope.EVERYWHERE: ("*",)},
    OFFICER: {
        Scope.OWN: OWN,
        Scope.THEIR_TEAMS: (
            "channels.checked",
            "channels.signed_out",  # what a check may find
            "feeds.*",
            "posts.*",
            *DECIDES,
            "deliveries.decided_*",
            "deliveries.withheld",
            "deliveries.take_down_asked",
            "deliveries.asked",  # what withholding comes to when an earlier try may be there
            "emergency.resumed",
            "emergency.drilled",  # stops everything, and lets it go on
            "listening.answered",
            "channels.let_out",
        ),
        Scope.EVERYWHERE: (
            "emergency.stopped",  # whoever sees the fire may ring the bell
            "emergency.cut_off",
            "channels.revoked",  # what cutting off comes to
            "emergency.period_*",  # the law’s, not a team’s
            "posts.commented",
            "posts.template_*",
            "requests.*",
            "library.*",
            "strategy.*",
            "partners.*",
        ),
    },
    APPROVER: {
        Scope.OWN: OWN,
        Scope.THEIR_TEAMS: (*DECIDES, "posts.reopened"),
        Scope.EVERYWHERE: ("posts.commented", "requests.asked"),
    },
    WRITER: {
        Scope.OWN: OWN,
        Scope.THEIR_TEAMS: ("posts.*", "decisions.withdrawn"),
        Scope.EVERYWHERE: ("posts.commented", "posts.template_*", "requests.*", "library.*"),
    },
    READER: {Scope.OWN: OWN, Scope.EVERYWHERE: ("requests.asked",)},
}
# A duty is there to decide, for the whole house: the law names one person, not one a team.
_ON_DUTY: tuple[str, ...] = (*DECIDES, "posts.commented", "posts.reopened")
_WATCHES: tuple[str, ...] = (  # and takes a copy of the record, or has it verified
    *(*_ON_DUTY, "ledger.exported", "ledger.verification_asked"),
)
ON_DUTY: Mapping[str, Table] = {duty: {Scope.EVERYWHERE: _ON_DUTY} for duty in DUTIES} | {
    duty: {Scope.EVERYWHERE: _WATCHES} for duty in (MONITORING_OFFICER, DATA_PROTECTION)
}
DOOR = "door"
REVIEWER = "reviewer"  # whoever was given a preview link
MACHINES: Mapping[str, tuple[str, ...]] = {
    "console": ("*",),  # whoever can start commands on the machine owns the house
    "feed": ("feeds.item_*", "posts.*", "decisions.approved"),
    "public": ("requests.asked",),  # whoever fills in the open form
    DOOR: (
        "people.try_failed",
        "people.code_used",
        "notices.link_asked",
    ),  # whoever knocks has not said who they are
    REVIEWER: ("posts.commented",),
    "job": (
        "people.link_made",
        "feeds.*",
        "deliveries.*",
        "channels.*",
        "posts.*",
        "decisions.*",
        "listening.*",
    ),
}


def scope(role: str, duties: Iterable[str], event_name: str) -> Scope | None:
    """How far a person of this role with these duties may make it happen; None: nowhere."""
    return _widest(role, frozenset(duties), event_name)


@cache
def _widest(role: str, duties: AbstractSet[str], event_name: str) -> Scope | None:
    tables = [ROLES[role], *(ON_DUTY[duty] for duty in duties if duty in ON_DUTY)]
    for wide in Scope:
        if any(allows(table.get(wide, ()), event_name) for table in tables):
            return wide
    return None


_LADDER = {READER: 0, WRITER: 1, APPROVER: 1, OFFICER: 2, ADMINISTRATOR: 3}


def loses(before: str, after: str) -> bool:
    """Does somebody who goes from one role to the other lose a right by it?"""
    return before != after and _LADDER[after] <= _LADDER[before]


def within(theirs: AbstractSet[int], touched: AbstractSet[int]) -> bool:
    """Is all that is touched theirs or nobody’s? Who is in no team works for the whole house."""
    return not theirs or touched <= theirs


def holds(role: str, duties: Iterable[str], wanted: str) -> bool:
    """Is `wanted` this person's role or duty, or included in their role?"""
    if wanted == APPROVER:
        return role in APPROVERS
    if wanted == OFFICER:
        return role in PUBLISHERS
    return wanted == role or wanted in duties


def allows(granted: Iterable[str], event_name: str) -> bool:
    """Is this event among those granted?"""
    return any(fnmatchcase(event_name, pattern) for pattern in granted)


@dataclass(frozen=True, slots=True)
class Machine:
    """An actor that is no person: `Machine("feed", "3", "Feed Highways")`."""

    kind: str
    id: str
    name: str

    def may(self, event_name: str, on: object) -> bool:
        return allows(MACHINES[self.kind], event_name)


def console(user: str) -> Machine:
    """The command line, in the name of the machine's user."""
    return Machine("console", f"console:{_hand(user)}", f"console:{_hand(user)}")


def typed(name: str, user: str) -> str:
    """A person, through whoever has the machine: the record names both, and has room for it."""
    through = f" (typed by {_hand(user)})"
    return name[: LONGEST_NAME - len(through)] + through


def _hand(user: str) -> str:
    """The machine’s user, who may be called anything at all, in one short word."""
    return "_".join(user.split())[:_LONGEST_HAND] or "?"


def was_typed(name: str) -> bool:
    """Did somebody at the machine do it in a person’s name? Then all that was is one pair of
    hands.
    """
    return re.fullmatch(r".* \(typed by .+\)", name, re.DOTALL) is not None


_OURS = re.compile(r"(job|console|feed)\s*:|oyez\b|.*\(typed by", re.IGNORECASE | re.DOTALL)


def is_ours(name: str) -> bool:
    """Would the record be read as if the house itself, or a hand at its machine, had done it?"""
    return _OURS.match(name.strip()) is not None


def public() -> Machine:
    """Somebody who has not signed in; the record names the form, never the person."""
    return Machine("public", "form", "Request form")


def door() -> Machine:
    """Somebody at the sign-in page who is not in yet."""
    return Machine(DOOR, "sign-in", "Sign-in page")


def reviewer(name: str) -> Machine:
    """Somebody with a preview link, under the name they typed in: it is never shown bare, so
    that it is neither a colleague’s nor that of a machine.
    """
    return Machine(REVIEWER, "preview", f"{name} (preview link)")


def job(name: str) -> Machine:
    return Machine("job", name, f"job:{name}")
