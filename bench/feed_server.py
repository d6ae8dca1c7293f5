"""A thousand feeds on loopback with ETag and 304, as well-kept servers have them.

`python -m bench.feed_server FEEDS ITEMS`. PUT /news gives every tenth feed two new items, DELETE
takes them back; GET /counts tells how often each status was given since the last time.
"""

from __future__ import annotations

import json
import sys
from collections import Counter

from bench.feed_text import rss
from bench.http import Answer, Asked, serve

NEW = 2


class Feeds:
    """All bodies are made beforehand, so that making them is not measured."""

    def __init__(self, feeds: int, items: int) -> None:
        self.given: Counter[int] = Counter()
        old = [self._body(number, items) for number in range(feeds)]
        news = {n: self._body(n, items + NEW) for n in range(0, feeds, 10)}
        self._old = [(f'"{number}-old"', body) for number, body in enumerate(old)]
        self._news = [(f'"{n}-new"', news[n]) if n in news else self._old[n] for n in range(feeds)]
        self._now = self._old

    @staticmethod
    def _body(number: int, items: int) -> bytes:
        titles = [f"News {number}-{n} of the council" for n in range(items)]
        return rss(titles, site=f"https://council{number}.example")

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/news":
            self._now = self._news if asked.method == "PUT" else self._old
            return Answer(204)
        if asked.path == "/counts":
            told, self.given = json.dumps(self.given).encode(), Counter()
            return Answer(200, told)
        tag, body = self._now[int(asked.path.rpartition("/")[2])]
        headers = (("etag", tag), ("content-type", "application/rss+xml"))
        status = 304 if asked.headers.get("if-none-match") == tag else 200
        self.given[status] += 1
        return Answer(status, b"" if status == 304 else body, headers)


if __name__ == "__main__":
    serve(Feeds(*map(int, sys.argv[1:3])).answer)
