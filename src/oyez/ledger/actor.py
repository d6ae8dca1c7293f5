"""Who does something? Anything with a kind, an id, a name, and an answer to "may I?"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """A person, or a machine such as a feed's rule, a job or the console."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> int | str: ...
    @property
    def name(self) -> str: ...
    def may(self, event_name: str, on: object) -> bool: ...


@dataclass(frozen=True, slots=True)
class Keeper:
    """The record itself: it may tell of itself, and do nothing else."""

    kind: str = "job"
    id: str = "ledger"
    name: str = "job:ledger"

    def may(self, event_name: str, on: object) -> bool:
        return event_name.startswith("ledger.")


def signed(by: Actor) -> dict[str, str]:
    """Who did it, as a row keeps it beside what was done: kind, id (in text) and name then."""
    return {"kind": by.kind, "id": str(by.id), "name": by.name}


class Refusal(Exception):
    """The house says no, in one sentence that tells a person what to do. Doors show it as it is."""


class NotAllowed(Refusal):
    """This actor's role does not include this."""

    def __init__(self, by: Actor, says: str) -> None:
        super().__init__(
            f"{by.name} may not do this: “{says}”. Ask an administrator for the right role."
        )
