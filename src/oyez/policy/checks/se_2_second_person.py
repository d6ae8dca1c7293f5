"""Has somebody else said yes?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from oyez.policy.contract import Context, Hit, Level, MessageOut, Said


class SecondPerson:
    id: ClassVar[str] = "SE-2"
    title: ClassVar[str] = "The author never approves, and enough others do"
    why: ClassVar[str] = "Two people see more than one, and a stolen password is only one of them."
    source: ClassVar[str] = "National Cyber Security Centre, social media guidance"
    level: ClassVar[Level] = Level.BLOCK
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut):
            given = [yes for yes in said.approvals if yes.digest == said.digest]
            others = {yes.name for yes in given if not yes.by_author}
            if any(yes.by_author for yes in given):
                yield Hit("A second person must approve: the author cannot.")
            elif given and len(others) < said.quorum:
                yield Hit(f"A second person must approve: {len(others)} of {said.quorum} have.")
