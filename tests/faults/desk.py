"""Somebody at a desk of the house under test: a process that links, writes and stops when told.

`python -m tests.faults.desk` reads one JSON request a line and answers with one line of JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import django
from django.db import InterfaceError, OperationalError, connection

django.setup()

from oyez.channels import actions as channel_actions  # noqa: E402  (Django first)
from oyez.channels import queries as channels  # noqa: E402
from oyez.deliveries.durable import insist  # noqa: E402
from oyez.emergency import actions as emergency  # noqa: E402
from oyez.feeds import actions as feeds  # noqa: E402
from oyez.people import actions as people  # noqa: E402
from oyez.people.rules import ADMINISTRATOR, console  # noqa: E402
from oyez.posts import actions as posts  # noqa: E402
from tests.entering import signed_in  # noqa: E402

BY = console("tester")


def link(network: str, answers: Mapping[str, str], name: str) -> int:
    return channel_actions.link(network, answers, name=name, by=BY).pk


def write(text: str, to: list[str], at: str = "") -> int:
    """Now, or for a moment (ISO 8601)."""
    when = datetime.fromisoformat(at) if at else None
    return insist(lambda: posts.write(text, to=channels.named(to), at=when, by=BY).pk)


def say(text: str, to: list[str]) -> bool:
    """Once; was it saved?"""
    try:
        posts.write(text, to=channels.named(to), by=BY)
    except (OperationalError, InterfaceError):
        connection.close()
        return False
    return True


def come_in() -> str:
    """The cookie of an administrator's browser."""
    person = people.invite("ada@council.example", name="Ada", role=ADMINISTRATOR, by=BY)
    return str(signed_in(person).cookies["oyez"].value)


def follow(urls: list[str], to: list[str], settle: float = 0) -> None:
    """Each feed: its items settle for so many seconds, nothing is capped, no yes is asked."""
    where, settled = channels.named(to), timedelta(seconds=settle)
    for url in urls:
        feeds.add(url, to=where, trust="automatic", settle=settled, flood_cap=1000, by=BY)


def stop(why: str) -> None:
    emergency.stop(None, why=why, by=BY)


def resume() -> None:
    emergency.resume(None, by=BY)


VERBS: Mapping[str, Callable[..., Any]] = {
    "link": link,
    "write": write,
    "say": say,
    "come_in": come_in,
    "follow": follow,
    "stop": stop,
    "resume": resume,
}


def main() -> None:
    for line in sys.stdin:
        verb, arguments = json.loads(line)
        sys.stdout.write(json.dumps(VERBS[verb](**arguments)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
