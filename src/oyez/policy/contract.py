"""What does a check look at, and what does it say? No Django, no database, no clock.

A check is pure: `look(said, context)`. What was said is a message out, a message in, or an act; the
context holds everything else a rule may need. Whoever runs checks (decisions) fills these in: they
are a contract, not a mirror of any table. Moments are aware; days are days on the wall.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import IntEnum
from typing import ClassVar, Protocol

from oyez.networks.contract import Limits


class Level(IntEnum):
    """What a finding means for the message; the higher, the more it takes to go on."""

    INFO = 1  # said, nothing more
    FIX = 2  # repaired, and the repair is shown
    WARN = 3  # the author confirms
    HOLD = 4  # needs the named role's yes
    BLOCK = 5  # cannot be sent; only the named role may override, with a reason that is kept


@dataclass(frozen=True, slots=True)
class Consent:
    """One pictured person's yes. Empty `channels` means any; no `expires_on`, for good."""

    who: str
    child: bool = False
    channels: frozenset[int] = frozenset()
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture, film or sound of a message."""

    name: str
    kind: str  # "image/jpeg"
    alt: str = ""
    decorative: bool = False
    captions: bool = False
    transcript: bool = False
    licence: str = ""
    source: str = ""
    people: bool = False  # somebody can be recognised
    politician: bool = False  # a councillor or candidate is among them
    consents: tuple[Consent, ...] = ()
    removed: tuple[str, ...] = ()  # what cleaning took out of it: "location", "author"


@dataclass(frozen=True, slots=True)
class Place:
    """The channel a message goes to. `area`: which part of the body it speaks for; empty: all."""

    id: int
    name: str
    network: str
    limits: Limits
    state: str = "active"  # as channels names them
    why: str = ""  # why it is quarantined
    pretend: bool = False
    ours: bool = False
    corporate: bool = True
    area: str = ""
    needs_second_person: bool = False


@dataclass(frozen=True, slots=True)
class Writer:
    """Who says it. A feed writes with `person` false."""

    name: str
    person: bool = True
    may_publish: bool = True
    acknowledged: bool = True  # the policy version in force
    certificate_until: date | None = None  # None: none is asked for
    deputy_profile: bool = False  # the last action was on a personal profile


@dataclass(frozen=True, slots=True)
class Yes:
    """One approval so far. `digest` names the words approved."""

    name: str
    by_author: bool
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Campaign:
    """Why a message is sent. `planned_on`: the day of the oldest evidence of a plan."""

    name: str
    tag: str = ""
    objective: str = ""
    audience: str = ""
    measure: str = ""
    owner: str = ""
    begins_on: date | None = None
    planned_on: date | None = None
    significant: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """The feed an item came from, and how both have behaved lately."""

    name: str
    automatic: bool = True  # its rule hands it in; else a person has taken the item up
    third_party: bool = False  # a partner's, a member's, not the body's own
    arrived_at: datetime | None = None
    settled: bool = True
    changed: bool = False  # since it was drafted
    overtaken: str = ""  # why a warning is none any more, in a sentence
    in_last_hour: int = 0


@dataclass(frozen=True, slots=True)
class Boosted:
    """What a message passes on. `authors`: the author, and whoever it quotes or embeds."""

    authors: tuple[str, ...] = ()
    partner: str = ""


@dataclass(frozen=True, slots=True)
class MessageOut:
    """One message as one channel would carry it."""

    text: str
    place: Place
    writer: Writer
    title: str = ""
    link: str = ""
    language: str = "en"
    media: tuple[Medium, ...] = ()
    topics: tuple[str, ...] = ()
    goes_at: datetime | None = None  # None: as soon as it may
    auto_note: bool = False  # it says itself when somebody will read answers
    campaign: Campaign | None = None
    feed: Source | None = None
    boost: Boosted | None = None
    digest: str = ""
    approvals: tuple[Yes, ...] = ()
    quorum: int = 0
    only_moved: bool = False  # since the latest yes: other than its time, nothing is
    record_class: str = ""
    answers_case: str = ""  # the number of the case it answers; empty: it answers none
    case_facts: tuple[str, ...] = ()  # words of that case that are nobody else's business
    other_languages: tuple[str, ...] = ()  # in which the same message exists, of equal standing
    said_before: tuple[str, ...] = ()  # texts that went to this place within 24 hours


@dataclass(frozen=True, slots=True)
class MessageIn:
    """Something said to us."""

    text: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Act:
    """Something done to what is already out: delete, hide."""

    kind: str
    reason: str = ""
    archived: bool = True
    holds: tuple[str, ...] = ()  # why the record must stay: a legal hold, an open request


Said = MessageOut | MessageIn | Act


@dataclass(frozen=True, slots=True)
class Period:
    """A sensitive time in force for some area (empty: everywhere). `kind`: pre_election, …"""

    kind: str
    name: str
    begins_at: datetime
    ends_at: datetime
    area: str = ""

    def covers(self, at: datetime, area: str) -> bool:
        """Does it hold for this moment and place? Empty on either side means everywhere."""
        somewhere = not self.area or not area or self.area.casefold() == area.casefold()
        return somewhere and self.begins_at <= at < self.ends_at


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody or something political in the register: a party, candidate or sitting councillor."""

    name: str
    kind: str  # "party", "candidate", "councillor"
    handles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    area: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """Where a link leads, as somebody looked at that moment. `status` 0: no answer came, and `why`
    says so in a sentence; `refused`: we do not go there at all.
    """

    final: str
    status: int
    at: datetime
    why: str = ""
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody is on shift, on the wall. Empty `days` (0 is Monday): never."""

    days: frozenset[int] = frozenset(range(5))
    begins: time = time(9)
    ends: time = time(17)


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a check may need besides what was said."""

    now: datetime
    zone: str = "Europe/London"
    languages: tuple[str, ...] = ("en",)  # in which the body must speak, of equal standing
    periods: tuple[Period, ...] = ()
    figures: tuple[Figure, ...] = ()
    controversial: tuple[str, ...] = ()
    own_contacts: tuple[str, ...] = ()  # telephone numbers and addresses we publish on purpose
    own_domains: tuple[str, ...] = ()
    shorteners: tuple[str, ...] = ()  # ours
    followed: Mapping[str, Followed] = field(default_factory=dict)  # by links.as_followed()
    policy_version: str = ""
    hours: Hours = field(default_factory=Hours)
    incident: bool = False
    own_words: tuple[str, ...] = ()  # names of places and storms, for hashtags


@dataclass(frozen=True, slots=True)
class Hit:
    """What a check saw: `message` names it in one sentence, `words` are those that set it off.

    `fixed` is the text as repaired. `level`, `role` where this hit differs from the check's own.
    """

    message: str
    words: tuple[str, ...] = ()
    fixed: str | None = None
    level: Level | None = None
    role: str = ""


class Check(Protocol):
    """One rule, in a file of its own."""

    id: ClassVar[str]
    title: ClassVar[str]  # what it asks for, in a few words
    why: ClassVar[str]  # one sentence: whom it protects
    source: ClassVar[str]  # the law, code or guidance; "house rule" where none is confirmed
    level: ClassVar[Level]
    role: ClassVar[str]  # whose yes a hold needs, or who may override a block; empty: nobody

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        """What it sees; nothing when all is well, or when it is not about this."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit, with the check and the level in force in this organisation."""

    check: str
    title: str
    level: Level
    message: str
    words: tuple[str, ...]
    why: str
    source: str
    role: str = ""
    fixed: str | None = None
