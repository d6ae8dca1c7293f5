"""What does this field say in plain words? HTML to one line of text, addresses, dates."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urljoin, urlsplit

import nh3

LONGEST_TITLE = 1_000
LONGEST_SUMMARY = 5_000
LONGEST_URL = 2_048
LONGEST_GUID = 2_048
LONGEST_LANGUAGE = 35  # RFC 5646, 4.4.1

_BLOCK = re.compile(
    r"<(?=/?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|th|dd|dt|hr|blockquote|section)\b)", re.IGNORECASE
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,12}\d{0,2});", re.IGNORECASE)
_UNSEEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")


def title(text: str, *, is_html: bool) -> str:
    """One plain line. Titles are often escaped twice, so a reference left over is decoded too."""
    plain = plain_text(text, is_html=is_html, limit=LONGEST_TITLE)
    return folded(html.unescape(plain)) if _REFERENCE.search(plain) else plain


def plain_text(text: str, *, is_html: bool, limit: int = LONGEST_SUMMARY) -> str:
    """One line of at most `limit` characters, HTML and scripts removed, entities decoded once."""
    if is_html:
        text = nh3.clean(_BLOCK.sub(" <", text), tags=set())
    if is_html or _REFERENCE.search(text):
        text = html.unescape(text)
    return shortened(folded(text), limit)


def folded(text: str) -> str:
    """On one line, single spaces."""
    return " ".join(without_unseen(text).split())


def without_unseen(text: str) -> str:
    """Without control characters, halves of emoji and the like, which no database takes."""
    return _UNSEEN.sub("", text)


def shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def guid(text: str) -> str:
    """As written; an absurdly long one becomes a digest of itself."""
    return text if len(text) <= LONGEST_GUID else f"sha256:{sha256(text.encode()).hexdigest()}"


def language(text: str) -> str:
    """As written, when it can be a language at all."""
    return text if len(text) <= LONGEST_LANGUAGE else ""


def tags(terms: Iterable[str]) -> tuple[str, ...]:
    """Each once, in order; at most 50 of 100 characters."""
    return tuple(dict.fromkeys(folded(term)[:100] for term in terms if term.strip()))[:50]


def web_url(link: str, base: str) -> str:
    """The absolute http or https address of `link` as seen from `base`; empty when it is none."""
    link = without_unseen(link).strip()
    if not link:
        return ""
    try:
        joined = urljoin(base, link)
        parts = urlsplit(joined)
        fits = parts.scheme in {"http", "https"} and parts.hostname and len(joined) <= LONGEST_URL
    except ValueError:
        return ""
    return re.sub(r"\s", "%20", joined) if fits else ""


def moment(text: object) -> datetime | None:
    """An ISO 8601 date and time (RFC 3339, as JSON Feed asks) in UTC; None when it is none."""
    try:
        given = datetime.fromisoformat(str(text).strip())
        return (given if given.tzinfo else given.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
