"""One poll of all feeds by one of those who are compared: ours, PyPI's `reader`, bare libcurl.

`python -m bench.polling WHO SERVER FEEDS PLACE` gets everything ready, says so, waits for a line,
polls once, and says how long that took, how long this process worked (both in seconds) and how
many entries it then knows. `seed-ours` and `seed-reader` lay out what was known before.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

Poll = Callable[[], None]
Count = Callable[[], int]


def urls(server: str, feeds: int) -> list[str]:
    return [f"{server}/feed/{number}" for number in range(feeds)]


def ours(server: str, feeds: int, place: str) -> tuple[Poll, Count]:
    from django.db import connection  # only who is asked is loaded

    from bench.feed_text import rss
    from oyez.feeds import actions
    from oyez.feeds.models import Feed, Item
    from oyez.formats.reading import read
    from oyez.kit import clock
    from oyez.people.rules import job

    long_ago = clock.now() - timedelta(hours=1)
    Feed.objects.update(next_poll_at=long_ago)
    read(rss(["Warm"]), content_type="", url="http://localhost/")  # the reader's process is there
    connection.ensure_connection()

    def poll() -> None:
        while actions.poll_due(by=job("feeds")):
            pass

    return poll, Item.objects.count


def seed_ours(server: str, feeds: int, place: str) -> tuple[Poll, Count]:
    from oyez.feeds.models import Feed
    from oyez.kit import clock

    now = clock.now()
    rows = [Feed(url=url, name=url, added_at=now, next_poll_at=now) for url in urls(server, feeds)]
    Feed.objects.bulk_create(rows)
    return ours(server, feeds, place)


def _library(place: str) -> Any:
    """Its own copy of feedparser asks for sgmllib by the name that Python 2 had for it."""
    sys.modules["sgmllib"] = import_module("feedparser_sgmllib")
    return import_module("reader").make_reader(place)


def reader(server: str, feeds: int, place: str) -> tuple[Poll, Count]:
    library = _library(place)

    def count() -> int:
        total = library.get_entry_counts().total
        library.close()  # the file is whole from now on, and may be copied
        return int(total)

    return lambda: library.update_feeds(scheduled=False), count


def seed_reader(server: str, feeds: int, place: str) -> tuple[Poll, Count]:
    library = _library(place)
    for url in urls(server, feeds):
        library.add_feed(url)
    library.close()
    return reader(server, feeds, place)


def curl(server: str, feeds: int, place: str) -> tuple[Poll, Count]:
    import pycurl

    good: list[int] = []

    def poll() -> None:
        multi = pycurl.CurlMulti()
        multi.setopt(pycurl.M_MAX_HOST_CONNECTIONS, 8)  # as many as ours
        handles = [_handle(url, n) for n, url in enumerate(urls(server, feeds))]
        for handle in handles:
            multi.add_handle(handle)
        running = len(handles)
        while running:
            multi.select(1.0)
            _, running = multi.perform()
        good.extend(h.getinfo(pycurl.RESPONSE_CODE) for h in handles)

    def _handle(url: str, number: int) -> Any:
        handle = pycurl.Curl()
        handle.setopt(pycurl.URL, url)
        handle.setopt(pycurl.HTTPHEADER, [f'If-None-Match: "{number}-old"'])
        handle.setopt(pycurl.WRITEFUNCTION, lambda _: None)
        return handle

    return poll, lambda: len(good)


WHO = {
    "ours": ours,
    "seed-ours": seed_ours,
    "reader": reader,
    "seed-reader": seed_reader,
    "curl": curl,
}


def main(who: str, server: str, feeds: str, place: str) -> None:
    if who.endswith("ours"):
        import django

        django.setup()
    poll, count = WHO[who](server, int(feeds), place)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    began, worked = time.monotonic(), time.process_time()
    poll()
    told = {"seconds": time.monotonic() - began, "worked": time.process_time() - worked}
    told["entries"] = count()
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    sys.stdin.readline()


if __name__ == "__main__":
    main(*sys.argv[1:])
