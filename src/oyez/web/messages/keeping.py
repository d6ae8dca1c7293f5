"""What can be done with a whole message? Take it back, throw it away, bring it back, copy it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from oyez.decisions import queries as decisions
from oyez.deliveries import events as delivered
from oyez.deliveries import queries as deliveries
from oyez.kit import clock
from oyez.ledger.events import Kind
from oyez.posts import actions, events, queries
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.rights import may, me, needs, tell

if TYPE_CHECKING:
    from oyez.posts.models import Post


def doors(post: Post, request: HttpRequest) -> set[str]:
    """What this person may do with it now: “edit”, “undo”, “move”, “discard”, “restore”, “copy”,
    “keep”; and with what is out, “correct” and “takedown”.
    """
    open_now = {"copy": events.STARTED, "keep": events.TEMPLATE_KEPT}
    if post.is_draft:
        open_now |= {"edit": events.EDITED, "discard": events.DISCARDED}
    elif post.state == post.State.DISCARDED:
        open_now |= {"restore": events.RESTORED}
    elif post.state == post.State.SUBMITTED and is_still_here(post):
        open_now |= {"undo": events.REOPENED, "discard": events.DISCARDED}
        if can_move(post) and may(request, events.EDITED, post):
            open_now |= {"move": events.REOPENED}
    if deliveries.may_go(post):
        open_now |= {"takedown": delivered.TAKE_DOWN_ASKED}
        if not post.is_draft and may(request, events.EDITED, post):
            open_now |= {"correct": events.REOPENED}
    return {name for name, kind in open_now.items() if may(request, kind, _on(kind, post))}


def _on(kind: Kind, post: Post) -> Post | None:
    """A copy, or a template of its words, is a new thing: it touches nobody’s channel yet."""
    return None if kind in {events.STARTED, events.TEMPLATE_KEPT} else post


def is_still_here(post: Post) -> bool:
    """Is there anything of it that has not left?"""
    return deliveries.still_here(queries.posts().filter(pk=post.pk)).exists()


def can_move(post: Post) -> bool:
    """May its time be another? As in the planner: a feed’s own messages go when the feed says."""
    return not post.item_id and not deliveries.has_left(post)


def can_be_undone(post: Post) -> bool:
    """Does it still wait for a second thought, and for nothing else?"""
    words = decisions.approved_wordings(post).first()
    if not words or decisions.waits_for_its_pair(post):
        return False
    return not words.wall and timedelta(0) < words.wall_time - clock.now() <= actions.UNDO


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.DISCARDED, queries.one)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """The question before it is thrown away."""
    post = found(queries.one, pk)
    question = Question(
        title=_("Throw this message away?"),
        text=_(
            "It does not go out. What has already left stays where it is. You can bring it back."
        ),
        act=_("Throw away"),
        back=reverse("messages:show", args=[pk]),
        danger=True,
    )

    def do(answers: object) -> str:
        actions.discard(post, by=me(request))
        return _("Thrown away. You can bring it back.")

    return confirm(request, question, do)


@require_POST
@needs(events.RESTORED, queries.one)
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring it back, as a draft."""
    post = found(queries.one, pk)
    tell(request, lambda: _draft_again(actions.restore(post, by=me(request))))
    return redirect("messages:show", pk)


def _draft_again(post: Post) -> str:
    return _("It is a draft again.")


@require_POST
@needs(events.STARTED)
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """A new draft with the same words."""
    made = actions.copy(found(queries.one, pk), by=me(request))
    messages.success(request, _("This is a copy, without a time. Change it as you like."))
    return redirect("write:edit", made.pk)
