"""What changed between two versions of a message? Word by word, hidden characters shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from oyez.kit.text import reveal
from oyez.posts import queries as posts
from oyez.posts import rules
from oyez.posts.draft import Difference, differences
from oyez.web import times
from oyez.web.feeds.words import where
from oyez.web.parts import Changed
from oyez.web.write.merging import label, shown

if TYPE_CHECKING:
    from oyez.channels.models import Channel
    from oyez.posts.draft import Draft
    from oyez.posts.models import Post

WORDS = ("text", "title", "link", "own_words")


def since_handed_in(post: Post, version: int) -> list[Changed] | None:
    """What `version` says differently from the one that was handed in before it; None for the
    first.
    """
    before = posts.handed_in_before(post, version)
    if before is None:
        return None
    return [
        *_words(posts.words_of(post, before), posts.words_of(post, version)),
        *_facts(post, before, version),
    ]


def _words(before: dict[Channel, str], now: dict[Channel, str]) -> Iterator[Changed]:
    """The same change on several channels is shown once."""
    together: dict[tuple[str, str], list[str]] = {}
    for channel in [*now, *(gone for gone in before if gone not in now)]:
        pair = before.get(channel, ""), now.get(channel, "")
        if pair[0] != pair[1]:
            together.setdefault(pair, []).append(where(channel))
    for (old, new), names in together.items():
        yield changed(", ".join(names), old, new)


def _facts(post: Post, before: int, now: int) -> Iterator[Changed]:
    """When it goes, and what its pictures show."""
    old, new = _facts_of(post, before), _facts_of(post, now)
    for name in new:
        if old[name] != new[name]:
            yield changed(name, old[name], new[name])


def _facts_of(post: Post, version: int) -> dict[str, str]:
    wordings = list(posts.wordings(post).filter(version=version))
    pictures = [str(medium.get("alt", "")) for one in wordings[:1] for medium in one.media]
    at = wordings[0].goes_at if wordings and wordings[0].wall else None
    return {
        _("When it goes out"): times.in_full(at) if at else _("As soon as it is approved"),
        _("Pictures"): "\n".join(pictures),
    }


def between(before: Draft, after: Draft) -> list[Changed]:
    """What one draft says differently from another, field by field."""
    return [_field(one) for one in differences(before, after)]


def _field(one: Difference) -> Changed:
    return changed(label(one.name), _said(one.name, one.before), _said(one.name, one.after))


def _said(name: str, value: Any) -> str:
    return str(value or "") if name.partition(":")[0] in WORDS else shown(value)


def changed(what: str, before: str, after: str) -> Changed:
    """One text and what became of it."""
    return Changed(what, rules.changes(reveal(before), reveal(after)))
