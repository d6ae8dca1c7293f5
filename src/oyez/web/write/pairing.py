"""What does a page say of the same message in another language?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from oyez.posts import queries
from oyez.web import tongues

if TYPE_CHECKING:
    from oyez.posts.models import Post

STATES = {
    "draft": later("It is a draft."),
    "submitted": later("It is handed in."),
    "closed": later("It goes nowhere."),
    "discarded": later("It was thrown away."),
}


@dataclass(frozen=True, slots=True)
class Version:
    """The message in its other language: what to call it, its words, where it is."""

    title: str
    language: str
    state: str
    text: str
    href: str


def version(post: Post | None) -> Version | None:
    """The message that it is paired with."""
    other = post.pair if post else None
    if not other:
        return None
    page = "write:edit" if other.is_draft else "messages:show"
    return Version(
        _("The %(language)s version") % {"language": tongues.name(other.language)},
        other.language,
        str(STATES[other.state]),
        queries.draft_of(other).text,
        reverse(page, args=[other.pk]),
    )


def missing(post: Post | None, language: str) -> list[tuple[str, str]]:
    """The languages of the body in which it is not there, by code, and what a button says."""
    if post and post.pair:
        return []
    words = _("Write the %(language)s version")
    return [
        (code, words % {"language": tongues.name(code)})
        for code in tongues.ours()
        if code != language and language in tongues.ours()
    ]
