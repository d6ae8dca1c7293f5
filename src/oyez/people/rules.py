"""Who may do what? One table, keyed by event name. A trailing `*` covers a whole package."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from fnmatch import fnmatchcase

FIRST = "administrator@localhost.localdomain"  # of the first start; no e-mail reaches it
LINK_LASTS = timedelta(minutes=15)
LONGEST_ABSENCE = timedelta(days=366)

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
    "people.away_set",
    "people.came_back",
    "people.language_chosen",
    "notices.read",
    "notices.chose",
    "policy.acknowledged",
)

ROLES: Mapping[str, tuple[str, ...]] = {
    ADMINISTRATOR: ("*",),
    OFFICER: (
        *OWN,
        "channels.checked",
        "channels.signed_out",  # what a check may find
        "feeds.*",
        "requests.*",
        "posts.*",
        "library.*",
        "decisions.*",
        "deliveries.decided_*",
        "deliveries.withheld",
        "deliveries.take_down_asked",
        "deliveries.asked",  # what withholding comes to when an earlier try may be there
        "emergency.*",
        "listening.answered",
        "channels.let_out",
        "channels.revoked",  # what cutting off comes to
        "strategy.*",
        "partners.*",
    ),
    APPROVER: (*OWN, "decisions.*", "posts.commented", "posts.reopened", "requests.asked"),
    WRITER: (*OWN, "requests.*", "posts.*", "library.*", "decisions.withdrawn"),
    READER: (*OWN, "requests.asked"),
}
_WATCHES: tuple[str, ...] = ("ledger.exported",)  # sees the record, and takes a copy of it
_WATCHERS = frozenset({MONITORING_OFFICER, DATA_PROTECTION})
_DECIDES: tuple[str, ...] = ("decisions.*", "posts.commented", "posts.reopened")
DOOR = "door"
REVIEWER = "reviewer"  # whoever was given a preview link
MACHINES: Mapping[str, tuple[str, ...]] = {
    "console": ("*",),  # whoever can start commands on the machine owns the house
    "feed": ("feeds.item_*", "posts.*", "decisions.approved"),
    "public": ("requests.asked",),  # whoever fills in the open form
    DOOR: ("people.try_failed",),  # whoever knocks has not said who they are
    REVIEWER: ("posts.commented",),
    "job": ("feeds.*", "deliveries.*", "channels.*", "posts.*", "decisions.*", "listening.*"),
}


def grants(role: str, duties: Iterable[str]) -> tuple[str, ...]:
    """Everything a person of this role with these duties may do: a duty is there to decide."""
    held = set(duties)
    return (
        *ROLES[role],
        *(_DECIDES if held & set(DUTIES) else ()),
        *(_WATCHES if held & _WATCHERS else ()),
    )


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
    return Machine("console", f"console:{user}", f"console:{user}")


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
