"""Which gaps of a text are still to be filled in? Shared by checks; pure.

“Wait … what?” pauses and “…and so on” goes on; “in …” and “at ___” ask for a word.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from oyez.policy.checks._words import without_links

_QUOTED = regex.compile(r"“[^”\n]*”|\"[^\"\n]*\"|‘[^’\n]*’(?!\p{L})")
_ELLIPSIS = regex.compile(
    r"(?<![\p{L}\p{N}])([\p{L}’'-]+)[ \u00a0]+(…|\.{3,})(?![\p{L}\p{N}…])(.?)"
)
_CLOSES = frozenset(".,;:)")
_BLANK = regex.compile(r"(?<!\w)(?:_{3,}|__(?!\w))")
_BRACKETS = regex.compile(
    r"\[(?:\s*|\s*(?:…|\.{2,}|_+|[xX]{2,}|\?+)\s*"
    r"|(?:insert|enter|add|fill in)\s[^\]\n]{1,60}"
    r"|(?:name|time|date|day|place|location|area|number|road|street|phone|contact|link)s?)\]",
    regex.IGNORECASE,
)
_CROSSES = regex.compile(r"(?<![\w[])(?:X{2,}|[xX]{2}:[xX]{2})(?=(?:[ap]m|th|km|m)?(?!\w))(?!\])")
_NUMBERED = regex.compile(
    r"(?:Annex|Appendix|Article|Book|Chapter|Congress|Part|Schedule|Section|Volume)\s+XXX?\b"
    r"|\bXXX?(?=\s+(?:century|chromosome|Olympi|Games|ganrif))"
)

_ASKS_FOR_A_WORD = regex.compile(
    r"an?|about|above|across|after|against|along|among|around|at|before|behind|below|beside|between"
    r"|by|during|for|from|in|inside|into|near|off?|on|onto|opposite|outside|over|past|since|than|the"
    r"|through|to|towards|under|until|upon|via|with|within|without"
)
_ASKS_IN_WELSH = regex.compile(
    r"am|ar|at|cyn|dan|dros|ers|gan|ger|gyda|i|mewn|o|rhwng|tan|trwy|wrth|yn|yr?"
)


def gaps(text: str, language: str) -> tuple[str, ...]:
    """Each once, an ellipsis with the word before it. What is quoted may leave words out."""
    plain = _NUMBERED.sub(" ", _QUOTED.sub(" ", without_links(text)))
    found = [*_ellipses(plain, language), *_marked(plain)]
    return tuple(dict.fromkeys(found))


def _ellipses(text: str, language: str) -> Iterator[str]:
    asks = _ASKS_IN_WELSH if language.startswith("cy") else _ASKS_FOR_A_WORD
    for before, dots, after in _ELLIPSIS.findall(text):
        if asks.fullmatch(before.lower()) or (after and after in _CLOSES):
            yield f"{before} {dots}"


def _marked(text: str) -> Iterator[str]:
    for pattern in (_BLANK, _BRACKETS, _CROSSES):
        yield from (found[0] for found in pattern.finditer(text))
