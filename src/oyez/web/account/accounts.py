"""Which accounts elsewhere let somebody in, and how is one unlinked?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oyez.kit.text import reveal
from oyez.people import actions, factors, providers
from oyez.web.confirming import Question, confirm
from oyez.web.guard import freshly
from oyez.web.rights import me
from oyez.web.signin.staying import stay
from oyez.web.times import in_full

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialAccount

    from oyez.people.models import Person


@dataclass(frozen=True, slots=True)
class Shown:
    """ "Council account: ada@council.example"."""

    title: str
    meta: str
    unlink: str


def shown(person: Person) -> dict[str, object]:
    """Those that are linked, and the providers where none is."""
    known, linked = providers.every(), list(providers.links(person))
    names, taken = {one.url: one.name for one in known}, {one.provider for one in linked}
    return {
        "accounts": [_shown(one, names) for one in linked],
        "providers": [one for one in known if one.url not in taken],
    }


def _shown(row: SocialAccount, names: Mapping[str, str]) -> Shown:
    return Shown(
        _title(row, names),
        _("Linked %(linked)s, last used %(used)s.")
        % {"linked": in_full(row.date_joined), "used": in_full(row.last_login)},
        reverse("account:unlink_account", args=[row.pk]),
    )


def _title(row: SocialAccount, names: Mapping[str, str]) -> str:
    name, called = names.get(row.provider, row.provider), row.extra_data.get("called", "")
    return f"{name}: {reveal(called)}" if called else name


def _after(person: Person) -> str:
    """What unlinking comes to: whoever has no other way in should know before."""
    ends = _("It lets you in no longer, and everywhere else you are signed out.")
    another = providers.links(person).count() > 1 or factors.has_passkey(person)
    if person.has_usable_password() or another:
        return ends
    return ends + " " + _("You have no password: next time you need a link, or choose one before.")


@require_http_methods(["GET", "HEAD", "POST"])
@freshly
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """The question before one goes. A link, a password or a passkey lets in as before."""
    person = cast("Person", request.user)
    row = get_object_or_404(providers.links(person), pk=pk)

    def do(answers: Mapping[str, Any]) -> str:
        actions.unlink_account(person, pk, by=me(request))
        stay(request)
        return _("Unlinked. Everywhere else you are signed out.")

    names = {one.url: one.name for one in providers.every()}
    question = Question(
        title=_("Unlink “%s”?") % _title(row, names),
        act=_("Unlink"),
        text=_after(person),
        danger=True,
        back=reverse("account:show"),
    )
    return confirm(request, question, do)
