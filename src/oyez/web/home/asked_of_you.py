"""What waits for this very person? Their yes, their changes, an answer, a word on what is held."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from oyez.decisions import queries as decisions
from oyez.kit.text import quotable, reveal
from oyez.requests import events as request_events
from oyez.requests import queries as requests
from oyez.web.messages.listing import title
from oyez.web.messages.states import held_back
from oyez.web.parts import Mark, Row
from oyez.web.rights import may, me
from oyez.web.who import called

if TYPE_CHECKING:
    from oyez.decisions.models import Hold, Review
    from oyez.requests.models import Request


def kinds(request: HttpRequest) -> list[tuple[Any, Callable[..., Row]]]:
    """Each kind of thing that asks them, with the row that shows one."""
    by = me(request)
    asked = requests.waiting() if may(request, request_events.ACCEPTED) else []
    return [
        (decisions.waiting_for(by), _to_approve),
        (decisions.sent_back_to(by), _to_change),
        (decisions.held_for(by), _to_let_go),
        (decisions.held_of(by), _is_held),
        (asked, _to_answer),
    ]


def _to_approve(review: Review) -> Row:
    post = review.post
    who = _("from %s") % called((post.handed_in_by or post.by).get("name", ""))
    href = reverse("approve:show", args=[review.pk])
    mark = Mark(_("Asks you"), "yellow")
    return Row(_("Approve “%s”?") % quotable(title(post)), href, who, mark, at=review.due_at)


def _to_change(review: Review) -> Row:
    href = reverse("messages:show", args=[review.post_id])
    why = " ".join(why for _who, _field, why in decisions.said_no(review))
    mark = Mark(_("Changes asked for"), "orange")
    words = _("Change “%s”") % quotable(title(review.post))
    return Row(words, href, why, mark, at=review.settled_at)


def _to_let_go(hold: Hold) -> Row:
    post = hold.wording.variant.post
    href = reverse("messages:show", args=[post.pk])
    words = _("May “%s” go on?") % quotable(title(post))
    return Row(words, href, hold.message, held_back(), at=hold.began_at)


def _is_held(hold: Hold) -> Row:
    post = hold.wording.variant.post
    href = reverse("messages:show", args=[post.pk])
    why = f"{hold.message} {decisions.who_may_release(hold.role)}"
    words = _("“%s” is held back") % quotable(title(post))
    return Row(words, href, why, held_back(), at=hold.began_at)


def _to_answer(asked: Request) -> Row:
    href = reverse("requests:show", args=[asked.pk])
    mark = Mark(_("New request"), "yellow")
    words = _("Answer “%s”") % quotable(requests.title(asked))
    return Row(words, href, reveal(asked.from_name), mark, at=asked.deadline_at)
