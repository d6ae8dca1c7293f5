"""Somebody who works in the house under measurement: links, writes, adds a feed, looks at a clock.

`python -m bench.desk` reads one JSON request a line and answers with one line of JSON. Moments are
time.monotonic(), which all processes of a machine share.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402  (Django first)

from oyez.channels import actions as channel_actions  # noqa: E402
from oyez.channels import queries as channels  # noqa: E402
from oyez.deliveries.moment import BELL  # noqa: E402
from oyez.feeds import actions as feeds  # noqa: E402
from oyez.kit import clock  # noqa: E402
from oyez.people.rules import console  # noqa: E402
from oyez.posts import actions as posts  # noqa: E402
from oyez.project.worker import FEEDS  # noqa: E402

BY = console("bench")


def link(server: str, name: str) -> int:
    answers = {"server": server, "secret": name}
    return int(channel_actions.link("mastodon", answers, name=name, by=BY).pk)


def write(text: str, to: list[str], days: int = 0) -> float:
    """Hand a message in; the moment of its commit."""
    at = clock.now() + timedelta(days=days) if days else None
    posts.write(text, to=channels.named(to), by=BY, at=at)
    return time.monotonic()


def add_feed(url: str, to: list[str]) -> int:
    named = channels.named(to)
    feed = feeds.add(url, to=named, by=BY, trust="automatic", settle=timedelta(0), flood_cap=1000)
    return int(feed.pk)


def tick(feed: int) -> float:
    """The feed's time has come: the moment at which the house is told so."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update feeds_feed set next_poll_at = clock_timestamp() where id = %s", [feed]
        )
        cursor.execute("select pg_notify(%s, %s)", [BELL, FEEDS])
    return time.monotonic()


VERBS: Mapping[str, Callable[..., Any]] = {
    "link": link,
    "write": write,
    "add_feed": add_feed,
    "tick": tick,
}


def main() -> None:
    for line in sys.stdin:
        verb, arguments = json.loads(line)
        sys.stdout.write(json.dumps(VERBS[verb](**arguments)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
