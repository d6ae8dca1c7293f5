"""A network that takes in two steps: bring it, which shows nothing; then let it be seen."""

from __future__ import annotations

from itertools import count
from typing import ClassVar

from oyez.networks.contract import Already, Message, Progress, Receipt, Twice, Unsure
from tests.faults.networks.account import Judged


class Container(Judged):
    """A container is published once, and says whether it was, though not as which post.

    So the container is the key: repeating is harmless as long as its number is in the notebook
    before it is published. Which post it became is looked for among those since then.
    """

    name: ClassVar[str] = "judged_container"
    title: ClassVar[str] = "Container"
    twice: ClassVar[Twice] = Twice.KEYED

    def publish(self, message: Message, progress: Progress) -> Receipt:
        since = progress.once("newest", self._newest, harmless=True)
        container = self._brought(message, progress)
        number = progress.once("publish", lambda: self._show(container, since, message.text))
        return self.receipt(number)

    def _brought(self, message: Message, progress: Progress) -> str:
        """A container that has not expired: an expired one surely shows nothing."""
        for number in count(1):
            brought = progress.once(
                f"container {number}", lambda: self._bring(message.text), harmless=True
            )
            if self._status(brought) != "EXPIRED":
                return brought
        raise AssertionError("unreachable")

    def _bring(self, text: str) -> str:
        return str(self.write("containers", text, shows=False)["id"])

    def _show(self, container: str, since: str, text: str) -> str:
        if self._status(container) == "PUBLISHED":
            return self._became(since, text)
        try:
            return str(self.write(f"containers/{container}/publish", key=container)["id"])
        except Already:  # an earlier call of ours came through this moment
            return self._became(since, text)

    def _became(self, since: str, text: str) -> str:
        found = [post["id"] for post in self._since(since) if post["text"] == text]
        if len(found) != 1:
            raise Unsure("It is published there, and which post it is cannot be told.")
        return str(found[0])

    def _status(self, container: str) -> str:
        return str(self.read(f"containers/{container}")["status"])

    def _newest(self) -> str:
        return next((post["id"] for post in self.read("posts?newest=1")["posts"]), "0")

    def _since(self, number: str) -> list[dict[str, str]]:
        posts: list[dict[str, str]] = self.read(f"posts?since={number}&look=yes")["posts"]
        return posts
