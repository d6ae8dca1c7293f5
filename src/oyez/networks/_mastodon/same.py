"""Does a status there say exactly what we sent? Pure.

The server shows HTML of its own making: addresses are folded, mentions lose their host.
All that is forgiven on both sides; any other difference makes it another text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import regex

from oyez.kit import text as words
from oyez.networks.contract import Message

_LONGEST = 200_000  # of HTML: longer than any message of ours can become
_CUT_OFF = 100  # no server cuts words for a picture shorter than this
_BLOCKS = {"p", "br", "div", "li", "blockquote", "pre"}
_UNSEEN = regex.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_REMOTE = regex.compile(r"(?<![\w/=])(@[\w.\-]*\w)@\w+(?:[.\-]+\w+)*")
_MARKS = regex.compile(r"[*_~`\\#>+\-\s]+")


def shows(status: Mapping[str, Any], message: Message) -> bool:
    """Has this status our pictures with our words for them, and does it answer what ours does?

    A server may have cut long words off. Where what was answered is gone it says nothing of it.
    """
    answered = str(status.get("in_reply_to_id") or "")
    if answered and answered != message.answers:
        return False
    there = status.get("media_attachments") or []
    alts = [str(one.get("description") or "") for one in there if isinstance(one, dict)]
    return len(alts) == len(message.media) and all(
        map(_same_alt, sorted(alts), sorted(one.alt for one in message.media))
    )


def _same_alt(theirs: str, ours: str) -> bool:
    theirs, ours = (" ".join(unicodedata.normalize("NFC", alt).split()) for alt in (theirs, ours))
    return theirs == ours or (len(theirs) >= _CUT_OFF and ours.startswith(theirs))


def says(html: str, text: str) -> bool:
    """Is this status' content the text we sent?"""
    return same(plain(html), text)


def same(one: str, other: str) -> bool:
    """Are two texts the same, but for space, zero-width signs and the spelling of addresses?"""
    return _canonical(one) == _canonical(other)


def nearly(html: str, text: str) -> bool:
    """Could the server have read our text as markup? Then its source has to be asked for."""
    return _MARKS.sub("", _canonical(plain(html))) == _MARKS.sub("", _canonical(text))


def plain(html: str) -> str:
    """The text of a status' HTML, addresses in full. What is no HTML is its own text."""
    reader = _Reader()
    try:
        reader.feed(_ended(html[:_LONGEST]))
        reader.close()
    except AssertionError:  # how the parser turns down declarations that it does not know
        return html
    return "".join(reader.parts)


def _ended(html: str) -> str:
    """Without a tag at the end that is never closed: a thousand of them take the parser minutes."""
    done = html.rfind(">") + 1
    return html[:done] + html[done:].partition("<")[0]


class _Reader(HTMLParser):
    """Collects text; an address shown folded is replaced by where it leads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _BLOCKS:
            self.parts.append("\n")
        elif tag == "a" and not {"mention", "hashtag"} & set((given.get("class") or "").split()):
            self._address = given.get("href") or ""
            self.parts.append(self._address)
        elif tag == "img":
            self.parts.append(given.get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._address = ""
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._address:
            self.parts.append(data)


def _canonical(text: str) -> str:
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", words.newlines(text)))
    pieces, done = [], 0
    for link in words.links(text):
        pieces += [_without_hosts(text[done : link.start]), _address(link.text)]
        done = link.end
    return " ".join(("".join(pieces) + _without_hosts(text[done:])).split())


def _without_hosts(text: str) -> str:
    return _REMOTE.sub(r"\1", text)


def _address(address: str) -> str:
    """One spelling of an address: host in small letters and ASCII, escapes made alike."""
    try:
        parts = urlsplit(address)
        host = parts.netloc.lower().encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return address
    rest = address.split("://", 1)[1][len(parts.netloc) :]
    same_escapes = quote(unquote(rest), safe="/?#=&%+;:@!$,", errors="replace")
    return f"{parts.scheme}://{host}{same_escapes or '/'}"
