"""How does somebody add a picture or film and say what it shows?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oyez.formats import captions as caption_files
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.library import actions, events, queries
from oyez.web.failures import found
from oyez.web.library.forms import CaptionsForm, DescribeForm, FileForm
from oyez.web.rights import me, needs

if TYPE_CHECKING:
    from oyez.library.models import Attachment

ask_and_do = require_http_methods(["GET", "HEAD", "POST"])


@ask_and_do
@needs(events.UPLOADED)
def add(request: HttpRequest) -> HttpResponse:
    """The file; then its words, on the next page."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()

    def do() -> HttpResponse:
        given = form.cleaned_data["file"]
        added = actions.upload(given.file, given.name, by=me(request))
        messages.success(request, _("Added %s. Now say what it shows.") % added.name)
        return redirect("library:describe", added.pk)

    context = {"title": _("Add a picture or film"), "act": _("Add it")}
    return answered(request, form, do, about="file", back=reverse("library:list"), **context)


@ask_and_do
@needs(events.CAPTIONED)
def caption(request: HttpRequest, pk: int) -> HttpResponse:
    """A film's captions file."""
    one = found(queries.one, pk)
    form = CaptionsForm(request.POST, request.FILES) if request.method == "POST" else CaptionsForm()

    def do() -> HttpResponse:
        content = form.cleaned_data["file"].read(caption_files.MOST_BYTES + 1)
        actions.caption(one, content, by=me(request))
        return _said(request, one, _("%s has captions now."))

    context = {"title": _("Captions for %s") % one.name, "act": _("Add captions")}
    back = reverse("library:show", args=[pk])
    return answered(request, form, do, about="file", back=back, **context)


@ask_and_do
@needs(events.DESCRIBED)
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    """Its words, its licence, whom it shows, and the point that matters."""
    one = found(queries.one, pk)
    form = DescribeForm(one, request.POST if request.method == "POST" else None)

    def do() -> HttpResponse:
        actions.describe(one, by=me(request), **form.said())
        return _said(request, one, _("Saved what %s shows."))

    back, title = reverse("library:show", args=[pk]), _("Describe %s") % one.name
    return answered(
        request, form, do, template="describe", title=title, act=_("Save"), back=back, one=one
    )


def answered(
    request: HttpRequest,
    form: forms.Form,
    do: Callable[[], HttpResponse],
    *,
    template: str = "form",
    about: str | None = None,
    **context: Any,
) -> HttpResponse:
    """Do it when the form is right; else the page again with every answer and what is wrong.

    `about` is the field that a refusal of the house stands at.
    """
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return do()
            except Refusal as why:
                form.add_error(about, str(why))
                status = 403 if isinstance(why, NotAllowed) else 422
    return render(request, f"library/{template}.html", {"form": form, **context}, status=status)


def _said(request: HttpRequest, one: Attachment, sentence: str) -> HttpResponse:
    messages.success(request, sentence % one.name)
    return redirect("library:show", one.pk)
