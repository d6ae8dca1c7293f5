"""Which format is this, and may it be read? Called inside the limited child only."""

from __future__ import annotations

import re

from oyez.formats import cap, jsonfeed, xmlfeed
from oyez.formats.contract import Document, NotAFeed
from oyez.formats.decoding import decode
from oyez.formats.gate import marks

_WEB_PAGE = "This address gives a web page, not a feed. Look for a link called RSS or Atom there."
_PAGE = re.compile(r"<(?:html|head|body)(?=[\s/>])", re.IGNORECASE)
_PIECE_OF_PAGE = re.compile(
    r"<(?:title|meta|div|p|b|br|script|h[1-6]|table|a)(?=[\s/>])", re.IGNORECASE
)
_HTML_DOCTYPE = re.compile(r"<!doctype\s+html\b", re.IGNORECASE)
_LETTER = re.compile(r"[A-Za-z]+/[\w.+-]+")


def parse(body: bytes, content_type: str, url: str) -> Document:
    """The feed in `body`, as served from `url`. Raises NotAFeed or TooHeavy in one sentence."""
    text = decode(body, content_type)
    if not text:
        raise NotAFeed("This address gives an empty document, so there is no feed to read.")
    if text[0] == "{" or (text[0] == "[" and not xmlfeed.ROOT.search(text)):
        return jsonfeed.read(text, url)
    if cap.is_alert(_first_tag(text)):
        return cap.read(text, url)
    if _is_web_page(text):
        raise NotAFeed(_WEB_PAGE)
    if xmlfeed.ROOT.search(text) or text.startswith("<"):
        return xmlfeed.read(text, url)
    kind = _LETTER.match(content_type)
    raise NotAFeed(
        f"This address gives something else ({kind[0] if kind else 'text'}), not a feed."
    )


def _first_tag(text: str) -> str:
    """From the document’s own first tag on, past declarations and comments."""
    start = next((mark.start for mark in marks(text) if mark.kind == "open"), len(text))
    return text[start : start + 10_000]


def _is_web_page(text: str) -> bool:
    """Does the document itself begin as HTML? A stray warning before a feed does not count."""
    for mark in marks(text):
        start = text[mark.start : mark.start + 40]
        if mark.kind == "declaration" and _HTML_DOCTYPE.match(start):
            return True
        if mark.kind == "open":
            piece = bool(_PIECE_OF_PAGE.match(start)) and not xmlfeed.ROOT.search(text)
            return piece or bool(_PAGE.match(start))
    return False
