"""Does a link lead where it seems to?"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import ClassVar

from oyez.kit.text import links
from oyez.policy.checks._words import host_of, within
from oyez.policy.contract import Context, Hit, Level, MessageOut, Said

SHORTENERS = (
    "bit.ly", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "is.gd", "buff.ly", "rebrand.ly",
    "cutt.ly", "shorturl.at", "lnkd.in", "fb.me", "dlvr.it", "ift.tt", "t.ly", "rb.gy", "v.gd",
)  # fmt: skip
IMITATIONS = frozenset(
    "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0456\u0458\u0455\u0501\u04bb\u051b\u051d\u03bf\u03bd"
)
"""Cyrillic and Greek letters that look like a, c, e, o, p, x, y, i, j, s, d, h, q, w, o, v."""


class Links:
    id: ClassVar[str] = "SE-4"
    title: ClassVar[str] = "Links are safe, alive and our own"
    why: ClassVar[str] = "People trust a link because we give it."
    source: ClassVar[str] = "National Cyber Security Centre, phishing guidance"
    level: ClassVar[Level] = Level.WARN
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut):
            for link in links(said.text, said.link):
                yield from _look(link.text, context)


def _look(link: str, context: Context) -> Iterator[Hit]:
    host, seen = host_of(link), context.followed.get(link)
    if not host or "@" in link.partition("//")[2].partition("/")[0]:
        yield Hit("This address hides where it leads. Use a plain one.", (link,), level=Level.BLOCK)
    elif _looks_like_another(host):
        yield Hit(f"{host} is made to look like another address.", (link,), level=Level.BLOCK)
    elif within(host, SHORTENERS) and not within(host, context.shorteners):
        yield Hit(f"{host} hides where the link leads. Use the address itself.", (link,))
    if link.casefold().startswith("http://"):
        yield Hit("The link is not encrypted. Use https.", (link,))
    if seen and (seen.status == 0 or seen.status >= 400):
        yield Hit("The link is dead: nobody answers there.", (link,), level=Level.BLOCK)
    elif (
        seen
        and host_of(seen.final) != host
        and not within(host_of(seen.final), context.own_domains)
    ):
        yield Hit(f"Link goes to {seen.final}.", (link,))


def _looks_like_another(host: str) -> bool:
    """Does a part of it mix alphabets, openly or in its encoded form?"""
    return any(_mixes(_decoded(part)) for part in host.split("."))


def _decoded(part: str) -> str:
    if not part.startswith("xn--"):
        return part
    try:
        return part[4:].encode().decode("punycode")
    except (UnicodeError, ValueError):
        return "\u0430a"  # nobody can read it: as bad as mixed alphabets


def _mixes(part: str) -> bool:
    scripts = {unicodedata.name(letter, "?").split(" ")[0] for letter in part if letter.isalpha()}
    imitators = scripts & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}
    return bool(imitators) and (len(scripts) > 1 or _all_imitate(part))


def _all_imitate(part: str) -> bool:
    """Letters of another alphabet that every one could be a Latin one."""
    return all(letter in IMITATIONS for letter in part if letter.isalpha())
