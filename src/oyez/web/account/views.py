"""Who am I here, and how do I come in?"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oyez.web.parts import Fact

if TYPE_CHECKING:
    from oyez.people.models import Person


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Everything about one’s own way in."""
    person = cast("Person", request.user)
    return render(request, "account/show.html", {"facts": [*_who(person), _password(person)]})


def _who(person: Person) -> list[Fact]:
    return [Fact(_("Name"), person.name), Fact(_("E-mail address"), person.email)]


def _password(person: Person) -> Fact:
    here = reverse("account:password")
    if person.has_usable_password():
        return Fact(_("Password"), _("Chosen"), _("Change"), here)
    return Fact(_("Password"), _("None: you sign in with a link"), _("Choose one"), here)
