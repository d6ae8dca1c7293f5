"""What do the feeds say that we measure with?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

FIRST = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
WORDS = "The council has decided on the works in the High Street and asks for patience. " * 5


def rss(titles: Sequence[str], first: int = 0, site: str = "https://council.example") -> bytes:
    """RSS 2.0 with these items, oldest first, an hour apart; `first` numbers the oldest one."""
    items = "".join(_item(title, first + n, site) for n, title in enumerate(titles))
    head = f"<title>News</title><link>{site}/</link><description>News</description>"
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()
    )


def _item(title: str, number: int, site: str) -> str:
    link = f"{site}/{title.replace(' ', '-')}"
    at = format_datetime(FIRST + timedelta(hours=number))
    return (
        f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid>"
        f"<pubDate>{at}</pubDate><description>{WORDS}</description></item>"
    )
