"""Does a link lead to a document that phones and readers struggle with?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar
from urllib.parse import urlsplit

from oyez.kit.text import links
from oyez.policy.contract import Context, Hit, Level, MessageOut, Said


class PdfLink:
    id: ClassVar[str] = "AC-12"
    title: ClassVar[str] = "Link to a page, not to a PDF"
    why: ClassVar[str] = "A PDF is hard to read on a phone, to enlarge and to listen to."
    source: ClassVar[str] = "accessibility practice"
    level: ClassVar[Level] = Level.WARN
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut):
            for link in links(said.text):
                if urlsplit_path(link.text).endswith(".pdf"):
                    yield Hit("Link a page, not a PDF.", (link.text,))


def urlsplit_path(link: str) -> str:
    try:
        return urlsplit(link).path.casefold()
    except ValueError:
        return ""
