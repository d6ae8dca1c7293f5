"""What does polling a thousand feeds cost, beside PyPI's `reader` and beside bare libcurl?

Every tenth feed has two new items. Processor time counts whatever works for the one who polls: its
own process, what it starts, and the database's. Each round begins from the same state.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from bench import meter
from bench.feed_server import NEW
from bench.figures import Figure, Void, ratio, show
from bench.house import House, a_house, inherited, program, read_line
from oyez.kit.addresses import AddressRule
from oyez.kit.fetch import Client


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    rounds: int = 5
    feeds: int = 1000
    items: int = 10


QUICK = Size(rounds=1, feeds=50, items=3)


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one poll of all feeds: milliseconds of processor a feed, seconds, megabytes."""

    cpu: float
    wall: float
    memory: float
    entries: int


class Stage:
    """The feeds' server, the house, and how each who polls is started."""

    def __init__(self, house: House, server: int, size: Size) -> None:
        self.house, self.size = house, size
        self.address = f"127.0.0.1:{server}"
        self.url = f"http://{self.address}"
        self.library = house.data.parent / "reader.sqlite"
        self._client = Client(AddressRule((self.address,)))

    def news(self, *, there: bool) -> None:
        self._client.ask("PUT" if there else "DELETE", f"{self.url}/news")

    def counts(self) -> dict[str, int]:
        """How often the server gave each status since it was asked last."""
        told: dict[str, int] = self._client.ask("GET", f"{self.url}/counts").json()
        return told

    def poll(self, who: str, database: str = "oyez", place: Path | None = None) -> Cost:
        """One poll of all feeds by `who`."""
        arguments = [who, self.url, str(self.size.feeds), str(place or self.library)]
        environ = self.house.environ(database, self.address)
        with program(["-m", "bench.polling", *arguments], environ) as process:
            read_line(process)
            self.counts()
            others = [one.pid for one in meter.family(process.pid)[1:]]
            if who == "ours":
                others.append(self.house.server.pid or 0)
            before = meter.cpu(*others)
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
            told = json.loads(read_line(process))
            spent = told["worked"] + meter.cpu(*others) - before
            memory = meter.memory(process.pid)
        return Cost(spent * 1000 / self.size.feeds, told["seconds"], memory, told["entries"])

    def checked(self, who: str, *, news: bool) -> Cost:
        """A poll from the state that all begin from; Void unless all the work was done."""
        self.news(there=news)
        place = self.library.with_name("round.sqlite")
        if who == "reader":
            shutil.copy(self.library, place)
        elif who == "ours":
            self.house.copy("oyez", "round")
        cost = self.poll(who, "round" if who == "ours" else "oyez", place)
        changed = len(range(0, self.size.feeds, 10)) if news else 0
        wanted = {"304": self.size.feeds - changed, "200": changed}
        known = self.size.feeds * self.size.items + changed * NEW
        given = {"304": 0, "200": 0} | self.counts()
        if given != wanted or (who != "curl" and cost.entries != known):
            raise Void(f"{who}: the server gave {given}, {cost.entries} of {known} entries known.")
        return cost


@contextmanager
def _stage(size: Size) -> Iterator[Stage]:
    """Everybody has polled every feed once."""
    told = ["-m", "bench.feed_server", str(size.feeds), str(size.items)]
    with a_house() as house, program(told, inherited()) as server:
        stage = Stage(house, int(read_line(server)), size)
        stage.poll("seed-ours")
        if find_spec("reader"):
            stage.poll("seed-reader")
        yield stage


def run(size: Size) -> list[Figure]:
    """Print and return the figures."""
    plans = [("ours", True), ("reader", True), ("ours", False), ("curl", False)]
    if not find_spec("reader"):
        plans.remove(("reader", True))
    costs: dict[tuple[str, bool], list[Cost]] = {plan: [] for plan in plans}
    with _stage(size) as stage:
        for number in range(size.rounds):
            turn = number % len(plans)
            for who, news in plans[turn:] + plans[:turn]:
                costs[who, news].append(stage.checked(who, news=news))
    figures = _figures(costs)
    show(f"One poll of {size.feeds:,} feeds", figures)
    return figures


def _figures(costs: dict[tuple[str, bool], list[Cost]]) -> list[Figure]:
    figures = []
    for (who, news), measured in costs.items():
        says = f"{who}, {'10 % changed' if news else 'nothing new'}"
        figures.append(Figure(f"{says}: processor", "ms a feed", tuple(c.cpu for c in measured)))
        figures.append(Figure(f"{says}: wall", "s", tuple(c.wall for c in measured)))
        figures.append(Figure(f"{says}: memory", "MB", tuple(c.memory for c in measured)))
    ours = [c.cpu for c in costs["ours", True]]
    if ("reader", True) in costs:
        theirs = [c.cpu for c in costs["reader", True]]
        figures.append(ratio("processor, 10 % changed: ours beside reader", ours, theirs, 1 / 12))
    quiet = [c.cpu for c in costs["ours", False]]
    bare = [c.cpu for c in costs["curl", False]]
    figures.append(ratio("processor, nothing new: ours beside bare libcurl", quiet, bare, 2.5))
    return figures
