"""How many may be at one host's door at a time? The others wait in line outside."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from typing import Generic, TypeVar

One = TypeVar("One")


class Manners(Generic[One]):
    """Lets at most `most` in per host."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._inside: Counter[str] = Counter()
        self._waiting: defaultdict[str, deque[One]] = defaultdict(deque)

    def enter(self, host: str, one: One) -> bool:
        """Whether it may go in now. If not, somebody's leaving will name it."""
        if self._inside[host] >= self._most:
            self._waiting[host].append(one)
            return False
        self._inside[host] += 1
        return True

    def leave(self, host: str) -> One | None:
        """One goes out; the answer is who goes in instead."""
        if self._waiting[host]:
            return self._waiting[host].popleft()
        del self._waiting[host]
        self._inside[host] -= 1
        if not self._inside[host]:
            del self._inside[host]
        return None
