"""What does an account show, and what does it make of a write? Six kinds of network, as they are.

The kind is the beginning of the account's name: `keyed3`, `plain1`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

FINISHED, PUBLISHED, EXPIRED = "FINISHED", "PUBLISHED", "EXPIRED"


class Duplicate(Exception):
    """The same words are there already."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One post that people see."""

    number: int
    account: str
    key: str
    text: str
    at: float  # time.monotonic()


@dataclass
class Container:
    """What was brought and is not to be seen until it is published."""

    text: str
    expires_at: float
    published: Shown | None = None

    def status(self, now: float) -> str:
        if self.published:
            return PUBLISHED
        return EXPIRED if now > self.expires_at else FINISHED


@dataclass
class Shelf:
    """All that one account shows, in order. The judge's log is made of these."""

    account: str
    log: list[Shown]  # of all accounts
    shown: list[Shown] = field(default_factory=list)
    first_of: dict[str, Shown] = field(default_factory=dict)  # by key
    texts: Counter[str] = field(default_factory=Counter)
    containers: list[Container] = field(default_factory=list)

    def show(self, key: str, text: str, at: float) -> Shown:
        post = Shown(len(self.log) + 1, self.account, key, text, at)
        for shelf in (self.log, self.shown):
            shelf.append(post)
        self.first_of.setdefault(key, post)
        self.texts[text] += 1
        return post

    def accept(self, key: str, text: str, at: float) -> Shown:
        """A plain network: whatever it is sent, it shows."""
        return self.show(key, text, at)

    def since(self, number: int) -> list[Shown]:
        """The newer ones; most accounts are asked about their last few posts."""
        newer = []
        for post in reversed(self.shown):
            if post.number <= number:
                break
            newer.append(post)
        return newer[::-1]


class Keyed(Shelf):
    """One post for each Idempotency-Key, however often it is sent."""

    def accept(self, key: str, text: str, at: float) -> Shown:
        return self.first_of.get(key) or self.show(key, text, at)


class Records(Shelf):
    """The caller's own key names the record: the same bytes are a no-op, others replace it."""

    def accept(self, key: str, text: str, at: float) -> Shown:
        there = self.first_of.get(key)
        if there and there.text == text:
            return there
        return self.show(key, text, at)  # seen as another post: the judge's word for it


class Slugs(Shelf):
    """A slug that is used silently becomes another one."""

    def accept(self, key: str, text: str, at: float) -> Shown:
        if key not in self.first_of:
            return self.show(key, text, at)
        used = sum(post.key.partition("/")[0] == key for post in self.shown)
        return self.show(f"{key}/{used + 1}", text, at)


class Strict(Shelf):
    """Ignores keys, and does not show the same words twice."""

    def accept(self, key: str, text: str, at: float) -> Shown:
        if self.texts[text]:
            raise Duplicate(text)
        return self.show(key, text, at)


class Containers(Shelf):
    """Takes in two steps: only publishing shows anything, and a container is published once."""

    def bring(self, text: str, expires_at: float) -> int:
        self.containers.append(Container(text, expires_at))
        return len(self.containers) - 1

    def publish(self, number: int, at: float) -> Shown:
        container = self.containers[number]
        if container.status(at) != FINISHED:
            raise Duplicate(container.text)
        container.published = self.show(f"container {number}", container.text, at)
        return container.published


KINDS: dict[str, type[Shelf]] = {
    "keyed": Keyed,
    "record": Records,
    "container": Containers,
    "slug": Slugs,
    "plain": Shelf,
    "strict": Strict,
}
"""By the beginning of an account's name."""

WITH_A_HANDLE = ("keyed", "record", "container", "slug")
"""Those on which nothing may ever be seen twice."""


def shelf_for(account: str, log: list[Shown]) -> Shelf:
    return KINDS[account.rstrip("0123456789")](account, log)
