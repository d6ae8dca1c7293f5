"""Fake networks with a log of their own, which is the judge: never our status column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import ClassVar

from oyez.kit.fetch import Fetch
from oyez.networks import registry
from oyez.networks.contract import (
    Facts,
    Field,
    Keyring,
    Limits,
    Link,
    Measure,
    Message,
    NetworkClass,
    Progress,
    Receipt,
    Standing,
    Twice,
)


@dataclass
class Log:
    """What a fake network has: every post it shows, in order, and what it was asked."""

    shown: list[tuple[str, str]] = field(default_factory=list)  # (key, text)
    trouble: list[Callable[[], None]] = field(default_factory=list)  # before it accepts
    aftermath: list[Callable[[], None]] = field(default_factory=list)  # after it accepted
    blind: list[Callable[[], None]] = field(default_factory=list)  # while it is asked
    asked: int = 0

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.shown]


LOG = Log()


class Findable:
    """Ignores keys, can be asked: like most servers with the Mastodon API."""

    name: ClassVar[str] = "fake_findable"
    title: ClassVar[str] = "Findable"
    twice: ClassVar[Twice] = Twice.FINDABLE
    standing: ClassVar[Standing] = Standing.LINKED
    fields: ClassVar[tuple[Field, ...]] = (Field("secret", "Secret", secret=True),)

    def __init__(self, fetch: Fetch, facts: Facts, keyring: Keyring) -> None:
        self.facts = facts

    @classmethod
    def link(cls, fetch: Fetch, answers: Mapping[str, str]) -> Link:
        handle = answers.get("handle", cls.title)
        return Link(handle, handle, "https://fake.example/", {}, {"secret": answers["secret"]})

    @property
    def limits(self) -> Limits:
        return Limits((Measure(500, len, "characters"),))

    def check(self) -> Facts:
        return {}

    def publish(self, message: Message, progress: Progress) -> Receipt:
        number = progress.once("post", lambda: self._accept(message, progress.key))
        return Receipt(number, f"https://fake.example/{number}")

    def _accept(self, message: Message, key: str) -> str:
        _next(LOG.trouble)
        number = self._show(message, key)
        _next(LOG.aftermath)
        return number

    def _show(self, message: Message, key: str) -> str:
        LOG.shown.append((key, message.text))
        return str(len(LOG.shown))

    def newest(self) -> str:
        return str(len(LOG.shown)) if LOG.shown else ""

    def find(self, message: Message, key: str, since: str) -> Sequence[Receipt]:
        LOG.asked += 1
        _next(LOG.blind)
        start = int(since or 0)
        numbered = list(enumerate(LOG.texts, 1))[start:]
        return [
            Receipt(str(n), f"https://fake.example/{n}") for n, t in numbered if t == message.text
        ]


class Keyed(Findable):
    """Shows one post a key, however often it is sent: like a record key that we choose."""

    name = "fake_keyed"
    title = "Keyed"
    twice = Twice.KEYED

    def _show(self, message: Message, key: str) -> str:
        keys = [known for known, _ in LOG.shown]
        if key not in keys:
            return super()._show(message, key)
        return str(keys.index(key) + 1)


class Mute:
    """Cannot be asked at all: a person must look."""

    name: ClassVar[str] = "fake_mute"
    title: ClassVar[str] = "Mute"
    twice: ClassVar[Twice] = Twice.NEVER
    standing: ClassVar[Standing] = Standing.LINKED
    fields: ClassVar[tuple[Field, ...]] = (Field("secret", "Secret", secret=True),)
    __init__ = Findable.__init__
    link = Findable.link
    limits = Findable.limits
    check = Findable.check
    publish = Findable.publish
    _accept = Findable._accept
    _show = Findable._show


def _next(faults: list[Callable[[], None]]) -> None:
    if faults:
        faults.pop(0)()


def raises(error: Exception) -> Callable[[], None]:
    """A fault: this error, once."""

    def strike() -> None:
        raise error

    return strike


@contextmanager
def fakes(*classes: NetworkClass) -> Iterator[Log]:
    """Register fake networks beside the built-in ones, with a fresh log."""
    before = registry.BUILT_IN
    registry.BUILT_IN = (*before, *classes)
    registry.all_networks.cache_clear()
    LOG.__init__()  # type: ignore[misc]
    try:
        yield LOG
    finally:
        registry.BUILT_IN = before
        registry.all_networks.cache_clear()
