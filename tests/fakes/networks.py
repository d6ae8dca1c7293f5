"""Fake networks with a log of their own, which is the judge: never our status column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, ClassVar

from oyez.kit.fetch import Fetch
from oyez.networks import registry
from oyez.networks.contract import (
    Changes,
    Facts,
    Field,
    Gone,
    Keyring,
    Limits,
    Link,
    Measure,
    Media,
    Message,
    NetworkClass,
    Progress,
    Receipt,
    Refused,
    Seen,
    Standing,
    Twice,
)
from oyez.networks.fit import fit


@dataclass
class Log:
    """What a fake network has: every post it shows, in order, and what it was asked.

    The remote id of a post is its place in `shown`, from 1. `shown` keeps what was published;
    `texts`, `media` and `answers` say what stands there now.
    """

    shown: list[tuple[str, str]] = field(default_factory=list)  # (key, text)
    messages: dict[str, Message] = field(default_factory=dict)  # remote id -> what it says now
    uploads: list[str] = field(default_factory=list)  # digests, each time one was sent
    edited: list[str] = field(default_factory=list)  # remote ids, each time
    deleted: list[str] = field(default_factory=list)  # remote ids, each time
    trouble: list[Callable[[], None]] = field(default_factory=list)  # before it accepts
    aftermath: list[Callable[[], None]] = field(default_factory=list)  # after it accepted
    blind: list[Callable[[], None]] = field(default_factory=list)  # while it is asked
    asked: int = 0
    revoked: list[str] = field(default_factory=list)  # secrets
    written: list[Seen] = field(default_factory=list)  # changes, whoever made them
    unchanging: list[Callable[[], None]] = field(default_factory=list)  # while asked for changes
    pinned: set[str] = field(default_factory=set)  # shown at every look, and no mark for the next

    def somebody_posts(self, text: str) -> str:
        """Not by us: the id of the post."""
        self.shown.append(("", text))
        return str(len(self.shown))

    @property
    def standing(self) -> dict[str, str]:
        """Remote id -> text of every post that is not deleted, in order."""
        texts = {str(number): text for number, (_, text) in enumerate(self.shown, 1)}
        texts |= {number: said.text for number, said in self.messages.items() if number in texts}
        return {number: text for number, text in texts.items() if number not in self.deleted}

    @property
    def texts(self) -> list[str]:
        return list(self.standing.values())

    @property
    def media(self) -> dict[str, tuple[Media, ...]]:
        """Remote id -> the pictures and films it shows, where it shows any."""
        said = {number: self.messages.get(number) for number in self.standing}
        return {number: one.media for number, one in said.items() if one and one.media}

    @property
    def answers(self) -> dict[str, str]:
        """Remote id -> the remote id it replies to, where it does."""
        said = {number: self.messages.get(number) for number in self.standing}
        return {number: one.answers for number, one in said.items() if one and one.answers}


LOG = Log()
LIMITS = Limits(
    (Measure(500, len, "characters"),),
    media=4,
    media_bytes=1_000_000,
    film_bytes=10_000_000,
    film_seconds=60,
    alt_text=1_500,
    kinds=frozenset({"image/png", "image/jpeg", "video/mp4"}),
    captions=True,
    threads=True,
)


class Findable:
    """Ignores keys, can be asked: like most servers with the Mastodon API."""

    name: ClassVar[str] = "fake_findable"
    title: ClassVar[str] = "Findable"
    twice: ClassVar[Twice] = Twice.FINDABLE
    standing: ClassVar[Standing] = Standing.LINKED
    fields: ClassVar[tuple[Field, ...]] = (Field("secret", "Secret", secret=True),)

    def __init__(self, fetch: Fetch, facts: Facts, keyring: Keyring) -> None:
        self.facts, self.keyring = facts, keyring

    @classmethod
    def link(cls, fetch: Fetch, answers: Mapping[str, str]) -> Link:
        handle = answers.get("handle", cls.title)
        return Link(handle, handle, "https://fake.example/", {}, {"secret": answers["secret"]})

    @property
    def limits(self) -> Limits:
        return LIMITS

    def check(self) -> Facts:
        return {}

    def publish(self, message: Message, progress: Progress) -> Receipt:
        self._upload(message, progress)
        number = progress.once("post", lambda: self._accept(message, progress.key))
        return Receipt(number, f"https://fake.example/{number}")

    def _upload(self, message: Message, progress: Progress) -> None:
        if problems := fit(message, self.limits, self.title):
            raise Refused(f"{problems[0]}.")
        if message.answers and message.answers not in LOG.standing:
            raise Gone("The post it replies to is no more.")
        for place, one in enumerate(message.media):
            progress.once(f"media {place}", lambda one=one: self._take(one), harmless=True)

    def _take(self, one: Media) -> str:
        LOG.uploads.append(one.digest)
        assert len(one.load()) == one.size, "a file is what it was said to be"
        return f"file-{len(LOG.uploads)}"

    def _accept(self, message: Message, key: str) -> str:
        _next(LOG.trouble)
        number = self._show(message, key)
        _next(LOG.aftermath)
        return number

    def _show(self, message: Message, key: str) -> str:
        LOG.shown.append((key, message.text))
        LOG.messages[str(len(LOG.shown))] = message
        return str(len(LOG.shown))

    def newest(self) -> str:
        return str(len(LOG.shown)) if LOG.shown else ""

    def find(self, message: Message, key: str, since: str) -> Sequence[Receipt]:
        LOG.asked += 1
        _next(LOG.blind)
        return [
            Receipt(number, f"https://fake.example/{number}")
            for number, text in LOG.standing.items()
            if int(number) > int(since or 0) and _says(number, text, message)
        ]

    def answerable(self, remote_id: str) -> str:
        if remote_id not in LOG.standing:
            raise Gone("The post it replies to is no more.")
        return remote_id

    def edit(self, remote_id: str, message: Message, progress: Progress) -> Receipt:
        self._upload(message, progress)
        progress.once("edit", lambda: self._change(remote_id, message), harmless=True)
        return Receipt(remote_id, f"https://fake.example/{remote_id}")

    def _change(self, remote_id: str, message: Message) -> str:
        _next(LOG.trouble)
        if remote_id not in LOG.standing:
            raise Gone("The post is no more.")
        LOG.edited.append(remote_id)
        answers = LOG.messages[remote_id].answers if remote_id in LOG.messages else ""
        LOG.messages[remote_id] = replace(message, answers=answers)
        _next(LOG.aftermath)
        return remote_id

    def delete(self, remote_id: str, progress: Progress) -> None:
        progress.once("delete", lambda: self._drop(remote_id), harmless=True)

    def _drop(self, remote_id: str) -> str:
        _next(LOG.trouble)
        LOG.deleted.append(remote_id)
        _next(LOG.aftermath)
        return remote_id


class Watched(Findable):
    """Shows what stands there, whoever put it there, and can end our access."""

    name = "fake_watched"
    title = "Watched"

    def shown(self, since: str) -> Sequence[Seen]:
        _next(LOG.blind)
        newer = [number for number in LOG.standing if int(number) > int(since or 0)]
        found = sorted({*newer, *LOG.pinned}, key=lambda one: (one not in LOG.pinned, int(one)))
        return [
            Seen(
                number, LOG.standing[number], f"https://fake.example/{number}",
                marks=number not in LOG.pinned,
            )
            for number in reversed(found)
        ]  # fmt: skip

    def publish(self, message: Message, progress: Progress) -> Receipt:
        return replace(super().publish(message, progress), version="1")

    def edit(self, remote_id: str, message: Message, progress: Progress) -> Receipt:
        receipt = super().edit(remote_id, message, progress)
        version = str(1 + LOG.edited.count(remote_id))
        LOG.written.append(Seen(remote_id, message.text, receipt.url, version=version))
        return replace(receipt, version=version)

    def changed(self, mark: str) -> Changes:
        _next(LOG.unchanging)
        seen = LOG.written[int(mark) :] if mark else []
        return Changes(str(len(LOG.written)), seen)

    @classmethod
    def by_hand(cls) -> str:
        return "In the settings, under Password."

    def revoke(self) -> Sequence[str]:
        _next(LOG.blind)
        LOG.revoked.append(self.keyring.read("secret"))
        return ["The token is ended."]


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
    """Cannot be asked at all: a person must look. It takes words alone, and takes them for good."""

    name: ClassVar[str] = "fake_mute"
    title: ClassVar[str] = "Mute"
    twice: ClassVar[Twice] = Twice.NEVER
    standing: ClassVar[Standing] = Standing.LINKED
    fields: ClassVar[tuple[Field, ...]] = (Field("secret", "Secret", secret=True),)
    __init__ = Findable.__init__
    link = Findable.link
    limits = Limits((Measure(500, len, "characters"),))
    check = Findable.check
    publish = Findable.publish
    _upload = Findable._upload
    _take = Findable._take
    _accept = Findable._accept
    _show = Findable._show


def _says(number: str, text: str, message: Message) -> bool:
    """Text and media: the same words with another picture are another post."""
    shown = LOG.messages.get(number)
    return text == message.text and (shown is None or shown.media == message.media)


def a_picture(alt: str = "A bridge", content: bytes = b"picture", **more: Any) -> Media:
    """A picture the fakes take; its digest follows from its content."""
    given = {"kind": "image/png", "width": 4, "height": 3, "name": "bridge.png", **more}
    return Media(
        sha256(content).hexdigest(), given.pop("kind"), alt, len(content), lambda: content, **given
    )


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
