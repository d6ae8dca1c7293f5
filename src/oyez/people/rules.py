"""Who may do what? One table, keyed by event name. A trailing `*` covers a whole package."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from fnmatch import fnmatchcase

LINK_LASTS = timedelta(minutes=15)

ADMINISTRATOR = "administrator"
OFFICER = "officer"
READER = "reader"

ROLES: Mapping[str, tuple[str, ...]] = {
    ADMINISTRATOR: ("*",),
    OFFICER: (
        "people.signed_in",
        "channels.checked",
        "channels.signed_out",  # what a check may find
        "feeds.*",
        "posts.*",
        "decisions.*",
        "deliveries.decided_*",
        "deliveries.withheld",
        "deliveries.asked",  # what withholding comes to when an earlier try may be there
        "emergency.*",
    ),
    READER: ("people.signed_in",),
}
MACHINES: Mapping[str, tuple[str, ...]] = {
    "console": ("*",),  # whoever can start commands on the machine owns the house
    "feed": ("feeds.item_*", "posts.*", "decisions.approved"),
    "job": ("feeds.*", "deliveries.*", "channels.*", "posts.*", "decisions.*"),
}


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


def job(name: str) -> Machine:
    return Machine("job", name, f"job:{name}")
