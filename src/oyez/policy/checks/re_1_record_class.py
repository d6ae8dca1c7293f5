"""How long is this kept?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from oyez.kit.text import visible
from oyez.policy.contract import Context, Hit, Level, MessageOut, Said


class RecordClass:
    id: ClassVar[str] = "RE-1"
    title: ClassVar[str] = "Every message has a record class"
    why: ClassVar[str] = "The class says how long the record is kept, and when it is destroyed."
    source: ClassVar[str] = "Code of practice under s.46, Freedom of Information Act 2000"
    level: ClassVar[Level] = Level.BLOCK
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut) and not visible(said.record_class):
            yield Hit("Pick a record class.")
