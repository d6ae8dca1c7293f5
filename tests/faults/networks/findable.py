"""Networks that would show it twice, and can be asked whether they have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from oyez.networks.contract import Message, Progress, Receipt, Twice
from tests.faults.networks.account import Judged


class Plain(Judged):
    """Ignores keys. Our own posts since the watermark can be read."""

    name: ClassVar[str] = "judged_plain"
    title: ClassVar[str] = "Plain"
    twice: ClassVar[Twice] = Twice.FINDABLE

    def publish(self, message: Message, progress: Progress) -> Receipt:
        number = progress.once("post", lambda: self._send(message.text, progress.key))
        return self.receipt(number)

    def _send(self, text: str, key: str) -> str:
        return str(self.write("posts", text, key)["id"])

    def newest(self) -> str:
        return next((post["id"] for post in self._posts("newest=1")), "")

    def find(self, message: Message, key: str, since: str) -> Sequence[Receipt]:
        found = self._posts(f"since={since or 0}&look=yes")
        return [self.receipt(post["id"]) for post in found if post["text"] == message.text]

    def _posts(self, query: str) -> list[dict[str, str]]:
        posts: list[dict[str, str]] = self.read(f"posts?{query}")["posts"]
        return posts


class Strict(Plain):
    """Refuses the same words a second time, which after an unknown outcome tells that they are
    there (contract: Already).
    """

    name: ClassVar[str] = "judged_strict"
    title: ClassVar[str] = "Strict"


class Slug(Plain):
    """Lets us name the post; a name that is used silently becomes another one. So it is asked for
    the name before it is sent and when the outcome is unknown.
    """

    name: ClassVar[str] = "judged_slug"
    title: ClassVar[str] = "Slug"

    def _send(self, text: str, key: str) -> str:
        there = self._posts(f"slug={key}")
        return there[0]["id"] if there else super()._send(text, key)

    def newest(self) -> str:
        return ""  # the name is enough

    def find(self, message: Message, key: str, since: str) -> Sequence[Receipt]:
        """A restored house may have another name for it: then by what it says."""
        named = [self.receipt(post["id"]) for post in self._posts(f"slug={key}&look=yes")]
        return named or super().find(message, key, since)
