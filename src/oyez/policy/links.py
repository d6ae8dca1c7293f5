"""Which addresses does a message give, and under which name do we follow them? Pure."""

from __future__ import annotations

from oyez.kit import text as words
from oyez.kit.links import untagged

DEAD = frozenset({404, 410})
"""Nothing else: a site that refuses robots, or is busy, is not dead (ADR 14)."""


def given(text: str, link: str = "") -> list[str]:
    """Every address in the words, in order; then the message’s own, if they do not hold it."""
    found = list(dict.fromkeys(span.text for span in words.links(text, link)))
    return [*found, link] if link and link not in found else found


def hides(link: str) -> bool:
    """Is there something before its host: a name, a password, or what a reader takes for a host?
    Nobody follows it, and nothing of it is kept.
    """
    return "@" in link.partition("//")[2].partition("/")[0]


def bare(link: str) -> str:
    """Without a name and a password before its host."""
    scheme, rest = link.partition("//")[::2]
    host, slash, path = rest.partition("/")
    return f"{scheme}//{host.rpartition('@')[2]}{slash}{path}" if hides(link) else link


def as_followed(link: str) -> str:
    """Without a campaign’s tags, so that a look is no visit, and without the place in the page."""
    return untagged(link.partition("#")[0])
