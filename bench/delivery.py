"""How long is it from a commit to the wire, and what do a hundred thousand waiting messages cost?

Commit: a person's post is written, or a feed's time has come. Wire: the first bytes of the request
that publishes it reach a network in a process of its own. The worker and the database are real.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bench.feed_text import rss
from bench.figures import Figure, Void, percentile, ratio, show
from bench.filling import copies
from bench.house import Desk, House, a_desk, a_house, a_worker, inherited, program, read_line
from oyez.kit.addresses import AddressRule
from oyez.kit.fetch import Client

ACCOUNTS = [f"account{n}" for n in range(1, 5)]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    rounds: int = 5
    posts: int = 30
    items: int = 12
    future: int = 100_000
    queued: int = 10_000
    due: int = 1_000


QUICK = Size(rounds=1, posts=3, items=2, future=500, queued=100, due=20)


class Network:
    """The network's process, asked for what it saw."""

    def __init__(self, port: int) -> None:
        self.address = f"127.0.0.1:{port}"
        self.url = f"http://{self.address}"
        self._client = Client(AddressRule((self.address,)))

    def log(self) -> list[dict[str, Any]]:
        seen: list[dict[str, Any]] = self._client.ask("GET", f"{self.url}/log").json()
        return seen

    def give(self, body: bytes) -> None:
        self._client.ask("PUT", f"{self.url}/feed", body=body)

    def arrivals(self, word: str, count: int, seconds: float) -> list[dict[str, Any]]:
        """What begins with this word, once it is that many; Void if it is never exactly that."""
        until = time.monotonic() + seconds
        while True:
            found = [one for one in self.log() if one["text"].startswith(word)]
            if len(found) == count and len({one["text"] for one in found}) == count:
                return found
            if time.monotonic() > until or len(found) > count:
                raise Void(f"{len(found)} of {count} messages reached the network.")
            time.sleep(0.2)


@dataclass
class Round:
    """The waiting of one round, in milliseconds."""

    posts: list[float] = field(default_factory=list)
    items: list[float] = field(default_factory=list)


@contextmanager
def a_network() -> Iterator[Network]:
    with program(["-m", "bench.network"], inherited()) as process:
        yield Network(int(read_line(process)))


def run(size: Size) -> list[Figure]:
    """Print and return the figures."""
    with a_house() as house, a_network() as network:
        prepare(house, network, size)
        rounds: dict[str, list[Round]] = {"idle": [], "full": []}
        for number in range(size.rounds):
            names = list(rounds) if number % 2 else list(reversed(rounds))
            for name in names:
                rounds[name].append(_round(house, network, name, f"{name}{number}", size))
        figures = _latencies(rounds)
        figures += _crowds(house, network, size)
    show("Commit to wire, with nothing and with much waiting", figures)
    return figures


def prepare(house: House, network: Network, size: Size) -> None:
    """Two databases to copy: one idle, one with messages waiting for the days to come."""
    with a_desk(house.environ(allow=network.address)) as desk:
        for name in ACCOUNTS:
            desk("link", server=network.url, name=name)
        network.give(rss([]))
        desk("add_feed", url=f"{network.url}/feed", to=ACCOUNTS[:1])
    with a_worker(house, house.environ(allow=network.address)):
        one_each(house, network)
    house.copy("oyez", "idle-start")
    house.copy("oyez", "full-start")
    due = "clock_timestamp() + interval '1 day' + n * interval '20 seconds'"
    spread(house, "full-start", size.future, due)


def one_each(house: House, network: Network) -> None:
    """A message for each account that waits for a long time: the model of all that wait. It is
    meant for now and was caught by a stop, since words meant for later do not go now.
    """
    with a_desk(house.environ(allow=network.address)) as desk, house.connect() as line:
        desk("stop")
        for name in ACCOUNTS:
            desk("write", text=f"Sample for {name}", to=[name])
        until = time.monotonic() + 20
        while len(_waiting(line)) < len(ACCOUNTS):
            if time.monotonic() > until:
                raise Void("The samples were not planned.")
            time.sleep(0.2)
        line.execute(
            "update deliveries_delivery set due_at = due_at + interval '700 days',"
            " not_after = not_after + interval '700 days' where state = 'waiting'"
        )
        desk("resume")


def _waiting(line: Any) -> list[int]:
    found = line.execute(
        "select min(d.id) from deliveries_delivery d join channels_channel c on c.id = d.channel_id"
        " where d.state = 'waiting' and c.network = 'mastodon' group by c.id order by c.id"
    )
    return [int(row[0]) for row in found]


def spread(house: House, database: str, count: int, due: str, *, meant: bool = False) -> None:
    """Copies over all accounts."""
    with house.connect(database) as line:
        for delivery in _waiting(line):
            copies(line, delivery, count // len(ACCOUNTS), due, meant=meant)
        line.execute("vacuum analyze")


def _round(house: House, network: Network, name: str, word: str, size: Size) -> Round:
    house.copy(f"{name}-start", "round")
    environ = house.environ("round", network.address)
    with a_worker(house, environ, "round"), a_desk(environ) as desk:
        desk("write", text=f"Warm {word}", to=ACCOUNTS[:1])
        network.arrivals(f"Warm {word}", 1, 30)
        return Round(
            _posts(desk, network, word, size.posts),
            _items(desk, network, house, word, size.items),
        )


def _posts(desk: Desk, network: Network, word: str, count: int) -> list[float]:
    """Messages at odd moments, whether or not the one before has gone."""
    began: dict[str, float] = {}
    for number in range(count):
        time.sleep(random.uniform(0.1, 0.3))  # noqa: S311  a spread, not a secret
        text = f"Post {word} {number}."
        began[text] = desk("write", text=text, to=[ACCOUNTS[number % len(ACCOUNTS)]])
    found = network.arrivals(f"Post {word} ", count, 30)
    return [(one["at"] - began[one["text"]]) * 1000 for one in found]


def _items(desk: Desk, network: Network, house: House, word: str, count: int) -> list[float]:
    """A new item each time that the feed is asked."""
    with house.connect("round") as line:
        row = line.execute("select id from feeds_feed").fetchone()
    began: dict[str, float] = {}
    titles: list[str] = []
    for number in range(count):
        time.sleep(random.uniform(0.4, 0.6))  # noqa: S311  a spread, not a secret
        titles.append(f"Item {word} {number}.")
        network.give(rss(titles[-10:]))
        began[titles[-1]] = desk("tick", feed=row[0] if row else 0)
    found = network.arrivals(f"Item {word} ", count, 30)
    return [(one["at"] - began[one["text"].partition(" https")[0]]) * 1000 for one in found]


def _latencies(rounds: dict[str, list[Round]]) -> list[Figure]:
    figures = []
    p95: dict[str, list[float]] = {}
    for name, says in (("idle", "nothing waiting"), ("full", "100,000 waiting")):
        for kind in ("posts", "items"):
            measured = [getattr(one, kind) for one in rounds[name]]
            title = {"posts": "post to wire", "items": "poll tick to wire"}[kind]
            half = tuple(percentile(one, 50) for one in measured)
            most = tuple(percentile(one, 95) for one in measured)
            figures.append(Figure(f"{title}, {says}, p50", "ms", half, 100))
            figures.append(Figure(f"{title}, {says}, p95", "ms", most, 300))
            p95[f"{name} {kind}"] = list(most)
    for kind, title in (("posts", "post"), ("items", "poll tick")):
        name = f"{title} to wire, p95: 100,000 waiting beside nothing"
        figures.append(ratio(name, p95[f"full {kind}"], p95[f"idle {kind}"], 1.3))
    return figures


def _crowds(house: House, network: Network, size: Size) -> list[Figure]:
    """Many due at the same moment; and an emergency behind many."""
    late = all_at_once(house, network, size.due)
    jump = emergency(house, network, size.queued)
    return [
        Figure(f"{size.due:,} posts due at one moment: p95 lateness", "s", (late,), 60),
        Figure(f"emergency post behind {size.queued:,} that are due", "s", (jump,), 10),
    ]


def all_at_once(house: House, network: Network, count: int) -> float:
    house.copy("idle-start", "round")
    due = time.time() + 8
    before = len(network.log())
    with a_worker(house, house.environ("round", network.address), "round"):
        spread(house, "round", count, f"to_timestamp({due})")
        found = _grown(network, before + count, 120)[before:]
    return percentile([one["clock"] - due for one in found], 95)


def emergency(house: House, network: Network, count: int) -> float:
    """No verb makes one yet, so the database lays it out: due now, in the first lane."""
    house.copy("idle-start", "round")
    with a_worker(house, house.environ("round", network.address), "round"):
        spread(house, "round", count, "clock_timestamp() - interval '1 minute'")
        with house.connect("round") as line:
            first = _waiting(line)[0]
            began = time.monotonic()
            copies(line, first, 1, "clock_timestamp()", lane=0)
            line.execute("select pg_notify('oyez_due', 'deliveries')")
            sent = None
            while sent is None and time.monotonic() < began + 60:
                time.sleep(0.05)
                row = line.execute(
                    "select sent_at from deliveries_delivery where lane = 0 and sent_at is not null"
                ).fetchone()
                sent = row[0] if row else None
    if sent is None:
        raise Void("The emergency post was not sent.")
    return time.monotonic() - began


def _grown(network: Network, count: int, seconds: float) -> list[dict[str, Any]]:
    until = time.monotonic() + seconds
    while len(found := network.log()) < count:
        if time.monotonic() > until:
            raise Void(f"{count - len(found)} messages did not reach the network.")
        time.sleep(1)
    return found
