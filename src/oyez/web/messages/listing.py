"""How does a message read in a list? Its title, where it went, and the worst of its states."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from oyez.decisions import queries as decisions
from oyez.deliveries import queries as deliveries
from oyez.web.messages.states import FILTERS, WORST_FIRST, Filter, mark
from oyez.web.parts import Mark, Row, Tab
from oyez.web.who import called

if TYPE_CHECKING:
    from oyez.deliveries.models import Delivery
    from oyez.posts.models import Post


def chosen(name: str) -> Filter:
    """The filter of this name; an unknown one shows all."""
    return next((one for one in FILTERS if one.name == name), FILTERS[0])


def tabs(current: Filter) -> list[Tab]:
    """One tab a filter; how many need somebody is said on its tab."""
    here = reverse("messages:list")
    needing = deliveries.messages(chosen("needs-you").states).count()
    return [
        Tab(
            str(one.label),
            f"{here}?show={one.name}" if one.name else here,
            one is current,
            needing if one.name == "needs-you" else 0,
        )
        for one in FILTERS
    ]


def title(post: Post) -> str:
    """A short name of the message."""
    return str(Truncator(post.title or post.link or str(post)).chars(90))


def rows(posts: Iterable[Post]) -> list[Row]:
    """The rows of one page of the list, from two more questions."""
    wanted = list(posts)
    sent, held = deliveries.of_posts(wanted), decisions.held(wanted)
    return [_row(post, sent.get(post.pk, []), post.pk in held) for post in wanted]


def _row(post: Post, sent: list[Delivery], held: bool) -> Row:
    names = ", ".join(delivery.channel.name for delivery in sent)
    meta = " · ".join(filter(None, [_source(post), names or post.why]))
    worst = min((delivery.state for delivery in sent), key=WORST_FIRST.index, default="")
    state = mark(worst) if worst else _before(post, held)
    here = reverse("messages:show", args=[post.pk])
    return Row(title(post), here, meta, state, worst == WORST_FIRST[0], post.made_at)


def _source(post: Post) -> str:
    return post.item.feed.name if post.item else called(post.by.get("name", ""))


def _before(post: Post, held: bool) -> Mark:
    """There is no delivery: it was left out, is held, or is only on its way through the house."""
    if post.state == post.State.CLOSED:
        return Mark(_("Left out"), "grey")
    return Mark(_("Not approved"), "yellow") if held else Mark(_("On its way"), "blue")
