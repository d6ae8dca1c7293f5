"""Which words, hashtags and emoji are in a text? Shared by the checks; pure."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

import regex

from oyez.kit.text import links

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[’'-][\p{L}\p{M}\p{N}]+)*")
_CLUSTER = regex.compile(r"\X")
_PICTURE = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}")
_TEXT_BY_DEFAULT = {"©", "®", "™", "‼", "⁉", "\u2139", "↔", "↕"}
_SHOWN_AS_PICTURE = "\ufe0f"
_SENTENCE = regex.compile(r"[^.!?…\n]+[.!?…]*")


def without_links(text: str) -> str:
    """The text with a space for each web address."""
    for span in reversed(links(text)):
        text = f"{text[: span.start]} {text[span.end :]}"
    return text


def words(text: str) -> list[str]:
    """The words of a text, without its addresses."""
    return _WORD.findall(without_links(text))


def sentences(text: str) -> list[str]:
    """The sentences and lines of a text, without its addresses."""
    found = (match.strip() for match in _SENTENCE.findall(without_links(text)))
    return [sentence for sentence in found if sentence]


def emoji(text: str) -> list[str]:
    """Every emoji as a reader sees it; signs that are letters by default count when drawn."""
    return [cluster for cluster in _CLUSTER.findall(text) if _is_emoji(cluster)]


def _is_emoji(cluster: str) -> bool:
    if not _PICTURE.match(cluster):
        return False
    return cluster[0] not in _TEXT_BY_DEFAULT or _SHOWN_AS_PICTURE in cluster


def folded(text: str) -> str:
    """Without case and accents, to compare names."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def host_of(link: str) -> str:
    """The host of an address, small; empty where it makes no sense."""
    try:
        return (urlsplit(link).hostname or "").rstrip(".")
    except ValueError:
        return ""


def within(host: str, domains: tuple[str, ...]) -> bool:
    """Is it one of these domains, or below one?"""
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)
