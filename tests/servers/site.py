"""A web site on loopback, where every path answers as its name says; and the leave to follow links
to it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import replace

from pytest_django import Settings

from oyez.channels import outside
from tests.servers.raw import Seen, Server, reply, serving

TOO_LONG = 3.0  # seconds, where a call may take one


@contextmanager
def a_site(settings: Settings, missing: Set[str] = frozenset()) -> Iterator[Server]:
    """`missing`: paths at which there is nothing, for as long as they stand there."""

    def answer(seen: Seen) -> bytes | None:
        return reply(status="404 Not Found") if seen.path in missing else _answer(seen)

    with serving(answer) as site:
        settings.OYEZ = replace(
            settings.OYEZ, follow_links=True, allow_private=(site.address,), call_limit=1
        )
        outside.looker.cache_clear()
        yield site
    outside.looker.cache_clear()


def looks(site: Server, path: str) -> list[str]:
    """By which methods somebody looked there."""
    return [seen.method for seen in site.requests if seen.path == path]


def _answer(seen: Seen) -> bytes | None:
    name = seen.path.strip("/").partition("?")[0]
    if name == "slow":
        time.sleep(TOO_LONG)
    if name == "hangs-up" and seen.method == "HEAD":
        return None
    if name == "no-head" and seen.method == "HEAD":
        return reply(status="405 Method Not Allowed")
    if name == "no-head-and-big" and seen.method == "HEAD":
        return reply(status="501 Not Implemented")
    if name in {"loop", "moved", "inside"}:
        return reply(status="302 Found", location=_where(name, seen))
    status = name if name.isdecimal() else "200"
    body = b"" if seen.method == "HEAD" else b"x" * (1_000_000 if "big" in name else 10)
    return reply(body, status=f"{status} Said")


def _where(name: str, seen: Seen) -> str:
    """To the same site under another name; in circles; or into the building."""
    port = seen.headers["host"].partition(":")[2]
    return {
        "moved": f"http://127.0.0.1:{port}/200",
        "loop": f"http://127.0.0.1:{port}/loop",
        "inside": "http://10.0.0.1/",
    }[name]
