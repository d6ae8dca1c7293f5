"""How does a message get onto our own page? It is there as soon as its delivery has arrived."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from oyez.kit.fetch import Fetch
from oyez.kit.text import graphemes
from oyez.networks.contract import (
    Facts,
    Field,
    Keyring,
    Limits,
    Link,
    Measure,
    Message,
    Progress,
    Receipt,
    Refused,
    Standing,
    Twice,
)
from oyez.networks.fit import fit

LONGEST = 50_000


class OwnPage:
    """The page and feeds of this house. `facts`: url, the public address or empty."""

    name: ClassVar[str] = "own_page"
    title: ClassVar[str] = "Our page"
    twice: ClassVar[Twice] = Twice.KEYED
    standing: ClassVar[Standing] = Standing.OURS
    fields: ClassVar[tuple[Field, ...]] = ()

    def __init__(self, fetch: Fetch, facts: Facts, keyring: Keyring) -> None:
        self._facts = facts

    @classmethod
    def link(cls, fetch: Fetch, answers: Mapping[str, str]) -> Link:
        """Nothing to ask: it is ours. `answers` may hold the public address as url."""
        url = answers.get("url", "").rstrip("/")
        return Link(cls.name, cls.title, f"{url}/news", {"url": url}, {})

    @property
    def limits(self) -> Limits:
        return Limits((Measure(LONGEST, graphemes, "characters"),))

    def check(self) -> Facts:
        """Always ours."""
        return self._facts

    def publish(self, message: Message, progress: Progress) -> Receipt:
        """The delivery itself is the record; the same key always gives the same address."""
        if problems := fit(message, self.limits, self.title):
            raise Refused(f"{problems[0]}.")
        return Receipt(progress.key, f"{self._facts.get('url', '')}/news/{progress.key}")
