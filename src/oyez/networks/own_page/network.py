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
MOST_MEDIA = 100
BIGGEST_FILM = 2_000_000_000
PICTURES = {"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"}
FILMS = {"video/mp4", "video/webm", "video/quicktime"}


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
        return Limits(
            (Measure(LONGEST, graphemes, "characters"),),
            media=MOST_MEDIA,
            media_bytes=BIGGEST_FILM,
            film_bytes=BIGGEST_FILM,
            alt_text=LONGEST,
            kinds=frozenset(PICTURES | FILMS),
            film_alone=False,
            captions=True,
            threads=True,
        )

    def check(self) -> Facts:
        """Always ours."""
        return self._facts

    def publish(self, message: Message, progress: Progress) -> Receipt:
        """The delivery itself is the record; the same key always gives the same address."""
        return self.edit(progress.key, message, progress)

    def answerable(self, remote_id: str) -> str:
        """The part before it is a delivery of ours: its key is enough."""
        return remote_id

    def edit(self, remote_id: str, message: Message, progress: Progress) -> Receipt:
        """The same address: the delivery of the edit is the record of what it says now."""
        if problems := fit(message, self.limits, self.title):
            raise Refused(f"{problems[0]}.")
        return Receipt(remote_id, f"{self._facts.get('url', '')}/news/{remote_id}")

    def delete(self, remote_id: str, progress: Progress) -> None:
        """Nothing to call: the page leaves out what a delivery has deleted."""
