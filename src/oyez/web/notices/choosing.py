"""How do I want to be told, and am I away? One page with two forms."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from oyez.kit import clock
from oyez.ledger.actor import Refusal
from oyez.notices import actions, queries
from oyez.people import actions as people_actions
from oyez.people import queries as people
from oyez.web.notices.forms import AwayForm, ChoosingForm
from oyez.web.rights import me, tell

if TYPE_CHECKING:
    from oyez.people.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """A way for each topic, and the hour of the daily e-mail."""
    person = _person(request)
    ways, at = queries.ways(person), queries.digest_time(person)
    form = ChoosingForm(ways, at, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose(form.ways(), form.cleaned_data["digest_at"], by=me(request))
        except Refusal as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Saved how you are told."))
            return redirect("notices:choose")
    return _page(request, form=form)


@require_POST
def away(request: HttpRequest) -> HttpResponse:
    """Say from when to when I am away, and who answers for me."""
    person = _person(request)
    form = AwayForm(person, request.POST)
    if form.is_valid():
        told = form.cleaned_data
        deputy = people.everyone().filter(pk=told["deputy"] or 0).first()
        try:
            people_actions.set_absence(
                person, told["from_on"], told["until_on"], deputy, by=me(request)
            )
        except Refusal as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Saved when you are away."))
            return redirect("notices:choose")
    return _page(request, away=form)


@require_POST
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """I am back, or stay after all."""

    def do() -> str:
        absence = people.absences(_person(request), _today()).filter(pk=pk).first()
        if not absence:
            raise Refusal(_("This absence has ended already."))
        people_actions.end_absence(absence, by=me(request))
        return _("You are no longer away.")

    tell(request, do)
    return redirect("notices:choose")


def _page(
    request: HttpRequest, form: ChoosingForm | None = None, away: AwayForm | None = None
) -> HttpResponse:
    person = _person(request)
    wrong = any(one and one.is_bound and one.errors for one in (form, away))
    context = {
        "form": form or ChoosingForm(queries.ways(person), queries.digest_time(person)),
        "away": away or AwayForm(person, initial={"from_on": _today()}),
        "absences": people.absences(person, _today()),
        "mail": queries.mail_is_on(),
        "reached": queries.mail_reaches(person),
        "address": person.email,
    }
    return render(request, "notices/choose.html", context, status=422 if wrong else 200)


def _person(request: HttpRequest) -> Person:
    return cast("Person", request.user)


def _today() -> date:
    return timezone.localtime(clock.now()).date()
