"""Which values of a server's answer are fit to be kept? Pure.

A server may send anything. What passes here can be stored, shown and sent back: visible signs, of
a length there is room for. What does not is an empty string, and the caller says what that means.
"""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

import regex

from oyez.networks._servers import host_of
from oyez.networks.contract import Link, Refused

LONGEST_ID = 500
LONGEST_ADDRESS = 1_000
_LONGEST_DOMAIN = 260  # a name of 253 and a port
_LONGEST_TOKEN = 10_000
_DOMAIN = regex.compile(r"[\w.\-]+(:\d{1,5})?|\[[\da-fA-F:.]+\](:\d{1,5})?")


def identifier(given: object, longest: int = LONGEST_ID) -> str:
    """An id or a name: a whole number, or text without space and signs that cannot be seen."""
    if isinstance(given, int) and not isinstance(given, bool):
        given = str(given) if abs(given) < 10**longest else ""
    return given if isinstance(given, str) and _visible(given, longest) else ""


def address(given: object, longest: int = LONGEST_ADDRESS) -> str:
    """An http(s) address that people can open."""
    if not isinstance(given, str) or not _visible(given, longest):
        return ""
    try:
        parts = urlsplit(given)
        good = parts.scheme in {"https", "http"} and parts.hostname and parts.port != 0
    except ValueError:
        return ""
    return given if good else ""


def domain(given: object) -> str:
    """The name of a machine, which some servers give as an address."""
    name = host_of(given) or given if isinstance(given, str) else ""
    return name if len(name) <= _LONGEST_DOMAIN and _DOMAIN.fullmatch(name) else ""


def token(given: object) -> str:
    """A token that a header can carry."""
    text = identifier(given, _LONGEST_TOKEN)
    return text if text.isascii() else ""


def moment(given: object) -> datetime | None:
    """A moment as an API writes it, ISO 8601; None for what is none."""
    try:
        at = datetime.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        return None
    return at.replace(tzinfo=at.tzinfo or UTC) if at else None


def sensible(link: Link, host: str) -> Link:
    """The link, where there is room for it. Raises Refused."""
    if max(len(link.identity), len(link.handle)) <= 300 and len(link.url) <= 500:
        return link
    raise senseless(host)


def senseless(host: str) -> Refused:
    """Whose account it is, the server says in words that cannot be kept."""
    return Refused(f"{host} gives account details that make no sense.")


def _visible(text: str, longest: int) -> bool:
    return 0 < len(text) <= longest and text.isprintable() and " " not in text
