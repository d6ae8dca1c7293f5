"""Row 16: each caller x each way x each hostile place, and what was connected to."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

import django

django.setup()

from tests.outside.callers import CALLERS, Caller  # noqa: E402
from tests.outside.places import WAYS, Place, Way, places  # noqa: E402
from tests.outside.wire import PUBLIC, Wire, a_wire  # noqa: E402


@dataclass
class Tried:
    """How often we were led somewhere, and where we would have gone that we must not."""

    tries: int = 0
    denied_connects: list[str] = field(default_factory=list)


def walk(
    wire: Wire, callers: Sequence[Caller], ways: Mapping[str, Way], places: Iterable[Place]
) -> Tried:
    """Lead every caller to every place in every way."""
    tried = Tried()
    for place in places:
        for caller in callers:
            for name, way in ways.items():
                _lead(wire, caller, name, way, place, tried)
    return tried


def _lead(wire: Wire, caller: Caller, name: str, way: Way, place: Place, tried: Tried) -> None:
    url = way(wire, place)
    for _ in range(1 + len(wire.names) if url else 0):  # a name may change its mind in between
        wire.reached.clear()
        caller.visits(url or "")
        tried.tries += 1
        tried.denied_connects += [
            f"{caller.what}, {name}, {place.url}: {ip}" for ip in wire.reached if ip != PUBLIC
        ]
    wire.names.clear()
    wire.sends_to.clear()


def main() -> None:
    """All of it, as a line of JSON for programs."""
    with a_wire() as wire:
        every = places()
        tried = walk(wire, CALLERS, WAYS, every)
    told = {"addresses": len(every), "callers": len(CALLERS), "ways": len(WAYS)}
    sys.stdout.write(json.dumps({**told, **asdict(tried)}) + "\n")


if __name__ == "__main__":
    main()
