"""What does an instance say of its limits, and what holds where it says nothing? Pure.

Source: the published API reference (entity Instance, configuration). The limits of most servers
stand in where one is silent or makes no sense.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import regex

from oyez.kit.text import mastodon_length
from oyez.networks._given import domain
from oyez.networks.contract import Facts, Limits, Measure

CHARACTERS = 500
PER_LINK = 23
MEDIA = 4
PICTURE_BYTES = 8_388_608
FILM_BYTES = 41_943_040
ALT_TEXT = 1_500
KINDS = ("image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4")
_MOST_CHARACTERS = 1_000_000
_MOST_PER_LINK = 1_000
_MOST_MEDIA = 100
_MOST_KINDS = 100
_MOST = 10**12  # bytes, and pixels
_KIND = regex.compile(r"(?:image|video)/[a-z0-9.+\-]{1,60}")


@dataclass(frozen=True, slots=True)
class Sizes:
    """What an instance says of its limits, and the domain its handles end in."""

    characters: int = CHARACTERS
    per_link: int = PER_LINK
    domain: str = ""
    media: int = MEDIA
    picture_bytes: int = PICTURE_BYTES
    picture_pixels: int = 0
    film_bytes: int = FILM_BYTES
    film_pixels: int = 0
    alt_text: int = ALT_TEXT
    kinds: tuple[str, ...] = KINDS


def read_sizes(data: Any) -> Sizes | None:
    """The limits an instance (version 1 or 2) declares, or None where this is no Instance."""
    if not isinstance(data, dict) or not (data.keys() & {"domain", "uri", "configuration"}):
        return None
    said, files = (_dig(data, "configuration", of) for of in ("statuses", "media_attachments"))
    most = said.get("max_characters", data.get("max_toot_chars"))
    alt_text = files.get("description_limit", data.get("description_limit"))
    return Sizes(
        _count(most, CHARACTERS, _MOST_CHARACTERS),
        _count(said.get("characters_reserved_per_url"), PER_LINK, _MOST_PER_LINK),
        domain(data.get("domain")) or domain(data.get("uri")),
        _count(said.get("max_media_attachments"), MEDIA, _MOST_MEDIA, least=0),
        _count(files.get("image_size_limit"), PICTURE_BYTES, _MOST),
        _count(files.get("image_matrix_limit"), 0, _MOST),
        _count(files.get("video_size_limit"), FILM_BYTES, _MOST),
        _count(files.get("video_matrix_limit"), 0, _MOST),
        _count(alt_text, ALT_TEXT, _MOST_CHARACTERS),
        _kinds(files.get("supported_mime_types")),
    )


def as_facts(sizes: Sizes) -> dict[str, Any]:
    """As facts, which are JSON. `limits_of` reads them back."""
    return {
        "characters": sizes.characters,
        "per_link": sizes.per_link,
        "media": sizes.media,
        "picture_bytes": sizes.picture_bytes,
        "picture_pixels": sizes.picture_pixels,
        "film_bytes": sizes.film_bytes,
        "film_pixels": sizes.film_pixels,
        "alt_text": sizes.alt_text,
        "kinds": list(sizes.kinds),
    }


def limits_of(facts: Facts) -> Limits:
    """The limits that facts hold; what older facts do not say is what most servers have."""
    known = {**as_facts(Sizes()), **facts}
    per_link = int(known["per_link"])
    return Limits(
        (Measure(int(known["characters"]), partial(_length, per_link), "characters"),),
        media=int(known["media"]),
        media_bytes=int(known["picture_bytes"]),
        media_pixels=int(known["picture_pixels"]),
        film_bytes=int(known["film_bytes"]),
        film_pixels=int(known["film_pixels"]),
        alt_text=int(known["alt_text"]),
        kinds=frozenset(known["kinds"]),
        threads=True,
    )


def _length(per_link: int, text: str) -> int:
    return mastodon_length(text, per_link)


def _kinds(said: Any) -> tuple[str, ...]:
    """The pictures and films it takes: those it names, else those that all take."""
    if not isinstance(said, list):
        return KINDS
    known = [one for one in said[:_MOST_KINDS] if isinstance(one, str) and _KIND.fullmatch(one)]
    return tuple(dict.fromkeys(known))


def _dig(data: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    for name in names:
        found = data.get(name)
        data = found if isinstance(found, dict) else {}
    return data


def _count(said: Any, otherwise: int, most: int, least: int = 1) -> int:
    known = isinstance(said, int) and not isinstance(said, bool) and least <= said <= most
    return said if known else otherwise
