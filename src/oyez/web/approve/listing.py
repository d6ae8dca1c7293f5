"""How does a review read in a list? Its message, who wrote it, and when it is meant to go."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from oyez.decisions import queries
from oyez.web import times
from oyez.web.messages.listing import title
from oyez.web.parts import Mark, Row
from oyez.web.rights import me
from oyez.web.who import called

if TYPE_CHECKING:
    from oyez.decisions.models import Hold, Review
    from oyez.ledger.actor import Actor


def lists(request: HttpRequest) -> dict[str, Any]:
    """The four lists of the page, each soonest first, and the page in one sentence."""
    mine = queries.waiting_for(me(request))
    asked = {review.pk for review in mine}
    open_now = list(queries.asking())
    others = [r for r in open_now if r.is_open and r.pk not in asked]
    late = [review for review in open_now if not review.is_open]
    return {
        "mine": [_row(review, Mark(_("Asks you"), "yellow")) for review in mine],
        "others": [_row(review, Mark(_("Asks others"), "blue")) for review in others],
        "late": [_row(review, Mark(_("Too late"), "orange"), late=True) for review in late],
        "held": _all_held(me(request)),
    }


def _all_held(by: Actor) -> list[Row]:
    """Each leads to letting it go on, or to the message for who may not, with who may."""
    theirs, who_may = {hold.pk for hold in queries.releasable(by)}, cache(queries.who_may_release)
    return [
        _held(hold, "" if hold.pk in theirs else who_may(hold.role))
        for hold in queries.holds_in_force()
    ]


def _row(review: Review, mark: Mark, *, late: bool = False) -> Row:
    meta = f"{_who(review)} · {_due(review, late=late)}"
    return Row(title(review.post), reverse("approve:show", args=[review.pk]), meta, mark, late)


def _who(review: Review) -> str:
    post = review.post
    return _("from %s") % called((post.handed_in_by or post.by).get("name", ""))


def _due(review: Review, *, late: bool) -> str:
    if not review.due_at:
        return _("goes out as soon as it is approved")
    said = _("was to go out at %s") if late else _("goes out at %s")
    return said % times.in_full(review.due_at)


def _held(hold: Hold, why_not: str) -> Row:
    post = hold.wording.variant.post
    meta = " · ".join(filter(None, [hold.wording.channel.name, hold.message, why_not]))
    page, pk = ("messages:show", post.pk) if why_not else ("approve:release", hold.pk)
    href = reverse(page, args=[pk])
    return Row(title(post), href, meta, Mark(_("Held"), "orange"), at=hold.began_at)
