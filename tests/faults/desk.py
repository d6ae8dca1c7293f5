"""Somebody at a desk of the house under test: a process that links, writes and stops when told.

`python -m tests.faults.desk` reads one JSON request a line and answers with one line of JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

import django

django.setup()

from oyez.channels import actions as channel_actions  # noqa: E402  (Django first)
from oyez.channels import queries as channels  # noqa: E402
from oyez.deliveries.durable import insist  # noqa: E402
from oyez.emergency import actions as emergency  # noqa: E402
from oyez.people.rules import console  # noqa: E402
from oyez.posts import actions as posts  # noqa: E402

BY = console("tester")


def link(network: str, answers: Mapping[str, str], name: str) -> int:
    return channel_actions.link(network, answers, name=name, by=BY).pk


def write(text: str, to: list[str]) -> int:
    return insist(lambda: posts.write(text, to=channels.named(to), by=BY).pk)


def stop(why: str) -> None:
    emergency.stop(None, why=why, by=BY)


def resume() -> None:
    emergency.resume(None, by=BY)


VERBS: Mapping[str, Callable[..., Any]] = {
    "link": link,
    "write": write,
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
