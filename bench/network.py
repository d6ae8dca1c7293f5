"""A network that remembers when each post reached it: Mastodon's API as far as we use it, a feed.

A process of its own (`python -m bench.network`), so that its clock is not held up by anybody.
An account is its token. PUT /feed gives it what GET /feed then says; GET /log tells all it saw.
"""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import urlsplit

from bench.http import Answer, Asked, serve


class Network:
    """Accounts with their posts, and one feed."""

    def __init__(self) -> None:
        self.log: list[dict[str, Any]] = []
        self.newest: dict[str, str] = {}
        self.feed = b""

    def answer(self, asked: Asked) -> Answer:
        path = urlsplit(asked.path).path
        if path == "/feed":
            return self._feed(asked)
        if path == "/log":
            return _json(self.log)
        account = asked.headers.get("authorization", "").removeprefix("Bearer ")
        if asked.method == "POST" and path == "/api/v1/statuses":
            return self._post(account, asked)
        if path.startswith("/api/v1/accounts/"):
            return self._account(account, path)
        if asked.method == "GET" and path == "/api/v2/instance":
            return _json({"domain": "bench.example"})
        return _json({"error": "Record not found"}, 404)

    def _feed(self, asked: Asked) -> Answer:
        if asked.method != "PUT":
            return Answer(200, self.feed, (("content-type", "application/rss+xml"),))
        self.feed = asked.body
        return Answer(204)

    def _account(self, account: str, path: str) -> Answer:
        if path.endswith("/verify_credentials"):
            return _json({"id": account, "username": account})
        newest = self.newest.get(account)
        return _json([{"id": newest, "content": ""}] if newest else [])

    def _post(self, account: str, asked: Asked) -> Answer:
        number = str(len(self.log) + 1)
        text = json.loads(asked.body)["status"]
        ago = time.monotonic() - asked.at
        self.log.append(
            {"account": account, "text": text, "at": asked.at, "clock": time.time() - ago}
        )
        self.newest[account] = number
        return _json({"id": number, "account": {"username": account}})


def _json(said: object, status: int = 200) -> Answer:
    return Answer(status, json.dumps(said).encode(), (("content-type", "application/json"),))


if __name__ == "__main__":
    serve(Network().answer)
