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
from functools import cache
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402  (Django first)
from django.test import Client  # noqa: E402

from bench.figures import Void  # noqa: E402
from oyez.channels import actions as channel_actions  # noqa: E402
from oyez.channels import queries as channels  # noqa: E402
from oyez.decisions import queries as decisions  # noqa: E402
from oyez.deliveries import jobs  # noqa: E402
from oyez.deliveries.moment import BELL  # noqa: E402
from oyez.emergency import actions as emergency  # noqa: E402
from oyez.feeds import actions as feeds  # noqa: E402
from oyez.kit import clock  # noqa: E402
from oyez.people import actions as people  # noqa: E402
from oyez.people.rules import OFFICER, console  # noqa: E402
from oyez.policy import running  # noqa: E402
from oyez.policy.contract import Context, MessageOut, Place, Writer  # noqa: E402
from oyez.posts import actions as posts  # noqa: E402
from oyez.project.worker import FEEDS  # noqa: E402
from tests.entering import signed_in  # noqa: E402

BY = console("bench")


def link(server: str, name: str) -> int:
    answers = {"server": server, "secret": name}
    return int(channel_actions.link("mastodon", answers, name=name, by=BY).pk)


def stop() -> None:
    emergency.stop(None, why="Until the samples are there.", by=BY)


def resume() -> None:
    emergency.resume(None, by=BY)


def write(text: str, to: list[str]) -> float:
    """Hand a message in; the moment of its commit."""
    posts.write(text, to=channels.named(to), by=BY)
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


@cache
def _browser() -> Client:
    """An officer’s, signed in."""
    person = people.invite("officer@bench.example", name="Officer", role=OFFICER, by=BY)
    return signed_in(person, Client(SERVER_NAME="localhost"))


def ask(path: str) -> float:
    """Seconds until a page is there, asked in this very process."""
    began = time.monotonic()
    answer = _browser().get(path)
    took = time.monotonic() - began
    if answer.status_code != 200:
        raise Void(f"{path} answered {answer.status_code}.")
    return took


def preview(text: str, to: list[str]) -> float:
    """Seconds until the part of Write that shows how a text looks and what the checks say."""
    given = {"text": text, "to": [one.pk for one in channels.named(to)], "language": "en"}
    began = time.monotonic()
    answer = _browser().post("/write/looks", {**given, "when": "now"})
    took = time.monotonic() - began
    if answer.status_code != 200 or "oyez-card" not in answer.content.decode():
        raise Void("The preview shows no channel.")
    return took


def judge(count: int, to: str) -> float:
    """Seconds for all checks over so many messages, no two alike: a dry run over history."""
    (channel,) = channels.named([to])
    texts = (f"{number}: {SAMPLES[number % len(SAMPLES)]}" for number in range(count))
    limits = channels.network_of(channel).limits
    place = Place(channel.pk, channel.name, channel.network_class.title, limits)
    context, writer = Context(clock.now()), Writer("Officer")
    began = time.monotonic()
    for text in texts:
        running.run(MessageOut(text, place, writer), context)
    return time.monotonic() - began


def look_again() -> tuple[int, float]:
    """How many planned messages the checks look at again when a period begins, and the seconds."""
    planned = decisions.still_to_go().count()
    began = time.monotonic()
    jobs.look_again(0)
    return planned, time.monotonic() - began


SAMPLES = (
    "The bridge is open again. https://www.council.example/bridge",
    "Bins move to Wednesday in the week after Easter. Put them out by seven. #BinDay",
    "ROAD CLOSED TODAY at Polson Bridge until 17:00. Follow the signs. 🚧",
    "Have your say on the local plan by 6 May: come to the library, or write to us. #localplan",
)

VERBS: Mapping[str, Callable[..., Any]] = {
    "link": link,
    "stop": stop,
    "resume": resume,
    "write": write,
    "add_feed": add_feed,
    "tick": tick,
    "ask": ask,
    "preview": preview,
    "judge": judge,
    "look_again": look_again,
}


def main() -> None:
    for line in sys.stdin:
        verb, arguments = json.loads(line)
        sys.stdout.write(json.dumps(VERBS[verb](**arguments)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
