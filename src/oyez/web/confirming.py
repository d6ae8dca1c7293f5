"""How do we ask before something that is hard to undo? A page of its own, answered by a button."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from oyez.ledger.actor import NotAllowed, Refusal
from oyez.web.problems import Problem


@dataclass(frozen=True, slots=True)
class Question:
    """What the page asks: "Stop all sending?", what it means, the button's verb, the way back."""

    title: str
    act: str
    back: str
    text: str = ""
    danger: bool = False
    template: str = "web/confirm.html"


def confirm(
    request: HttpRequest,
    question: Question,
    do: Callable[[Mapping[str, str]], str],
    *,
    form: forms.Form | None = None,
    **more: object,
) -> HttpResponse:
    """Ask on GET; on POST do it with the form's answers and say on the page `back` what was done.

    A wrong form, or a refusal of the house, keeps the page with every answer: status 422, or 403
    for who may not.
    """
    status, problems = 200, []
    if request.method == "POST":
        status = 422
        if form is None or form.is_valid():
            try:
                messages.success(request, do(form.cleaned_data if form else {}))
                return redirect(question.back)
            except Refusal as why:
                problems = [Problem(str(why))]
                status = 403 if isinstance(why, NotAllowed) else 422
    given = {name: getattr(question, name) for name in ("title", "act", "back", "text", "danger")}
    context = {**given, **more, "form": form, "problems": problems}
    return render(request, question.template, context, status=status)
