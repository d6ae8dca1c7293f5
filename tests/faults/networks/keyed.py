"""Networks on which repeating the same bytes is harmless."""

from __future__ import annotations

from typing import ClassVar

from oyez.networks.contract import Message, Progress, Receipt, Twice
from tests.faults.networks.account import Judged


class Keyed(Judged):
    """Heeds Idempotency-Key."""

    name: ClassVar[str] = "judged_keyed"
    title: ClassVar[str] = "Keyed"
    twice: ClassVar[Twice] = Twice.KEYED

    def publish(self, message: Message, progress: Progress) -> Receipt:
        return self.receipt(
            progress.once("post", lambda: self._send(message.text, progress.key), harmless=True)
        )

    def _send(self, text: str, key: str) -> str:
        return str(self.write("posts", text, key)["id"])


class Record(Keyed):
    """Lets us name the record: what we put there again is what stands there."""

    name: ClassVar[str] = "judged_record"
    title: ClassVar[str] = "Record"
