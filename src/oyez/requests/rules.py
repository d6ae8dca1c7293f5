"""How does a request live, what must one say, and how many may come? Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from oyez.kit import walltime
from oyez.kit.text import newlines, reveal, visible

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

SAY, BOOST = "say", "boost"
NEW, ACCEPTED, REFUSED, DONE = "new", "accepted", "refused", "done"

LIFE: Mapping[str, frozenset[str]] = {
    NEW: frozenset({ACCEPTED, REFUSED}),
    ACCEPTED: frozenset({DONE, REFUSED}),
    REFUSED: frozenset({NEW}),
    DONE: frozenset({NEW}),
}
IN_WORDS = {NEW: "waits", ACCEPTED: "is accepted", REFUSED: "is refused", DONE: "is done"}

NOBODY, AGREED, NOT_ASKED = "nobody", "agreed", "not_asked"
CONSENTS = ("", NOBODY, AGREED, NOT_ASKED)

WINDOW = timedelta(hours=1)
FROM_ONE, FROM_ALL = 10, 100  # requests through the public form within the window
SAME_WITHIN = timedelta(minutes=10)  # the same words again are a button pressed twice


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wrote on the form, or said on the command line. Empty: left out."""

    kind: str
    from_name: str = ""
    from_email: str = ""
    team: str = ""
    what: str = ""
    purpose: str = ""
    audience: str = ""
    deadline: str = ""  # a time on the wall, as kit.walltime reads it
    evidence: str = ""
    link: str = ""
    images: str = ""  # which pictures, where they are, who is in them
    consent: str = ""
    partner_name: str = ""
    boost_url: str = ""

    def tidied(self) -> Asked:
        """With one kind of line end, and without spaces around."""
        given = {f.name: newlines(getattr(self, f.name)).strip() for f in fields(self)}
        return Asked(**given)


LONGEST = {
    "from_name": 200, "from_email": 254, "team": 200, "what": 5000, "purpose": 2000,
    "audience": 500, "deadline": 40, "evidence": 5000, "link": 2000, "images": 2000,
    "partner_name": 200, "boost_url": 2000,
}  # fmt: skip
TEXTS = frozenset({"what", "purpose", "evidence", "images"})  # may have several lines
ADDRESSES = ("link", "boost_url")
MISSING: Mapping[str, Mapping[str, str]] = {
    SAY: {
        "what": "Enter what you want us to say",
        "purpose": "Enter why people should know it",
    },
    BOOST: {
        "partner_name": "Enter which organisation the message is from",
        "boost_url": "Enter the web address of the message",
    },
}
WHO = {"from_name": "Enter your name", "from_email": "Enter your e-mail address"}


def may_become(state: str, new: str) -> bool:
    return new in LIFE[state]


def wrong(asked: Asked, deadline: Callable[[str], datetime], now: datetime) -> dict[str, str]:
    """What is wrong with it: a sentence for each field. `deadline` reads a time on the wall."""
    if asked.kind not in MISSING:
        return {"kind": f"There is no kind “{reveal(asked.kind[:20])}”. Use say or boost."}
    looks = (_missing, _ill_written, _wrong_email, _wrong_addresses, _wrong_consent)
    found = _wrong_deadline(asked, deadline, now)
    for look in reversed(looks):  # what comes first wins
        found |= look(asked)
    return found


def _missing(asked: Asked) -> dict[str, str]:
    needed = {**WHO, **MISSING[asked.kind]}
    return {name: words for name, words in needed.items() if not visible(getattr(asked, name))}


def _ill_written(asked: Asked) -> dict[str, str]:
    found = {}
    for name, longest in LONGEST.items():
        text = getattr(asked, name)
        if len(text) > longest:
            found[name] = f"Use {longest:,} characters or fewer. There are {len(text):,}"
        elif any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in text):
            found[name] = "Take out the character that cannot be kept (a null or half of one)"
        elif name not in TEXTS and any(sign < " " for sign in text):
            found[name] = "Write this on one line, without control characters"
    return found


def _wrong_email(asked: Asked) -> dict[str, str]:
    try:
        validate_email(asked.from_email)
    except ValidationError:
        return {"from_email": "Enter an e-mail address, such as name@example.gov.uk"}
    return {}


def _wrong_addresses(asked: Asked) -> dict[str, str]:
    said = "Enter a whole web address that starts with https:// or http://"
    given = {name: getattr(asked, name) for name in ADDRESSES}
    return {name: said for name, address in given.items() if address and not is_page(address)}


def is_page(address: str) -> bool:
    """Is this the address of a page on the web, without a name and password before the host?"""
    if any(sign.isspace() for sign in address) or reveal(address) != address:
        return False
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in host and "@" not in parts.netloc


def _wrong_consent(asked: Asked) -> dict[str, str]:
    if asked.consent not in CONSENTS:
        return {"consent": "Use nobody, agreed or not_asked, or leave it out"}
    if asked.images and not asked.consent:
        return {"consent": "Select whether the people in the pictures have agreed"}
    return {}


def _wrong_deadline(
    asked: Asked, deadline: Callable[[str], datetime], now: datetime
) -> dict[str, str]:
    if not asked.deadline:
        return {}
    try:
        if deadline(asked.deadline) > now:
            return {}
    except walltime.NoSuchTime as why:
        return {"deadline": str(why)}
    return {"deadline": "This deadline has passed. Give one to come, or none"}


def with_an_hour(deadline: str) -> str:
    """A day alone means until its end."""
    return f"{deadline} 23:59" if _DAY.fullmatch(deadline) else deadline
