"""What would become of each feed on a list from another reader? Every address is asked once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from oyez.feeds import queries
from oyez.feeds.models import Feed
from oyez.feeds.reading import Reading, read_addresses
from oyez.formats import opml
from oyez.formats import reading as formats
from oyez.formats.contract import FormatError, ReaderDown, Subscription
from oyez.ledger.actor import Refusal

MOST = 100
"""Feeds of one list: each is asked while somebody waits."""
TWICE = "It is on the list twice."


@dataclass(frozen=True, slots=True)
class Line:
    """One feed of the list: what was read at its address, or why it cannot come along."""

    name: str
    url: str
    reading: Reading | None = None
    why: str = ""
    here: bool = False  # somebody has added it before

    @property
    def kind(self) -> str:
        """ "Atom 1.0, 12 items"."""
        document = self.reading and self.reading.document
        if not document:
            return ""
        count = len(document.entries)
        return f"{document.format}, {count} {'item' if count == 1 else 'items'}"


def read_list(content: bytes) -> tuple[Subscription, ...]:
    """The feeds on a list, OPML as other readers write it. Raises Refusal."""
    try:
        listed = formats.read_list(content)
    except (FormatError, ReaderDown) as error:
        raise Refusal(str(error)) from error
    if len(listed) > MOST:
        raise Refusal(f"There are more than {MOST} feeds on the list. Bring a part at a time.")
    return listed


def written(title: str) -> str:
    """All feeds that are not ended, as a list for other readers (OPML)."""
    kept = queries.feeds().exclude(state=Feed.State.ENDED)
    return opml.write(title, [Subscription(feed.name, feed.url) for feed in kept])


def look(listed: Sequence[Subscription]) -> list[Line]:
    """Each feed of the list in its order. Asks the addresses that are neither here nor wrong."""
    lines = list(_known(listed))
    readings = dict(read_addresses(line.url for line in lines if not line.why))
    return [_with(line, readings.get(line.url)) for line in lines]


def _known(listed: Sequence[Subscription]) -> Iterator[Line]:
    seen: set[str] = set()
    for one in listed:
        url, name = _address(one.url), one.name[:200]
        if not url:
            yield Line(name, one.url, why="It has no web address that can be used.")
        elif url.partition(":")[2] in seen:
            yield Line(name, url, why=TWICE)
        elif here := queries.known_by_either(url):
            yield Line(name, url, why=f"It is already here, as “{here.name}”.", here=True)
        else:
            yield Line(name, url)
        seen.add(url.partition(":")[2])


def _address(written: str) -> str:
    """The web address; readers also write feed://… and feed:https://…, which mean the same."""
    bare = written.strip()
    if bare.lower().startswith("feed:"):
        bare = bare[5:] if "://" in bare[5:] else f"http:{bare[5:]}"
    good = bare.lower().startswith(("http://", "https://")) and len(bare) <= 2_000
    return bare if good and not any(c.isspace() for c in bare) else ""


def _with(line: Line, reading: Reading | None) -> Line:
    if line.why or reading is None:
        return line
    why = "" if reading.document else reading.problem
    return Line(line.name, line.url, reading, why)
