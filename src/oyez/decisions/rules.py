"""Who must say yes, and is it enough? Pure."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Protocol
from urllib.parse import urlsplit

from oyez.kit.text import holds, links
from oyez.policy import running
from oyez.policy.contract import Finding, Level
from oyez.posts.draft import Draft

ANY, ALL, QUORUM = "any", "all", "quorum"

REMIND_AFTER = timedelta(hours=4)
ESCALATE_AFTER = timedelta(hours=12)
SOON = timedelta(hours=1)  # before its time, a reminder does not wait
LATE_BY = timedelta(minutes=1)  # an approval that comes later than this asks instead of sending

LATER = ("EL-", "SE-4", "PR-2")
"""Checks whose ground may change after the yes: sensitive periods, where a link leads, and who
agrees to be seen.
"""


class SaidByACheck(Protocol):
    """A finding, fresh or as it was kept."""

    @property
    def message(self) -> str: ...
    @property
    def words(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """One step of a review. Those asked are named, or hold the role; `because` names checks."""

    need: str = ANY
    count: int = 1
    role: str = ""
    people: tuple[int, ...] = ()
    because: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Asked:
        named = {**kept, "people": tuple(kept["people"]), "because": tuple(kept["because"])}
        return cls(**named)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def enough(self, yes: Collection[int], asked: Collection[int]) -> bool:
        """Is this step done, with `yes` from these of all who are `asked` (people's numbers)?

        “All” of nobody is not done: an empty role must be filled, never skipped.
        """
        given = set(yes) & set(asked)
        if self.need == ALL:
            return bool(asked) and given >= set(asked)
        return len(given) >= (self.count if self.need == QUORUM else 1)


def weighty(found: Iterable[Finding]) -> list[Finding]:
    """What can keep words back although they were approved."""
    return [one for one in found if one.level >= Level.HOLD and one.check.startswith(LATER)]


def together(steps: Iterable[Asked]) -> list[Asked]:
    """The steps of several channels as one list: what two channels ask alike is asked once."""
    return list(dict.fromkeys(steps))


def is_one_of(who: Mapping[str, str], others: Iterable[Mapping[str, str]]) -> bool:
    """Is this one of them? People are told apart; all consoles are one: the machine’s owner."""
    kind, person = who.get("kind"), who.get("kind") == "person"
    return any(
        one.get("kind") == kind and (not person or one.get("id") == who.get("id")) for one in others
    )


def accounts_in(address: str) -> list[str]:
    """Whose page or post an address may be: its host, and what in its path is written as an
    account: “@jo”, and whole with its server; “jo.example”.
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    found = [host]
    for part in filter(None, parts.path.split("/")):
        if part.startswith("@"):
            found += [part, part if "@" in part[1:] else f"{part}@{host}"]
        elif "." in part.strip("."):
            found.append(part)
    return list(dict.fromkeys(filter(None, found)))


def review_digest(digests: Iterable[str]) -> str:
    """Names all the words of one message together."""
    return sha256("\n".join(sorted(digests)).encode()).hexdigest()


def set_off_by(found: SaidByACheck) -> tuple[str, ...]:
    """What a finding is about: the words that set it off; where there are none, all it says."""
    return tuple(found.words) or (found.message,)


def hold_digest(check: str, words: Iterable[Sequence[str]]) -> str:
    said = [check, sorted(list(one) for one in words)]
    return sha256(json.dumps(said).encode()).hexdigest()


def is_late(due_at: datetime | None, now: datetime) -> bool:
    """Has the time that was meant gone by? A message without a time is never late."""
    return due_at is not None and now > due_at + LATE_BY


def should_remind(
    opened_at: datetime, due_at: datetime | None, reminded_at: datetime | None, now: datetime
) -> bool:
    """Once after a while, or once when its time is near."""
    if reminded_at:
        return False
    return now - opened_at > REMIND_AFTER or (due_at is not None and due_at - now < SOON)


def should_escalate(
    opened_at: datetime, due_at: datetime | None, reminded_at: datetime | None, now: datetime
) -> bool:
    """A reminder that helped nobody, and the time is nearer or long gone."""
    if not reminded_at:
        return False
    near = due_at is not None and due_at - now < SOON / 2
    return now - opened_at > ESCALATE_AFTER or near


def first_open(steps: Sequence[bool]) -> int | None:
    """The number of the first step that is not done; None when all are."""
    return next((number for number, done in enumerate(steps) if not done), None)


def mend(draft: Draft, looked: Mapping[int, Sequence[Finding]]) -> Draft:
    """The draft with one repair made for each channel (by number): for all alike, or in its own
    words. A link that was repaired in the words is repaired in its field.
    """
    for channel, findings in looked.items():
        words = draft.words_for(channel)
        mended = running.fixed(words, findings)
        if mended == words:
            continue
        if draft.own_words.get(channel):
            draft = draft.with_words(channel, mended)
        else:
            draft = draft.saying(mended).linked(_link(draft.link, mended))
    return draft


def _link(link: str, text: str) -> str:
    """The same link as the text has it now: whole, or with something behind it."""
    if not link or holds(text, link):
        return link
    longer = (span.text for span in links(text) if span.text.startswith(link))
    return next(longer, link)
