"""Do a message's pictures and films fit a network? One sentence for each thing in the way. Pure.

Whether a film needs captions or a picture words is policy, not fit: it is asked elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from oyez.networks.contract import Limits, Media

_CALLED = {"image/jpeg": "JPEG", "image/svg+xml": "SVG", "video/quicktime": "QuickTime"}


def problems(media: Sequence[Media], limits: Limits, title: str) -> list[str]:
    """What stands in the way; empty when all of it fits. `title` is the network's."""
    if media and not limits.media:
        return [f"{title} takes no pictures or films. Remove them from its message"]
    return [*_together(media, limits, title), *_each(media, limits, title)]


def _together(media: Sequence[Media], limits: Limits, title: str) -> Iterator[str]:
    if len(media) > limits.media:
        yield (
            f"A message for {title} can hold {limits.media:,} pictures or films at most. "
            f"It has {len(media):,}"
        )
    if limits.film_alone and len(media) > 1 and any(one.is_film for one in media):
        yield f"A film must be alone in a message for {title}. Send it in one of its own"


def _each(media: Sequence[Media], limits: Limits, title: str) -> Iterator[str]:
    for place, one in enumerate(media, 1):
        which = f" {place}" if len(media) > 1 else ""
        if one.kind in limits.kinds:
            yield from _sizes(one, f"{_word(one)}{which}", limits, title)
        else:
            yield _wrong_kind(one, f"{_word(one)}{which}", limits, title)
        if limits.alt_text and len(one.alt) > limits.alt_text:
            of = f" of {_word(one).lower()}{which}" if which else ""
            yield (
                f"Alt text{of} must be {limits.alt_text:,} characters or fewer for {title}. "
                f"It is {len(one.alt):,}"
            )


def _sizes(one: Media, named: str, limits: Limits, title: str) -> Iterator[str]:
    most = limits.film_bytes if one.is_film else limits.media_bytes
    if most and one.size > most:
        there, here = _in_words(most, one.size)
        yield f"{named} must be {there} or smaller for {title}. It is {here}"
    most, area = limits.film_pixels if one.is_film else limits.media_pixels, one.width * one.height
    if most and area > most:
        there, here = _tenths(most, area, 1_000_000)
        yield (
            f"{named} must be {there} million pixels or fewer for {title}. "
            f"It is {here} million ({one.width:,} by {one.height:,})"
        )
    if limits.film_seconds and one.seconds > limits.film_seconds:
        yield (
            f"{named} must be {limits.film_seconds:,} seconds or shorter for {title}. "
            f"It is {math.ceil(one.seconds):,}"
        )


def _wrong_kind(one: Media, named: str, limits: Limits, title: str) -> str:
    family = "video/" if one.is_film else "image/"
    good = sorted(_called(kind) for kind in limits.kinds if kind.startswith(family))
    if not good:
        which = named.lower() if named != _word(one) else "it"
        return f"{title} takes no {_word(one).lower()}s. Remove {which}"
    return f"{named} must be {_either(good)} for {title}. It is {_called(one.kind)}"


def _word(one: Media) -> str:
    return "Film" if one.is_film else "Picture"


def _called(kind: str) -> str:
    return _CALLED.get(kind) or kind.partition("/")[2].upper() or "of no known kind"


def _either(words: Sequence[str]) -> str:
    return " or ".join([*([", ".join(words[:-1])] if words[:-1] else []), words[-1]])


def _in_words(limit: int, size: int) -> tuple[str, str]:
    """Both in the unit that suits the limit: decimal, as the networks count."""
    unit, name = (1_000_000, "MB") if limit >= 1_000_000 else (1_000, "kB")
    there, here = _tenths(limit, size, unit)
    return f"{there} {name}", f"{here} {name}"


def _tenths(limit: int, size: int, unit: int) -> tuple[str, str]:
    """In tenths of the unit; the limit rounded down and the size up, so that they never agree."""
    there, here = math.floor(limit / unit * 10) / 10, math.ceil(size / unit * 10) / 10
    return f"{there:,g}", f"{here:,g}"
