"""How long is this text, the way each network counts? And what in it is a link?

Sources: Bluesky counts grapheme clusters and UTF-8 bytes (lexicon app.bsky.feed.post). Servers with
Mastodon's API count every http(s) address as a fixed number and a remote mention as its user part.
X weighs: kit/weight.py.
"""

from __future__ import annotations

from typing import NamedTuple

import regex

_GRAPHEME = regex.compile(r"\X")
_UNSEEN = regex.compile(r"[\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]*")
# What stands in a text without showing: controls (but tab and new line), characters without a
# shape, what turns the direction of reading round, and what no font knows.
_HIDDEN = regex.compile(
    r"[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}"
    r"\u2800\ufff9-\ufffb--[\t\n]]",
    regex.VERSION1,
)
# Where some of these belong: inside one emoji or flag, and between letters of scripts that join.
_JOINING = r"\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{InSC=Virama}"
_IN_PLACE = regex.compile(
    r"(?<=\p{Extended_Pictographic}\p{Emoji_Modifier}?)[\ufe0e\ufe0f]"
    r"|(?<=[0-9#*])\ufe0f(?=\u20e3)"
    r"|(?<=\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?)\u200d(?=\p{Extended_Pictographic})"
    r"|(?<=\U0001f3f4)[\U000e0030-\U000e007a]{2,6}\U000e007f"
    rf"|(?<=[{_JOINING}])[\u200c\u200d](?=\p{{L}})"
)
LONE = regex.compile(r"\p{Surrogate}")
_LINK = regex.compile(r"(?<![\w@#$])https?://[^\s<>\"“”«»]+", regex.IGNORECASE)
_TAG = regex.compile(r"(?<![\w/&#\uff03])[#\uff03](?=\d*[\p{L}\p{M}_])[\p{L}\p{M}\p{N}_]+")
_TRAILING = ".,;:!?'\u2019\u2026\u3002\u3001\uff0c\uff01\uff1f"
_BEHIND = regex.escape(_TRAILING) + r"\p{Pe}\p{Pf}\p{Pi}\"<>"
_BETWEEN = regex.compile(r"^[ \t]*---[ \t]*$", regex.MULTILINE)
_PAIRS = {")": "(", "]": "[", "}": "{"}

# The characters an address may hold while it still counts as one: anything else ends it, so that
# we never count fewer characters than the server does.
_PATH = r"[a-z0-9\p{Cyrillic}\u00c0-\u024f!*'();:=+,.$/%#\[\]\-\u2013_~@|&?]*"
_COUNTED = regex.compile(
    rf"(?P<url>(?<![\w@#$])https?://[\w.\-]+(?::\d+)?(?:[/?#]{_PATH}(?<=[\w=#/+\-)\]&]))?)"
    r"|(?<![\w/=])(?P<user>@[a-z0-9_]+(?:[.\-]+[a-z0-9_]+)*)@\w+(?:[.\-]+\w+)*",
    regex.IGNORECASE,
)


class Span(NamedTuple):
    """A stretch of text: `text[start:end]`, in code points."""

    start: int
    end: int
    text: str


def newlines(text: str) -> str:
    """The same text with LF only: browsers send CRLF, which would count and compare differently."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def visible(text: str) -> bool:
    """Is there anything a reader could see: not only spaces, control and zero-width characters?"""
    return _UNSEEN.fullmatch(text) is None


def whole(text: str) -> bool:
    """Are all its letters whole, so that it can be kept and sent: no lone surrogate?"""
    return LONE.search(text) is None


def reveal(text: str) -> str:
    """The same text with every hidden character written out, so that nobody reads past it.

    A zero width space shows as ⟨U+200B⟩; tabs and new lines stay, and so does what belongs inside
    an emoji or joins the letters of a script.
    """
    in_place = {at for found in _IN_PLACE.finditer(text) for at in range(*found.span())}
    return _HIDDEN.sub(
        lambda found: found[0] if found.start() in in_place else f"⟨U+{ord(found[0]):04X}⟩", text
    )


def quotable(text: str) -> str:
    """The same to stand between “ and ”: quotation marks of its own become single ones."""
    return text.translate({ord("“"): "‘", ord("”"): "’"})


def parts(text: str) -> list[str]:
    """The parts of a thread: a line of three dashes stands between two. Never empty."""
    found = [part.strip() for part in _BETWEEN.split(text)]
    return [part for part in found if part] or [""]


def graphemes(text: str) -> int:
    """How many characters a person sees (extended grapheme clusters, Unicode annex 29)."""
    return sum(1 for _ in _GRAPHEME.finditer(text))


def borders(text: str) -> list[int]:
    """The positions after each grapheme cluster: where a cut splits no character."""
    return [found.end() for found in _GRAPHEME.finditer(text)]


def utf8_bytes(text: str) -> int:
    """The length in UTF-8. A lone surrogate counts three: counting never raises."""
    return len(text.encode("utf-8", "surrogatepass"))


def mastodon_length(text: str, per_link: int = 23) -> int:
    """Code points, but `per_link` for each http(s) address and only the user part of @user@host.

    Mastodon itself counts grapheme clusters, others with its API count code points, never fewer.
    """
    length, done = 0, 0
    for found in _COUNTED.finditer(text):
        end, counts = found.end(), len(found["user"] or "")
        if found["url"]:
            end, counts = found.start() + len(_trimmed(found["url"])), per_link
        length += found.start() - done + counts
        done = end
    return length + len(text) - done


def links(text: str, known: str = "") -> list[Span]:
    """Every http(s) address in the text, without the punctuation that follows it.

    `known` is an address that stands there on purpose: it is found to its last sign, even where
    it holds signs that would end another.
    """
    ours = _standing(text, known) if known else []
    others = [span for span in _bare_links(text) if not any(_overlap(span, one) for one in ours)]
    return sorted([*ours, *others])


def hashtags(text: str) -> list[Span]:
    """Every hashtag with its sign: letters, digits and underscores, at least one not a digit."""
    taken = links(text)
    tags = (Span(found.start(), found.end(), found[0]) for found in _TAG.finditer(text))
    return [tag for tag in tags if not any(link.start <= tag.start < link.end for link in taken)]


def holds(text: str, link: str) -> bool:
    """Does the text hold this address whole, not as the beginning of a longer one?"""
    return any(span.text == link for span in links(text, link))


def _bare_links(text: str) -> list[Span]:
    found = ((match.start(), _trimmed(match[0])) for match in _LINK.finditer(text))
    return [Span(start, start + len(address), address) for start, address in found]


def _standing(text: str, known: str) -> list[Span]:
    """Where this very address stands, with nothing behind it but punctuation."""
    whole = regex.compile(rf"(?<!\w){regex.escape(known)}(?=[{_BEHIND}]*(?:\s|$))")
    return [Span(match.start(), match.end(), known) for match in whole.finditer(text)]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _trimmed(address: str) -> str:
    """Without the punctuation and the unpaired closing brackets at its end."""
    surplus = {close: address.count(close) - address.count(_PAIRS[close]) for close in _PAIRS}
    end = len(address)
    while end and (address[end - 1] in _TRAILING or surplus.get(address[end - 1], 0) > 0):
        end -= 1
        if address[end] in surplus:
            surplus[address[end]] -= 1
    return address[:end]
