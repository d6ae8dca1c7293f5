"""Warnings in the Common Alerting Protocol, alone or inside a feed. Runs in the limited child only.

Source: Common Alerting Protocol 1.2 (OASIS Standard, July 2010), chapter 3; 1.0 and 1.1 say the
same things by the same names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree as Tree

from oyez.formats import words
from oyez.formats.contract import Alert, Document, Entry, NotAFeed
from oyez.formats.gate import marks, pass_through
from oyez.formats.mending import mended

SPACES = {
    "urn:oasis:names:tc:emergency:cap:1.2": "CAP 1.2",
    "urn:oasis:names:tc:emergency:cap:1.1": "CAP 1.1",
    "http://www.incident.com/cap/1.0": "CAP 1.0",
}
KIND = re.compile(r"application/(?:[\w.-]+[.+-])?cap\+xml", re.IGNORECASE)
USUAL_LANGUAGE = "en-US"  # what the standard says where an alert says nothing
MOST_INFOS = 100
_ROOT = re.compile(r"\s*<(?:[\w.-]+:)?alert(?=[\s/>])")
_ALERT = re.compile(r"</?(?:[\w.-]+:)?alert(?=[\s/>])")
_ENTRY = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)
_SPACE = re.compile(r"""\sxmlns(?::[\w.-]+)?\s*=\s*(?:"[^"]*"|'[^']*')""")
_FAULTY = "This warning breaks off or is faulty, so it cannot be read safely. Ask its publisher."
_NOT_WHOLE = "This warning does not say what every warning must say ({}). Ask its publisher."
_SAYS_SO = re.compile(r"cancel|canslo|update|diweddar", re.IGNORECASE)
_BEFORE = {
    "Cancel": {"cy": "Wedi’i ganslo: ", "": "Cancelled: "},
    "Update": {"cy": "Diweddariad: ", "": "Update: "},
}
_RANK = ("Extreme", "Severe", "Moderate", "Minor", "Unknown")


def is_alert(text: str) -> bool:
    """Is this one warning, rather than a list of them?"""
    return bool(_ROOT.match(text)) and any(space in text for space in SPACES)


def read(text: str, url: str) -> Document:
    """One warning as a feed: an entry for each of its languages. Raises NotAFeed or TooHeavy."""
    alert, space = _tree(mended(pass_through(text)))
    entries = entries_of(alert, url)
    return Document(
        title=words.title(_own(alert, "info/senderName") or _own(alert, "sender"), is_html=False),
        entries=tuple(entries),
        format=SPACES[space],
        language=entries[0].language,
    )


def taken_out(body: str) -> tuple[str, dict[int, list[Entry]]]:
    """A feed’s markup without the warnings in it, and what they say by the number of their entry.

    A reader of feeds would take their words for the entry’s own.
    """
    kept, found, number, begin, done = [], dict[int, list[Entry]](), -1, -1, 0
    spaces = "".join(dict.fromkeys(_SPACE.findall(body[: body.find(">")])))
    for mark in marks(body):
        if mark.kind == "open" and begin < 0 and _ENTRY.match(body, mark.start):
            number += 1
        elif _ALERT.match(body, mark.start) and mark.kind == "open" and begin < 0:
            kept.append(body[done : mark.start])
            begin = mark.start
        elif _ALERT.match(body, mark.start) and mark.kind == "close" and begin >= 0:
            alert, _ = _tree(f"<feed{spaces}>{body[begin : mark.end]}</feed>")
            found.setdefault(number, entries_of(alert, ""))
            begin, done = -1, mark.end
    if begin >= 0:
        raise NotAFeed(_FAULTY)
    return "".join([*kept, body[done:]]), found


def flat(told: Mapping[str, object]) -> Alert | None:
    """The facts of an entry that has them as elements of its own (cap:event, cap:severity …)."""
    if not told.get("cap_event") and not told.get("cap_msgtype"):
        return None

    def said(name: str) -> str:
        value = told.get(f"cap_{name}")
        return words.folded(value)[:500] if isinstance(value, str) else ""

    return Alert(
        identifier=said("identifier"),
        status=said("status") or "Actual",
        kind=said("msgtype") or "Alert",
        scope=said("scope") or "Public",
        event=said("event"),
        urgency=said("urgency"),
        severity=said("severity"),
        certainty=said("certainty"),
        area=said("areadesc"),
        effective=words.moment(said("effective")),
        expires=words.moment(said("expires")),
        references=_identifiers(said("references")),
    )


def entries_of(alert: Tree.Element, url: str) -> list[Entry]:
    """An entry for each language in which it speaks, the first one’s first."""
    infos = alert.findall("info")[:MOST_INFOS]
    name = ",".join(_must(alert, part) for part in ("sender", "identifier", "sent"))
    if not infos and _must(alert, "msgType") != "Cancel":
        raise NotAFeed(_NOT_WHOLE.format("info"))
    by_language: dict[str, list[Tree.Element]] = {}
    for info in infos or [Tree.Element("info")]:
        spoken = words.language(_own(info, "language")) or USUAL_LANGUAGE
        by_language.setdefault(spoken, []).append(info)
    return [
        _entry(alert, group, language, words.guid(f"{name} {language}" if number else name), url)
        for number, (language, group) in enumerate(by_language.items())
    ]


def _entry(
    alert: Tree.Element, infos: list[Tree.Element], language: str, guid: str, url: str
) -> Entry:
    """What the gravest block of this language says, for the areas of all of them."""
    facts = _facts(alert, infos)
    first = min(infos, key=_gravity)
    told = " ".join(filter(None, (_own(first, "description"), _own(first, "instruction"))))
    return Entry(
        guid=guid,
        url=words.web_url(_own(first, "web"), url) or url,
        title=titled(
            _own(first, "headline") or facts.event or _own(alert, "note"), facts.kind, language
        ),
        summary=words.plain_text(told or _own(alert, "note"), is_html=False),
        published_at=words.moment(_own(alert, "sent")),
        language=language,
        alert=facts,
    )


def _facts(alert: Tree.Element, infos: list[Tree.Element]) -> Alert:
    first = min(infos, key=_gravity)
    areas = (words.folded(area.text or "") for i in infos for area in i.findall("area/areaDesc"))
    ends = [words.moment(_own(info, "expires")) for info in infos]
    return Alert(
        identifier=_must(alert, "identifier"),
        status=_must(alert, "status"),
        kind=_must(alert, "msgType"),
        scope=_must(alert, "scope"),
        event=_own(first, "event"),
        urgency=_own(first, "urgency"),
        severity=_own(first, "severity"),
        certainty=_own(first, "certainty"),
        area=words.shortened("; ".join(dict.fromkeys(filter(None, areas))), 1_000),
        effective=words.moment(_own(first, "effective")) or words.moment(_own(alert, "sent")),
        expires=max(filter(None, ends), default=None) if all(ends) else None,
        references=_identifiers(_own(alert, "references")),
    )


def titled(title: str, kind: str, language: str) -> str:
    """A cancelled warning must never read like a new one."""
    plain = words.title(title, is_html=False)
    before = _BEFORE.get(kind, {})
    if not before or _SAYS_SO.search(plain):
        return plain
    return before.get(language[:2].lower(), before[""]) + plain


def _gravity(info: Tree.Element) -> int:
    said = _own(info, "severity")
    return _RANK.index(said) if said in _RANK else len(_RANK)


def _identifiers(references: str) -> tuple[str, ...]:
    """Of “sender,identifier,sent sender,identifier,sent” the identifiers."""
    found = (one.split(",") for one in references.split())
    return tuple(parts[1] if len(parts) > 1 else parts[0] for parts in found)[:50]


def _own(of: Tree.Element, path: str) -> str:
    return words.folded(of.findtext(path) or "")[: words.LONGEST_SUMMARY]


def _must(alert: Tree.Element, name: str) -> str:
    if not (said := _own(alert, name)):
        raise NotAFeed(_NOT_WHOLE.format(name))
    return said[:500]


def _tree(markup: str) -> tuple[Tree.Element, str]:
    """The alert with its names bare, and its namespace. The gate has let it pass: there is no
    entity in it.
    """
    try:
        root = Tree.fromstring(markup)  # noqa: S314  in the limited child, behind the gate
    except (Tree.ParseError, ValueError):
        raise NotAFeed(_FAULTY) from None
    space = next((space for one in root.iter() if (space := _space(one)) in SPACES), "")
    alert = next((one for one in root.iter() if one.tag == f"{{{space}}}alert"), None)
    if alert is None:
        raise NotAFeed(_FAULTY)
    for one in alert.iter():
        one.tag = str(one.tag).removeprefix(f"{{{space}}}")
    return alert, space


def _space(one: Tree.Element) -> str:
    return str(one.tag)[1:].partition("}")[0]
