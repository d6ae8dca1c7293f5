"""Does the message fit the network, counted the network’s way?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from oyez.kit.text import parts, visible
from oyez.networks.contract import Message
from oyez.networks.fit import fit
from oyez.policy.contract import Context, Hit, Level, MessageOut, Said


class Fits:
    id: ClassVar[str] = "CO-4"
    title: ClassVar[str] = "It fits the network"
    why: ClassVar[str] = "What is too long is refused by the network, or cut in the middle."
    source: ClassVar[str] = "the networks’ own documentation"
    level: ClassVar[Level] = Level.BLOCK
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut) and visible(said.text):
            for part in parts(said.text):
                message = Message(
                    text=part, made_at=context.now, language=said.language, title=said.title
                )
                for problem in fit(message, said.place.limits, said.place.network):
                    yield Hit(f"{problem}.")
