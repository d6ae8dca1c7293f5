"""Two networks that speak to the judge over HTTP; an installed plug-in as far as Oyez knows.

Whoever imports this as a worker is armed: it strikes at the points of its plan (strikes.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from oyez.kit.fetch import Fetch
from oyez.networks._http import Request, exchange
from oyez.networks.contract import (
    Facts,
    Field,
    Keyring,
    Later,
    Limits,
    Link,
    Measure,
    Message,
    NetworkError,
    Progress,
    Receipt,
    Refused,
    Standing,
    Twice,
)
from tests.faults import strikes

ENTRY_POINTS = """[oyez.networks]
judged_keyed = tests.faults.networks:Keyed
judged_findable = tests.faults.networks:Findable
"""


def _complaint(status: int, said: Mapping[str, Any]) -> NetworkError:
    if status == 404:
        return Later("It is not there yet.", timedelta(seconds=1))
    return Refused(f"The judge refused it ({status}).")


class Judged:
    """An account at the judge. PRETEND, so that our own page does not join in."""

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

    def publish(self, message: Message, progress: Progress) -> Receipt:
        number = progress.once("post", lambda: self._post(message, progress.key))
        return Receipt(number, f"{self._home}/{number}")

    def _post(self, message: Message, key: str) -> str:
        headers = {"authorization": self._keyring.read("token"), "idempotency-key": key}
        words = {"text": message.text}
        request = Request("POST", f"{self._home}/posts", headers, words, writes=True)
        return str(exchange(self._fetch, request, _complaint)["id"])


class Keyed(Judged):
    """Shows one post a key, however often it is sent."""

    name: ClassVar[str] = "judged_keyed"
    title: ClassVar[str] = "Keyed"
    twice: ClassVar[Twice] = Twice.KEYED


class Findable(Judged):
    """Ignores Idempotency-Key, and can be asked what it shows."""

    name: ClassVar[str] = "judged_findable"
    title: ClassVar[str] = "Findable"
    twice: ClassVar[Twice] = Twice.FINDABLE

    def newest(self) -> str:
        return max((post["id"] for post in self._posts("0")), key=int, default="")

    def find(self, message: Message, key: str, since: str) -> Sequence[Receipt]:
        found = self._posts(f"{since or 0}&look=yes")
        return [
            Receipt(post["id"], f"{self._home}/{post['id']}")
            for post in found
            if post["text"] == message.text
        ]

    def _posts(self, since: str) -> list[dict[str, str]]:
        request = Request("GET", f"{self._home}/posts?since={since}")
        posts: list[dict[str, str]] = exchange(self._fetch, request, _complaint)["posts"]
        return posts


strikes.arm()
