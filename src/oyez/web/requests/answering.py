"""How do we answer a request? Accept it, refuse it with a reason, say that it is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods, require_POST

from oyez.requests import actions, events, queries
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.forms import Form
from oyez.web.rights import me, needs, tell

if TYPE_CHECKING:
    from oyez.requests.models import Request

READ_BY_THEM = later("Whoever asked reads this on the page of their request.")


class Why(Form):
    """Why we do not say it."""

    words = forms.CharField(
        label=later("Why?"),
        help_text=READ_BY_THEM,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": later("Say why: whoever asked reads it")},
    )


class Done(Form):
    """What we did about it."""

    words = forms.CharField(
        label=later("What was done, and where can it be seen?"),
        help_text=READ_BY_THEM,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": later("Say what was done: whoever asked reads it")},
    )


def writing(asked: Request) -> str:
    """Where its message is written; empty while the house has no page for writing."""
    try:
        return f"{reverse('write:new')}?request={asked.pk}"
    except NoReverseMatch:
        return ""


@require_POST
@needs(events.ACCEPTED)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes, and go on to write it."""
    asked = found(queries.one, pk)
    done = tell(request, lambda: _accepted(request, asked))
    # Where the draft is made: the page for writing begins it with `queries.words(request)`.
    return redirect((done and writing(asked)) or _here(asked))


def _accepted(request: HttpRequest, asked: Request) -> str:
    actions.accept(asked, by=me(request))
    return _("Request %d is accepted. Whoever asked sees so on their page.") % asked.pk


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.REFUSED)
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no, with a reason."""
    asked = found(queries.one, pk)
    question = _question(asked, _("Refuse this request?"), _("Refuse the request"), danger=True)

    def do(answers: Mapping[str, str]) -> str:
        actions.refuse(asked, why=answers["words"], by=me(request))
        return _("Request %d is refused.") % asked.pk

    return confirm(request, question, do, form=Why(request.POST or None))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.ANSWERED)
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is done, and where it can be seen."""
    asked = found(queries.one, pk)
    question = _question(asked, _("Is this request done?"), _("It is done"))

    def do(answers: Mapping[str, str]) -> str:
        actions.answer(asked, words=answers["words"], by=me(request))
        return _("Request %d is done.") % asked.pk

    return confirm(request, question, do, form=Done(request.POST or None))


@require_POST
@needs(events.REOPENED)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at it again."""
    asked = found(queries.one, pk)

    def do() -> str:
        actions.reopen(asked, by=me(request))
        return _("Request %d is open again.") % asked.pk

    tell(request, do)
    return redirect(_here(asked))


def _question(asked: Request, words: str, act: str, *, danger: bool = False) -> Question:
    return Question(
        title=words, text=queries.title(asked), act=act, back=_here(asked), danger=danger
    )


def _here(asked: Request) -> str:
    return reverse("requests:show", args=[asked.pk])
