"""Is this channel in use at all?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from oyez.policy.contract import Context, Hit, Level, MessageOut, Said


class Dormant:
    id: ClassVar[str] = "SE-7"
    title: ClassVar[str] = "Sleeping and emergency channels stay silent"
    why: ClassVar[str] = (
        "A channel kept for emergencies is only believed when it is silent otherwise."
    )
    source: ClassVar[str] = "practice of county councils"
    level: ClassVar[Level] = Level.BLOCK
    role: ClassVar[str] = "duty_manager"

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut):
            if said.place.state in {"dormant", "retired"}:
                yield Hit(
                    f"{said.place.name} is {said.place.state}. Wake it first, or send elsewhere."
                )
            elif said.place.state == "emergency_only" and not context.incident:
                yield Hit(f"{said.place.name} is kept for emergencies.")
