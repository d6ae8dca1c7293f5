"""What has this delivery already done? The durable notebook behind `progress.once`."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models.functions import Now

from oyez.deliveries import rules
from oyez.deliveries.durable import insist
from oyez.deliveries.models import Delivery
from oyez.kit import clock, waypoint
from oyez.networks.contract import NetworkError, Unsure

_BEFORE = (rules.SENDING,)  # nobody may have doubted us when a step begins
_AFTER = tuple(rules.PROVABLE)  # an answer in hand is worth keeping even then


class Superseded(Exception):
    """Somebody else has taken this delivery over; this try must not go on."""


class Notebook:
    """The Progress of one try of one delivery. Every line is committed before the next thing
    happens.
    """

    def __init__(self, delivery: Delivery) -> None:
        self.key = delivery.key
        self._pk, self._attempt = delivery.pk, delivery.attempt
        self._notes: dict[str, dict[str, str]] = dict(delivery.notebook)

    def once(self, step: str, do: Callable[[], str], *, harmless: bool = False) -> str:
        note = self._notes.get(step, {})
        if "answer" in note:
            return note["answer"]
        if note and not harmless:
            raise Unsure("An earlier try began this and left no answer.")
        self._write(step, {"begun": clock.now().isoformat()}, _BEFORE)
        try:
            answer = do()
        except Unsure:
            raise
        except NetworkError:
            self._forget(step)  # the network says that nothing was done
            raise
        waypoint.reach(waypoint.RECEIPT)
        self._write(step, {"answer": answer}, _AFTER)
        return answer

    def _write(self, step: str, note: dict[str, str], states: tuple[str, ...]) -> None:
        self._notes[step] = note
        insist(lambda: self._save(states))

    def _forget(self, step: str) -> None:
        self._notes.pop(step, None)
        insist(lambda: self._save(_AFTER))

    def _save(self, states: tuple[str, ...]) -> None:
        mine = Delivery.objects.filter(pk=self._pk, attempt=self._attempt, state__in=states)
        if not mine.update(notebook=self._notes, touched_at=Now()):
            raise Superseded(f"Delivery {self._pk} is no longer ours.")


class Memory:
    """The Progress that does nothing: it gives the answers of former tries, or Unsure."""

    def __init__(self, delivery: Delivery) -> None:
        self.key = delivery.key
        self._notes: dict[str, dict[str, str]] = delivery.notebook

    def once(self, step: str, do: Callable[[], str], *, harmless: bool = False) -> str:
        if (answer := self._notes.get(step, {}).get("answer")) is None:
            raise Unsure("This step left no answer.")
        return answer
