"""The same message in another language: begin it, choose one that is here, part the two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods, require_POST

from oyez.deliveries import actions
from oyez.ledger.actor import Refusal
from oyez.posts import events, queries
from oyez.web import tongues
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.forms import Form
from oyez.web.messages import listing
from oyez.web.rights import may, me, needs
from oyez.web.write import pairing

if TYPE_CHECKING:
    from oyez.posts.models import Post

AT_MOST = 30


def context(post: Post, request: HttpRequest) -> dict[str, Any]:
    """For messages/pair.html. Where the body has one language, nothing is offered."""
    here = post.state in {post.State.DRAFT, post.State.SUBMITTED}
    offered = here and may(request, events.PAIRED, post)
    part = reverse("messages:part", args=[post.pk])
    return {
        "post": post,
        "version": pairing.version(post),
        "missing": pairing.missing(post, post.language) if offered else [],
        "part": part if may(request, events.PARTED, post) else "",
    }


@require_POST
@needs(events.PAIRED, queries.one)
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft in that language; its words are written next."""
    post = found(queries.one, pk)
    try:
        other = actions.begin_pair(post, request.POST.get("language", ""), by=me(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("messages:show", pk)
    return redirect("write:edit", other.pk)


class PairForm(Form):
    """Which of those that are here?"""

    other = forms.ChoiceField(
        label=later("Which one says the same?"),
        widget=forms.RadioSelect,
        error_messages={"required": later("Choose the message that says the same")},
    )

    def __init__(self, post: Post, data: Any = None) -> None:
        super().__init__(data)
        some = queries.could_be_paired(post)[:AT_MOST]
        other: Any = self.fields["other"]
        other.choices = [(one.pk, f"{listing.title(one)} ({_in_words(one)})") for one in some]


def _in_words(post: Post) -> str:
    return f"{tongues.name(post.language)}. {pairing.STATES[post.state]}"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.PAIRED, queries.one)
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Pair it with a message that is here already."""
    post = found(queries.one, pk)
    form = PairForm(post, request.POST if request.method == "POST" else None)

    def do(answers: Mapping[str, Any]) -> str:
        actions.pair(post, queries.one(int(answers["other"])), by=me(request))
        return _("Paired. From now on neither goes out without the other.")

    some = bool(form.fields["other"].choices)  # type: ignore[attr-defined]
    question = Question(
        title=_("Pair “%s” with its other language") % listing.title(post),
        text=_("From then on neither goes out without the other.")
        if some
        else _("There is no message in another language that could be paired. Write it first."),
        act=_("Pair the two"),
        back=reverse("messages:show", args=[pk]),
    )
    return confirm(request, question, do, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.PARTED, queries.one)
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Let each go by itself again."""
    post = found(queries.one, pk)
    question = Question(
        title=_("Part the two versions?"),
        text=_("Each goes out by itself then, if the checks let it."),
        act=_("Part the two"),
        back=reverse("messages:show", args=[pk]),
        danger=True,
    )

    def do(answers: Mapping[str, Any]) -> str:
        actions.part(post, by=me(request))
        return _("Parted. Each goes out by itself.")

    return confirm(request, question, do)
