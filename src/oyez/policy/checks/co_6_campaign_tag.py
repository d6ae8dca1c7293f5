"""Will we know which visits came from this campaign?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from oyez.kit.text import links
from oyez.policy.checks._words import host_of, within
from oyez.policy.contract import Context, Hit, Level, MessageOut, Said


class CampaignTag:
    id: ClassVar[str] = "CO-6"
    title: ClassVar[str] = "Links to our own site carry the campaign’s tag"
    why: ClassVar[str] = "Visits are counted by the tag; nobody is followed by it."
    source: ClassVar[str] = "practice"
    level: ClassVar[Level] = Level.FIX
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut) and said.campaign and said.campaign.tag:
            for link in links(said.text, said.link):
                if (
                    within(host_of(link.text), context.own_domains)
                    and "utm_campaign=" not in link.text
                ):
                    tagged = _tagged(link.text, said.campaign.tag)
                    fixed = f"{said.text[: link.start]}{tagged}{said.text[link.end :]}"
                    yield Hit("The campaign’s tag is added to the link.", (link.text,), fixed)
                    return


def _tagged(link: str, tag: str) -> str:
    """The same address with the tag among its parameters."""
    parts = urlsplit(link)
    query = [
        *parse_qsl(parts.query, keep_blank_values=True),
        ("utm_medium", "social"),
        ("utm_campaign", tag),
    ]
    return urlunsplit(parts._replace(query=urlencode(query)))
