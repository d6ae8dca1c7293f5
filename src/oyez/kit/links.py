"""One page has many addresses. Pure."""

from __future__ import annotations

import re

_TAG = re.compile(r"utm_[a-z_]+=", re.IGNORECASE)


def untagged(link: str) -> str:
    """Without a campaign’s tags."""
    before, mark, place = link.partition("#")
    path, _, query = before.partition("?")
    kept = [part for part in query.split("&") if not _TAG.match(part)]
    if kept == query.split("&"):
        return link
    return "?".join(filter(None, [path, "&".join(kept)])) + mark + place


def same_page(link: str) -> str:
    """Equal for all addresses of one page: by http or https, with or without a campaign’s tags."""
    plain = untagged(link)
    return f"https://{plain[7:]}" if plain.startswith("http://") else plain
