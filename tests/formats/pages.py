"""Small documents for the tests of formats, made with keywords."""

from __future__ import annotations

from oyez.formats.contract import Document
from oyez.formats.reading import read

ADDRESS = "https://served.example/feeds/1"


def an_rss(inside: str = "", *, declaration: str = "", title: str = "News") -> str:
    """An RSS 2.0 document as text."""
    channel = f"<channel><title>{title}</title>{inside}</channel>"
    return f'{declaration}<rss version="2.0">{channel}</rss>'


def an_item(**parts: str) -> str:
    """An item of RSS; `description="..."` and so on."""
    return (
        "<item>" + "".join(f"<{name}>{text}</{name}>" for name, text in parts.items()) + "</item>"
    )


def what_is_read(document: str | bytes, content_type: str = "") -> Document:
    """The document through the one door, as if served from ADDRESS."""
    body = document.encode() if isinstance(document, str) else document
    return read(body, content_type=content_type, url=ADDRESS)


def title_read(title: str, **more: str) -> str:
    """What becomes of one item's title."""
    return what_is_read(an_rss(an_item(title=title, **more))).entries[0].title
