"""Bytes to items: the one door. Hostile bytes meet only a child that can answer or die."""

from __future__ import annotations

from oyez.formats.contract import Document, Limits, Subscription, TooHeavy
from oyez.formats.gate import MAX_BYTES
from oyez.formats.nursery import nursery
from oyez.formats.packing import unpack, unpack_list

_USUAL = Limits()
MOST_LIST = 2 * 1024 * 1024


def read(body: bytes, *, content_type: str, url: str, limits: Limits = _USUAL) -> Document:
    """The feed in `body`, as served from `url`: RSS 0.9x, 1.0, 2.0; Atom 0.3, 1.0; JSON Feed.

    `content_type` is the header as it came, or empty; relative links are resolved against xml:base,
    else `url`. Raises NotAFeed or TooHeavy in one sentence for people, a technical detail in its
    notes, and ReaderDown when the fault is ours. Takes at most the wall limit (10 s) from when a
    place is free (four documents are read at once), twice that if the warm process had to restart.
    """
    if len(body) > MAX_BYTES:
        raise TooHeavy(
            f"This document is larger than {MAX_BYTES // 1024 // 1024} MB, too large for a feed."
        )
    return unpack(nursery.ask(body, {"content_type": content_type, "url": url}, limits))


def read_list(body: bytes, *, limits: Limits = _USUAL) -> tuple[Subscription, ...]:
    """The feeds in a list (OPML) that another reader wrote. Raises like `read`."""
    if len(body) > MOST_LIST:
        raise TooHeavy(f"This file is larger than {MOST_LIST // 1024 // 1024} MB, too large for a "
                       "list of feeds.")  # fmt: skip
    return unpack_list(nursery.ask(body, {"task": "list"}, limits))
