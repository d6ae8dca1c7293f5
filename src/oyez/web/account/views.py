"""Who am I here, and how do I come in?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from oyez.people import actions, factors, providers
from oyez.people import queries as people
from oyez.web.account import accounts, words
from oyez.web.account.forms import NameForm
from oyez.web.confirming import Question, confirm
from oyez.web.parts import Fact
from oyez.web.rights import me
from oyez.web.signin.required import insists

if TYPE_CHECKING:
    from oyez.people.models import Person


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Everything about one’s own way in."""
    person = cast("Person", request.user)
    facts = [*_who(person), _password(person), *_factors(person)]
    context = {
        "facts": facts,
        "sittings": [words.sitting(one, request) for one in people.sittings(person)],
        **accounts.shown(person),
    }
    return render(request, "account/show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    """How colleagues see them."""

    def do(answers: Mapping[str, Any]) -> str:
        actions.rename(cast("Person", request.user), answers["name"], by=me(request))
        return _("Saved.")

    question = Question(_("Change your name"), _("Save"), reverse("account:show"))
    form = NameForm(request.POST or None, initial={"name": str(request.user)})
    return confirm(request, question, do, form=form)


def _who(person: Person) -> list[Fact]:
    language = dict(settings.LANGUAGES).get(person.language, _("As your browser prefers"))
    return [
        Fact(_("Name"), person.name, _("Change"), reverse("account:name")),
        Fact(_("E-mail address"), person.email),
        Fact(_("Language"), _("%s (change it at the foot of any page)") % language),
    ]


def _password(person: Person) -> Fact:
    here = reverse("account:password")
    if person.has_usable_password():
        return Fact(_("Password"), _("Chosen"), _("Change"), here)
    by_link = not providers.links(person).exists()
    none = _("None: you sign in with a link") if by_link else _("None")
    return Fact(_("Password"), none, _("Choose one"), here)


def _factors(person: Person) -> list[Fact]:
    """Each second factor, how many recovery codes are left, and the way to one more."""
    another = reverse("account:factors")
    kept = [
        Fact(words.factor(row), words.used(row), _("Remove"), _remove(row.pk))
        for row in factors.of(person)
    ]
    if not kept:
        return [Fact(_("Second factor"), _("None"), _("Set one up"), another)]
    left, more = str(factors.codes_left(person)), reverse("account:recovery")
    recovery = Fact(_("Recovery codes left"), left, _("Make new ones"), more)
    return [
        *kept,
        *([] if insists(person) else [recovery]),
        Fact(_("Another factor"), _("In case you lose one"), _("Set one up"), another),
    ]


def _remove(pk: int) -> str:
    return reverse("account:remove_factor", args=[pk])
