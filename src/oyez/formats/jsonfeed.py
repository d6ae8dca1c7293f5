"""JSON Feed 1.0 and 1.1 to a Document. Source: https://www.jsonfeed.org/version/1.1/"""

from __future__ import annotations

import json
import re
from typing import Any

from oyez.formats import words
from oyez.formats.contract import Document, Entry, NotAFeed, TooHeavy
from oyez.formats.gate import MAX_DEPTH, MAX_ENTRIES, TOO_MANY

_FAULTY = "This address gives JSON that breaks off or is faulty, so no feed can be read."
_PIECE = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)


def read(text: str, url: str) -> Document:
    """Parse JSON that may hold a feed. Raises NotAFeed or TooHeavy in one sentence."""
    _judge_depth(text)
    try:
        # Numbers stay text: an id may be a number, and one of a million digits costs nothing.
        told = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except ValueError:
        raise NotAFeed(_FAULTY) from None
    version = _text(told, "version") if isinstance(told, dict) else ""
    if "jsonfeed.org/version/" not in version or not isinstance(told.get("items"), list):
        raise NotAFeed("This address gives data in JSON, but not a JSON Feed.")
    return _document(told, version, url)


def _document(told: dict[str, Any], version: str, url: str) -> Document:
    language = words.language(_text(told, "language"))
    if len(told["items"]) > MAX_ENTRIES:
        raise TooHeavy(TOO_MANY)
    entries = [_entry(item, url, language) for item in told["items"] if isinstance(item, dict)]
    hubs = [hub for hub in _list(told, "hubs") if isinstance(hub, dict)]
    return Document(
        title=words.title(_text(told, "title"), is_html=False),
        entries=tuple(e for e in entries if e.guid or e.url or e.title or e.summary),
        format=f"JSON Feed {version.rpartition('/')[2][:8]}",
        language=language,
        home_url=words.web_url(_text(told, "home_page_url"), url),
        hub_url=next((words.web_url(_text(hub, "url"), url) for hub in hubs), ""),
    )


def _entry(item: dict[str, Any], base: str, language: str) -> Entry:
    updated = words.moment(item.get("date_modified"))
    links = (words.web_url(_text(item, name), base) for name in ("url", "external_url"))
    return Entry(
        guid=words.guid(_text(item, "id")),
        url=next((link for link in links if link), ""),
        title=words.title(_text(item, "title"), is_html=False),
        summary=_summary(item),
        published_at=words.moment(item.get("date_published")) or updated,
        updated_at=updated,
        language=words.language(_text(item, "language")) or language,
        tags=words.tags(tag for tag in _list(item, "tags") if isinstance(tag, str)),
    )


def _summary(item: dict[str, Any]) -> str:
    for name in ("summary", "content_text", "content_html"):
        if plain := words.plain_text(_text(item, name), is_html=name == "content_html"):
            return plain
    return ""


def _text(of: dict[str, Any], name: str) -> str:
    value = of.get(name)
    return words.without_unseen(value).strip() if isinstance(value, str) else ""


def _list(of: dict[str, Any], name: str) -> list[Any]:
    value = of.get(name)
    return value if isinstance(value, list) else []


def _judge_depth(text: str) -> None:
    depth = 0
    for piece in _PIECE.finditer(text):
        first = piece.group()[0]
        depth += (first in "[{") - (first in "]}")
        if depth > MAX_DEPTH:
            raise TooHeavy(
                "This document was not read because its data is nested more than "
                f"{MAX_DEPTH} deep, which no real feed needs and attacks use."
            )
