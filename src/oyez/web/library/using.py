"""Which messages show a picture or film, and which of them are still to go?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from oyez.deliveries import queries as deliveries
from oyez.posts import queries
from oyez.web.messages import listing
from oyez.web.parts import Mark, Row

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from oyez.library.models import Attachment
    from oyez.posts.models import Post

AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Uses:
    """The newest places as rows of a list, and how many there are besides."""

    rows: list[Row]
    more: int


def everywhere(one: Attachment) -> Uses:
    """All messages with it, published ones too."""
    return _uses(one, queries.holding(one.pk))


def still_to_go(one: Attachment) -> Uses:
    """Those with it that have not left, and what comes again with it."""
    return _uses(one, deliveries.still_here(queries.holding(one.pk)))


def _uses(one: Attachment, messages: QuerySet[Post]) -> Uses:
    again = [
        Row(str(repeat), reverse("planner:repeats"), mark=Mark(_("Comes again"), "blue"))
        for repeat in queries.repeats_holding(one.pk)
    ]
    more = max(messages.count() - AT_ONCE, 0)
    return Uses([*again, *listing.rows(messages[:AT_ONCE])], more)
