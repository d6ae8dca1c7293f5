"""Is this entry one we know, and has it changed? The same answer for the same entries for ever."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256

from oyez.formats.contract import Entry

LONGEST = 500
"""Characters of an identity, so that a unique index in the database can hold it."""


def identify(entries: Sequence[Entry], known_reused: bool) -> list[str]:
    """Each entry's identity within its feed, in order.

    Its guid; guid and url where the feed reuses guids (`known_reused`, or seen in these entries);
    else its url; else a digest of its words. http and https count as one, so a feed that moves to
    https sends nothing twice. At most 500 characters: longer ones become a digest.
    """
    reused = known_reused or reuses_guids(entries)
    return [identity_of(entry, reused=reused) for entry in entries]


def reuses_guids(entries: Iterable[Entry]) -> bool:
    """Does one guid stand on entries with different urls? Once true of a feed, keep it for good."""
    urls: dict[str, str] = {}
    told = ((_secure(e.guid), _secure(e.url)) for e in entries if e.guid and e.url)
    return any(urls.setdefault(guid, url) != url for guid, url in told)


def identity_of(entry: Entry, *, reused: bool) -> str:
    """One entry's identity where it is known whether its feed reuses guids."""
    guid, url = _secure(entry.guid), _secure(entry.url)
    if guid:
        return _short(f"{guid}|{url}" if reused and url else guid)
    return _short(url) if url else _digest(entry.title, entry.summary)


def fingerprint(entry: Entry) -> str:
    """A digest of what people would see: a new one on a known entry is an update, not a new item.

    Dates and tags stay out: many publishers touch them without changing a word.
    """
    return _digest(entry.title, entry.summary, _secure(entry.url))


def _secure(address: str) -> str:
    return f"https://{address[7:]}" if address.startswith("http://") else address


def _short(identity: str) -> str:
    return identity if len(identity) <= LONGEST else _digest(identity)


def _digest(*parts: str) -> str:
    return f"sha256:{sha256(json.dumps(parts).encode()).hexdigest()}"
