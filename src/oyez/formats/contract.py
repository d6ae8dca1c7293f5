"""What is a feed, once read? Plain facts, whatever format it came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Alert:
    """What an official warning (CAP) says of itself, in the standard’s own words."""

    identifier: str
    status: str  # Actual; Exercise, System, Test and Draft are not for the public
    kind: str  # Alert, Update, Cancel; Ack and Error are between systems
    scope: str  # Public; Restricted and Private are not for the public
    event: str
    urgency: str  # Immediate, Expected, Future, Past, Unknown
    severity: str  # Extreme, Severe, Moderate, Minor, Unknown
    certainty: str  # Observed, Likely, Possible, Unlikely, Unknown
    area: str  # "Tamar valley; Looe"
    effective: datetime | None = None
    expires: datetime | None = None
    references: tuple[str, ...] = ()  # identifiers of what it updates or cancels


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as its publisher wrote it. An empty string means "the feed does not say"."""

    guid: str  # never resolved against the feed's address: a feed that moves keeps its guids
    url: str  # absolute, http or https
    title: str  # plain text on one line
    summary: str  # plain text on one line: HTML removed, entities decoded once
    published_at: datetime | None = None  # UTC; the date of change where only that is given
    updated_at: datetime | None = None  # UTC
    language: str = ""  # BCP 47 as written: "en-GB"
    tags: tuple[str, ...] = ()
    alert: Alert | None = None
    alert_url: str = ""  # where the warning is that this entry only points to


@dataclass(frozen=True, slots=True)
class Document:
    """A feed's contents at one moment, entries in the order of the feed."""

    title: str
    entries: tuple[Entry, ...]
    format: str  # for people: "RSS 2.0", "Atom 1.0", "JSON Feed 1.1"
    language: str = ""
    ttl_minutes: int | None = None  # the publisher asks not to be polled more often than this
    home_url: str = ""
    hub_url: str = ""  # WebSub
    updates: str = ""  # the syndication module's own words: "hourly", "daily/2" for twice a day


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed that somebody follows in another reader."""

    name: str  # one line: its folders and its own name, "Council / Libraries / New books"
    url: str  # as written there: it may be no address at all


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one document may cost. The defaults are the house's; tests lower them."""

    cpu_seconds: int = 5
    wall_seconds: float = 10.0
    memory_bytes: int = 512 * 1024 * 1024


class FormatError(Exception):
    """The document cannot be used. The message is one sentence: what it is, and what to do."""


class NotAFeed(FormatError):
    """These bytes are something else, or too broken to be read as a feed."""


class Unfit(FormatError):
    """These bytes cannot be kept as a picture, a film or captions."""


class TooHeavy(FormatError):
    """Reading this would cost more than it may cost, or it is built like an attack."""


class ReaderDown(Exception):
    """Our own reading process cannot start or died twice. Not the feed's fault: try later."""
