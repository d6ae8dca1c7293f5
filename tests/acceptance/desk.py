"""A desk as it really runs: `oyez up` with a worker and practice of its own, and people who sign in
by their links, in front of a Mastodon-API server and the Bluesky PDS.

The house shares the tests' database, so what a test needs to be there already is made by actions.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from bs4 import BeautifulSoup
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, BrowserContext
from psycopg.conninfo import conninfo_to_dict

from oyez.channels.models import Channel
from oyez.decisions import actions as decisions
from oyez.decisions.rules import Asked
from oyez.deliveries import moment
from oyez.people import actions as people
from oyez.people.models import Person
from oyez.people.rules import APPROVER, OFFICER
from tests.conformance.members import AtBluesky, AtMastodon
from tests.entering import a_code
from tests.factories import BY
from tests.feeds.source import Source
from tests.journeys.conftest import Way, a_window
from tests.journeys.walker import Walker
from tests.loopback import free_ports

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Said:
    """A text as a network shows it, and what it says of each picture to who cannot see it."""

    text: str
    alts: tuple[str, ...] = ()


@dataclass
class Desk:
    """A running house; `mastodon` and `bluesky` are asked behind its back."""

    folder: Path
    browser: Browser
    mastodon: AtMastodon
    bluesky: AtBluesky
    source: Source
    ports: Sequence[int] = field(default_factory=lambda: free_ports(2))
    windows: list[BrowserContext] = field(default_factory=list)

    @property
    def environ(self) -> dict[str, str]:
        """As for any house, with the tests' own database and keys."""
        database = urlencode(conninfo_to_dict(moment.address()), quote_via=quote)
        given = {
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "OYEZ_DATA": str(self.folder / "data"),
            "OYEZ_FOLLOW_LINKS": "no",
            "OYEZ_DATABASE_URL": f"postgresql:///?{database}",
            "OYEZ_KEYS": settings.OYEZ_SEAL_KEYS.text(),
            "OYEZ_SECRET_KEY": settings.SECRET_KEY,
            "OYEZ_PORT": str(self.ports[0]),
            "OYEZ_PRACTICE_PORT": str(self.ports[1]),
            "OYEZ_ALLOW_PRIVATE": ",".join(self.reached),
        }
        plain = {name: text for name, text in os.environ.items() if not name.startswith("OYEZ_")}
        return plain | given

    @property
    def reached(self) -> tuple[str, ...]:
        """What the house may fetch although it is private."""
        fronts = (self.mastodon.front, self.bluesky.front)
        return (f"127.0.0.1:{self.source.port}", *(front.server.address for front in fronts))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.ports[0]}"

    @property
    def wall(self) -> str:
        """The practice wall, which everybody on this machine may read."""
        return f"http://127.0.0.1:{self.ports[1]}/"

    def channel(self, network: str) -> Channel:
        return Channel.objects.get(network=network, state=Channel.State.ACTIVE)

    def comes(self, person: Person, way: Way) -> Walker:
        """Somebody opens a browser and signs in with their link and a second factor."""
        window = a_window(self.browser, self.address, way)
        self.windows.append(window)
        walker, code = Walker(window.new_page(), axe=False), a_code(person)
        walker.opens(f"/sign-in/{people.make_link(person, by=BY)}").presses("Sign in")
        walker.writes("Code", code).presses("Sign in")
        return walker.sees(person.name)

    def shows(self, mark: str) -> dict[str, list[Said]]:
        """Everything with this mark in its words, as the networks themselves show it."""
        toots = [one["id"] for one in self.mastodon.statuses() if mark in one["content"]]
        records = [one for one in self.bluesky.records() if mark in one["value"]["text"]]
        return {
            "Town": [Said(self.mastodon.typed(n), _alts(self.mastodon.shows(n))) for n in toots],
            "Village": [
                Said(one["value"]["text"], _alts(self.bluesky.shows(one["uri"]))) for one in records
            ],
            "Practice": [one for one in self._on_the_wall() if mark in one.text],
        }

    def _on_the_wall(self) -> Iterator[Said]:
        with urllib.request.urlopen(self.wall, timeout=10) as answer:
            page = BeautifulSoup(answer.read(), "html.parser")
        for card in page.select("article"):
            words = card.select_one(".oyez-note__words")
            alts = tuple(str(picture["alt"]) for picture in card.select("img"))
            yield Said(words.get_text() if words else "", alts)

    def sent(self, mark: str) -> int:
        """How often it was sent to the two servers, shown or not."""
        writes = [*self.mastodon.front.writes, *self.bluesky.front.writes]
        return sum(mark.encode() in seen.body for seen in writes)

    def commands(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command line on the machine of the house."""
        command = [sys.executable, "-m", "oyez", *words]
        return subprocess.run(
            command, env=self.environ, text=True, capture_output=True, timeout=60, check=False
        )


def _alts(shown: list[tuple[str, bytes]]) -> tuple[str, ...]:
    assert all(content for _alt, content in shown), "A picture without its bytes."
    return tuple(alt for alt, _content in shown)


def someone(name: str, role: str = OFFICER, *duties: str) -> Person:
    """A person of the house, who has not signed in yet."""
    email = f"{name.split()[0].lower()}@council.example"
    person = people.invite(email, name=name, role=role, by=BY)
    people.give(person, duties=duties, by=BY)
    return person


def asks_for_two(*channels: Channel) -> None:
    for channel in channels:
        decisions.set_steps(channel, [Asked(role=APPROVER)], by=BY)


def until(true: Callable[[], Any], seconds: float = 30) -> Any:
    """What it answers once it is true; at most so long."""
    ends = time.monotonic() + seconds
    while not (answer := true()):
        assert time.monotonic() < ends, f"not within {seconds} s"
        time.sleep(0.2)
    return answer


@contextmanager
def running(desk: Desk) -> Iterator[Desk]:
    """`oyez up`, until its own Ctrl-C; what it said is shown when a test fails."""
    said = desk.folder / "said"
    command = [sys.executable, "-m", "oyez", "up"]
    with said.open("w") as words:
        house = subprocess.Popen(command, env=desk.environ, stdout=words, stderr=words)
    try:
        until(lambda: house.poll() is None and "Oyez is ready" in said.read_text(), 60)
        until(lambda: Channel.objects.filter(network="practice_wall").exists())
        yield desk
    finally:
        for window in desk.windows:
            window.close()
        house.send_signal(signal.SIGINT)
        house.wait(40)
        sys.stdout.write(said.read_text()[-4000:])


def empty_the_database() -> None:
    """As after every test that writes; the queue's tables are not Django's."""
    call_command("flush", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        cursor.execute("truncate procrastinate_jobs, procrastinate_workers cascade")
