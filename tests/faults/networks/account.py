"""An account at the judge: what all six networks have in common."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar

from oyez.kit.fetch import Fetch
from oyez.networks._http import Request, exchange
from oyez.networks.contract import (
    Already,
    Facts,
    Field,
    Keyring,
    Later,
    Limits,
    Link,
    Measure,
    NetworkError,
    Receipt,
    Refused,
    Standing,
)


def complaint(status: int, said: Mapping[str, Any]) -> NetworkError:
    if said.get("error") == "duplicate":
        return Already("The judge shows these words already.")
    if status == 404:
        return Later("It is not there yet.", timedelta(seconds=1))
    return Refused(f"The judge refused it ({status}).")


class Judged:
    """PRETEND, so that our own page does not join in."""

    standing: ClassVar[Standing] = Standing.PRETEND
    fields: ClassVar[tuple[Field, ...]] = (
        Field("server", "Server"),
        Field("account", "Account"),
        Field("token", "Token", secret=True),
    )

    def __init__(self, fetch: Fetch, facts: Facts, keyring: Keyring) -> None:
        self._fetch, self._keyring = fetch, keyring
        self._home = f"{facts['server']}/{facts['account']}"

    @classmethod
    def link(cls, fetch: Fetch, answers: Mapping[str, str]) -> Link:
        account = answers["account"]
        facts = {"server": answers["server"], "account": account}
        return Link(account, account, answers["server"], facts, {"token": answers["token"]})

    @property
    def limits(self) -> Limits:
        return Limits((Measure(500, len, "characters"),))

    def check(self) -> Facts:
        return {}

    def receipt(self, number: str) -> Receipt:
        return Receipt(number, f"{self._home}/{number}")

    def read(self, path: str) -> Any:
        return self._ask("GET", path)

    def write(self, path: str, text: str = "", key: str = "", *, shows: bool = True) -> Any:
        """`shows`: may somebody see something because of it?"""
        return self._ask("POST", path, {"text": text}, key, writes=shows)

    def _ask(
        self, method: str, path: str, said: object = None, key: str = "", *, writes: bool = False
    ) -> Any:
        headers = {"authorization": self._keyring.read("token"), "x-worker": str(os.getpid())}
        if key:
            headers["idempotency-key"] = key
        request = Request(method, f"{self._home}/{path}", headers, said, writes=writes)
        return exchange(self._fetch, request, complaint)
