"""Talking about a message: comments, and links for reviewers without a sign-in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from oyez.kit.text import reveal
from oyez.posts import actions, events, queries
from oyez.web.failures import found
from oyez.web.guard import where_they_were
from oyez.web.rights import may, me, needs, tell
from oyez.web.who import called

if TYPE_CHECKING:
    from oyez.posts.models import Post


class Remark(NamedTuple):
    """One comment; `old` when the words have changed since."""

    who: str
    at: datetime
    text: str
    old: bool


def remarks(post: Post, kind: str = "") -> list[Remark]:
    """What was said about it, oldest first; by all, or by one kind of author."""
    said = queries.comments(post)
    return [
        Remark(called(one.by.get("name", "")), one.at, reveal(one.text), one.version < post.version)
        for one in (said.filter(by__kind=kind) if kind else said)
    ]


def talk(post: Post, request: HttpRequest) -> dict[str, Any]:
    """For messages/talk.html: the comments, and what this person may add."""
    return {
        "post": post,
        "remarks": remarks(post),
        "links": list(queries.preview_links(post)),
        "may_comment": may(request, events.COMMENTED, post),
        "may_share": may(request, events.SHARED, post),
    }


@require_POST
@needs(events.COMMENTED, queries.one)
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about it, and go back to the page it was said on."""
    post = found(queries.one, pk)

    def do() -> str:
        actions.comment(post, request.POST.get("text", ""), by=me(request))
        return _("Your comment is kept.")

    tell(request, do)
    return redirect(f"{where_they_were(request)}#talk")


@require_POST
@needs(events.SHARED, queries.one)
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link, and show it this once."""
    post = found(queries.one, pk)
    token = actions.share(post, by=me(request))
    path = reverse("approve:preview", args=[token])
    address = f"{settings.OYEZ.url or request.build_absolute_uri('/')}".rstrip("/") + path
    expires = queries.preview_links(post)[0].expires_at
    context = {
        "post": post,
        "address": address,
        "expires": expires,
        "back": where_they_were(request),
    }
    return render(request, "messages/shared.html", context)


@require_POST
@needs(events.UNSHARED, queries.one)
def unshare(request: HttpRequest, pk: int) -> HttpResponse:
    """End every link at once."""
    post = found(queries.one, pk)

    def do() -> str:
        count = actions.unshare(post, by=me(request))
        return ngettext("Ended %d preview link.", "Ended %d preview links.", count) % count

    tell(request, do)
    return redirect(where_they_were(request))
