"""A page for reviewers who have no sign-in: one message, read-only, for as long as its link lasts.

No page that it leads to learns of its address: the house's referrer policy is “same-origin”. A
stricter one would take the origin from the form as well, and with it the proof against forgery.
"""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from oyez.ledger.actor import Refusal
from oyez.people.rules import reviewer
from oyez.posts import actions, queries
from oyez.web.forms import Form
from oyez.web.guard import open_to_all
from oyez.web.messages.listing import title
from oyez.web.messages.talking import remarks
from oyez.web.previews import of_draft, of_wordings


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


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The message as it stands; a comment can be left."""
    post = queries.shared(token)
    if not post:
        return _unlisted(render(request, "approve/ended.html", status=404))
    form = RemarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.comment(post, given["text"], by=reviewer(given["name"].strip()))
            messages.success(request, _("Your comment is with the authors."))
            return _unlisted(redirect("approve:preview", token))
        except Refusal as refusal:
            form.add_error("text", str(refusal))
    words = queries.current_wordings(post)
    context = {
        "title": title(post),
        "post": post,
        "previews": of_wordings(words, inside=False)
        or of_draft(queries.draft_of(post), inside=False),
        "remarks": remarks(post, kind="reviewer"),  # what colleagues say stays inside
        "form": form,
    }
    status = 422 if form.errors else 200
    return _unlisted(render(request, "approve/preview.html", context, status=status))


def _unlisted(answer: HttpResponse) -> HttpResponse:
    """In no search engine and in no cache."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
