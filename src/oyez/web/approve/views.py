"""What waits for a yes, and what exactly is one of them?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from oyez.decisions import actions, queries
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.web.approve import listing, showing
from oyez.web.failures import found
from oyez.web.problems import Problem
from oyez.web.rights import me

if TYPE_CHECKING:
    from oyez.decisions.models import Review


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """What asks me, what asks others, what was approved too late, what is held; soonest first."""
    return render(request, "approve/list.html", listing.lists(request))


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything somebody must know to decide; a POST is the yes to the digest that it carries."""
    review = found(queries.one, pk)
    if request.method != "POST":
        return _page(request, review)
    digest = request.POST.get("digest", "")
    reason = request.POST.get("reason", "").replace("\0", "")  # no column holds one
    try:
        review = actions.vote_yes(review, digest=digest, by=me(request), reason=reason)
    except Refusal as refusal:
        status = 403 if isinstance(refusal, NotAllowed) else 422
        return _page(request, _as_it_is_now(review), str(refusal), status=status)
    messages.success(request, _said(review))
    if review.state == review.State.LATE:
        return redirect("approve:show", pk)
    return redirect("approve:list")


def _said(review: Review) -> str:
    if review.is_open:
        return _("You said yes to “%s”. Others are asked next.") % review.post
    if review.state == review.State.LATE:
        return _("You said yes, but its time has passed. Say what is to become of it.")
    if queries.on_hold([review.post_id]):
        return _("Approved “%s”. It is held back, so it does not go out yet.") % review.post
    return _("Approved “%s”.") % review.post


def _as_it_is_now(review: Review) -> Review:
    return queries.review_of(review.post) or review


def _page(
    request: HttpRequest, review: Review, problem: str = "", *, status: int = 200
) -> HttpResponse:
    target = "#id_reason" if problem == actions.REASON_NEEDED else ""
    context = {
        **showing.context(review, request),
        "reason": request.POST.get("reason", ""),
        "problems": [Problem(problem, target)] if problem else [],
    }
    return render(request, "approve/show.html", context, status=status)
