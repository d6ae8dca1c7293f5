"""Does a link lead where it seems to?"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from oyez.policy.checks._words import host_of, within
from oyez.policy.contract import Context, Followed, Hit, Level, MessageOut, Said
from oyez.policy.links import DEAD, as_followed, given, hides

SHORTENERS = (
    "bit.ly", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "is.gd", "buff.ly", "rebrand.ly",
    "cutt.ly", "shorturl.at", "lnkd.in", "fb.me", "dlvr.it", "ift.tt", "t.ly", "rb.gy", "v.gd",
)  # fmt: skip
IMITATIONS = frozenset(
    "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0456\u0458\u0455\u0501\u04bb\u051b\u051d\u03bf\u03bd"
)
"""Cyrillic and Greek letters that look like a, c, e, o, p, x, y, i, j, s, d, h, q, w, o, v."""

LONGEST_TOLD = 100
MAY_KNOW_BETTER = "approver"  # the page may be meant to appear with the message
NOT_PUBLIC = (
    "The link leads to no public address, or to an unusual port, so it was not looked at. "
    "Make sure that everybody can open it."
)


class Links:
    id: ClassVar[str] = "SE-4"
    title: ClassVar[str] = "Links are safe, alive and our own"
    why: ClassVar[str] = "People trust a link because we give it."
    source: ClassVar[str] = "National Cyber Security Centre, phishing guidance"
    level: ClassVar[Level] = Level.WARN
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut):
            for link in given(said.text, said.link):
                yield from _look(link, context)


def _look(link: str, context: Context) -> Iterator[Hit]:
    host, seen = host_of(link), context.followed.get(as_followed(link))
    hidden = not host or hides(link)
    if hidden:
        yield Hit("This address hides where it leads. Use a plain one.", (link,), level=Level.BLOCK)
    elif _looks_like_another(host):
        yield Hit(f"{host} is made to look like another address.", (link,), level=Level.BLOCK)
    elif within(host, SHORTENERS) and not within(host, context.shorteners):
        yield Hit(f"{host} hides where the link leads. Use the address itself.", (link,))
    if link.casefold().startswith("http://"):
        yield Hit("The link is not encrypted. Use https.", (link,))
    if seen and not hidden:
        yield from _where_it_led(link, seen, context)


def _where_it_led(link: str, seen: Followed, context: Context) -> Iterator[Hit]:
    at, host = _when(seen.at, context), host_of(link)
    if seen.status in DEAD:
        says = f"{_short(link)} is dead: there was no such page ({seen.status}) at {at}."
        yield Hit(says, (link,), level=Level.BLOCK, role=MAY_KNOW_BETTER)
    elif seen.refused:
        if not within(host, context.own_domains):  # ours often stand in our own network too
            yield Hit(NOT_PUBLIC, (link,))
    elif not seen.status:
        says = f"{_short(link)} could not be opened at {at}. {seen.why} Try it yourself."
        yield Hit(says, (link,))
    elif seen.status >= 500:
        says = f"{host} had trouble ({seen.status}) when we looked at {at}. Try it yourself."
        yield Hit(says, (link,), level=Level.INFO)
    if seen.status and seen.status not in DEAD and _leads_elsewhere(host, seen, context):
        yield Hit(f"Link goes to {_short(seen.final)}.", (link,))


def _short(link: str) -> str:
    """As much of it as a sentence can hold."""
    return link if len(link) <= LONGEST_TOLD else f"{link[: LONGEST_TOLD - 1]}…"


def _leads_elsewhere(host: str, seen: Followed, context: Context) -> bool:
    """To another site that is not ours; a short address of ours is there to lead elsewhere."""
    final = host_of(seen.final)
    known = within(final, context.own_domains) or within(host, context.shorteners)
    return not known and not _same_site(host, final)


def _same_site(one: str, other: str) -> bool:
    """With or without “www.”, or a part of the other; in letters or in their encoded form."""
    one, other = (_read(host).removeprefix("www.") for host in (one, other))
    return within(one, (other,)) or within(other, (one,))


def _read(host: str) -> str:
    letters = ".".join(_decoded(part) for part in host.split("."))
    return unicodedata.normalize("NFKC", letters).casefold()


def _when(at: datetime, context: Context) -> str:
    here = ZoneInfo(context.zone)
    local, today = at.astimezone(here), context.now.astimezone(here).date()
    return f"{local:%H:%M}" if local.date() == today else f"{local:%H:%M} on {local:%A}"


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
