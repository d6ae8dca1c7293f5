"""A page for reviewers who have no sign-in: one message, read-only, for as long as its link lasts.

No page that it leads to learns of its address: the house's referrer policy is “same-origin”. A
stricter one would take the origin from the form as well, and with it the proof against forgery.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods, require_safe

from oyez.deliveries import queries as deliveries
from oyez.kit.text import visible
from oyez.ledger.actor import Refusal
from oyez.library import queries as library
from oyez.people.rules import REVIEWER, reviewer
from oyez.posts import actions, queries
from oyez.web import times
from oyez.web.failures import found
from oyez.web.forms import Form
from oyez.web.guard import open_to_all
from oyez.web.library import serving
from oyez.web.messages.listing import title
from oyez.web.messages.talking import remarks
from oyez.web.parts import Preview
from oyez.web.previews import of_draft, of_wordings

if TYPE_CHECKING:
    from oyez.posts.models import Post


class RemarkForm(Form):
    """What a reviewer says, and under which name."""

    name = forms.CharField(
        label=later("Your name"),
        max_length=80,
        error_messages={"required": later("Enter your name")},
    )
    text = forms.CharField(
        label=later("Comment"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": later("Enter a comment")},
    )

    def clean_name(self) -> str:
        """What nobody could see is no name."""
        name: str = self.cleaned_data["name"]
        if not visible(name):
            raise forms.ValidationError(_("Enter your name"))
        return name


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The message as it stands; a comment can be left."""
    post = queries.shared(token)
    if not post:
        return _unlisted(render(request, "approve/ended.html", status=404))
    if post.state == post.State.DISCARDED:
        return _unlisted(render(request, "approve/thrown_away.html", status=404))
    retired = _retired(post)
    form = RemarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.comment(post, given["text"], by=reviewer(given["name"].strip()))
            messages.success(request, _("Your comment is with the authors."))
            return _unlisted(redirect("approve:preview", token))
        except Refusal as refusal:
            form.add_error("text", str(refusal))
    context = {
        "title": title(post),
        "when": _when(post),
        "previews": _previews(post, token, retired),
        "retired": retired,
        "remarks": remarks(post, kind=REVIEWER),  # what colleagues say stays inside
        "form": form,
    }
    status = 422 if form.errors else 200
    return _unlisted(render(request, "approve/preview.html", context, status=status))


def _previews(post: Post, token: str, retired: Collection[int]) -> list[Preview]:
    """As it was handed in, else as it stands; its pictures answer to this link alone."""

    def address(attachment: int) -> str:
        return reverse("approve:picture", args=[token, attachment])

    words = of_wordings(queries.current_wordings(post), address=address, without=retired)
    return words or of_draft(queries.draft_of(post), address=address, without=retired)


def _when(post: Post) -> str:
    """When it is meant to go out, in words."""
    if post.state == post.State.CLOSED:
        return _("It is not going out.")
    if deliveries.is_out(post):
        return _("It is out.")
    at = _moment(post)
    if at:
        return _("It is meant to go out at %s.") % times.in_full(at)
    return _("No time is set: it goes out as soon as it is ready.")


def _moment(post: Post) -> datetime | None:
    """None: at once, or at a time that is still to be cleared up."""
    words = queries.current_wordings(post).first()
    if words:
        return words.goes_at if words.wall else None
    try:
        return queries.draft_of(post).goes_at()
    except ValueError:  # NoSuchTime among them
        return None


@open_to_all
@require_safe
def picture(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """A picture of the message behind the link, for as long as the link lasts; no other."""
    post = queries.shared(token)
    if not post or post.state == post.State.DISCARDED or pk not in _shown(post) - _retired(post):
        raise Http404
    one = found(library.one, pk)
    if one.is_film:
        raise Http404
    answer = found(lambda side: serving.drawn(one, side), serving.THUMB)
    serving.kept(answer)
    return _unlisted(answer)


def _shown(post: Post) -> set[int]:
    """The pictures in what the page says now."""
    words = list(queries.current_wordings(post))
    if words:
        media = (medium for one in words for medium in one.media)
        return {medium["attachment"] for medium in media if medium.get("attachment")}
    return {placed.attachment for placed in queries.draft_of(post).media}


def _retired(post: Post) -> set[int]:
    """Those of them that were taken out of use: whoever took them out wants nobody to see them."""
    return {pk for pk, one in library.numbered(_shown(post)).items() if one.retired_at}


def _unlisted(answer: HttpResponse) -> HttpResponse:
    """In no search engine and in no cache."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
