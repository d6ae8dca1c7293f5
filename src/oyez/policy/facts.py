"""What do the checks know of the house, and how is that said? Pure: a list of lines for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time

from oyez.kit.text import visible
from oyez.policy.contract import Hours

CONTACTS, DOMAINS, SHORTENERS = "own_contacts", "own_domains", "shorteners"
HOURS, LANGUAGES, WORDS = "hours", "languages", "own_words"
MOST_LINES, LONGEST_LINE = 500, 200

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SHIFT = re.compile(r"(?P<days>[a-z, -]+) (?P<begins>\d\d:\d\d) *[-–] *(?P<ends>\d\d:\d\d)")
NEVER = "never"
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}")
SHARED = frozenset(
    {
        *("gov.uk", "gov.wales", "gov.scot", "llyw.cymru", "org.uk", "co.uk"),
        *("ac.uk", "sch.uk", "nhs.uk", "police.uk", "me.uk"),
    }
)
"""Endings that many bodies share: as “ours” they would trust every stranger under them."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the house has said of itself."""

    own_contacts: tuple[str, ...] = ()
    own_domains: tuple[str, ...] = ()
    shorteners: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)
    own_words: tuple[str, ...] = ()
    hours: Hours = field(default_factory=Hours)


def tidy(lines: Sequence[str]) -> list[str]:
    """Each line once, in order, without blanks around it and without empty ones."""
    return list(dict.fromkeys(line.strip() for line in lines if visible(line)))


def wrong(key: str, lines: Sequence[str]) -> str:
    """What is wrong with these (tidy) lines, in one sentence; empty when they can be kept."""
    if key not in ASKS:
        return f"There is no fact “{key}”. Use one of: {', '.join(ASKS)}."
    if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE or "\0" in line for line in lines):
        return f"Use at most {MOST_LINES} lines of at most {LONGEST_LINE} characters."
    if key in {HOURS, LANGUAGES} and not lines:
        return f"Say at least one line for {key.replace('_', ' ')}."
    return next((problem for line in lines if (problem := ASKS[key](line))), "")


def _contact(line: str) -> str:
    digits = sum(sign.isdigit() for sign in line)
    return "" if "@" in line or digits >= 3 else f"“{line}” is no telephone number or e-mail."


def _domain(line: str) -> str:
    if not HOST.fullmatch(line.casefold()):
        return f"“{line}” is no domain. Write it such as council.example, without https://."
    shared = line.casefold() in SHARED
    return f"“{line}” is shared by many bodies. Write your own part of it too." if shared else ""


def _language(line: str) -> str:
    right = re.fullmatch(r"[a-z]{2,3}", line)
    return "" if right else f"“{line}” is no language code. Write en, cy, ga or the like."


def _hours(line: str) -> str:
    try:
        read_hours(line)
    except ValueError:
        return f"“{line}” are no hours. Write mon-fri 09:00-17:00, or {NEVER}."
    return ""


def _any(line: str) -> str:
    return ""


ASKS: Mapping[str, Callable[[str], str]] = {
    CONTACTS: _contact,
    DOMAINS: _domain,
    SHORTENERS: _domain,
    HOURS: _hours,
    LANGUAGES: _language,
    WORDS: _any,
}


def read_hours(line: str) -> Hours:
    """ "mon-fri 09:00-17:00" as hours. Raises ValueError."""
    if line.casefold() == NEVER:
        return Hours(frozenset())
    shift = SHIFT.fullmatch(line.casefold())
    if not shift:
        raise ValueError(line)
    begins, ends = time.fromisoformat(shift["begins"]), time.fromisoformat(shift["ends"])
    if ends <= begins:
        raise ValueError(line)
    days = [day for part in shift["days"].split(",") for day in _days(part.strip())]
    return Hours(frozenset(days), begins, ends)


def _days(part: str) -> range:
    first, _dash, last = part.partition("-")
    begin, end = DAYS.index(first.strip()), DAYS.index((last or first).strip())
    if end < begin:
        raise ValueError(part)
    return range(begin, end + 1)


def as_line(hours: Hours) -> str:
    """The hours as they are written down."""
    if not hours.days:
        return NEVER
    days = sorted(hours.days)
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        said = f"{DAYS[days[0]]}-{DAYS[days[-1]]}"
    else:
        said = ",".join(DAYS[day] for day in days)
    return f"{said} {hours.begins:%H:%M}-{hours.ends:%H:%M}"


def known(kept: Mapping[str, Sequence[str]]) -> Facts:
    """The facts as kept, by key; what nobody said stays as the house begins."""
    plain = {key: tuple(lines) for key, lines in kept.items() if key in ASKS and key != HOURS}
    hours = kept.get(HOURS)
    return Facts(**plain, **({"hours": read_hours(hours[0])} if hours else {}))  # type: ignore[arg-type]
