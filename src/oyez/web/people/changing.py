"""What somebody may do from now on; they go; they come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oyez.people import actions, events, queries
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.guard import freshly
from oyez.web.people.forms import AddressForm, RoleForm, now
from oyez.web.rights import me, needs

if TYPE_CHECKING:
    from oyez.ledger.actor import Actor
    from oyez.people.models import Person

ask_and_do = require_http_methods(["GET", "HEAD", "POST"])


@ask_and_do
@needs(events.DUTIES_GIVEN, queries.one)
@freshly
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another role, other duties, other teams, in one step."""
    person = found(queries.one, pk)
    question = Question(
        title=_("What may %s do?") % person.name,
        act=_("Save"),
        back=reverse("people:show", args=[pk]),
        text=_("It holds at once. Who loses a right by it is signed out everywhere, and told."),
    )

    def do(answers: Mapping[str, Any]) -> str:
        return changed(person, answers, by=me(request))

    return confirm(request, question, do, form=RoleForm(request.POST or None, initial=now(person)))


def changed(person: Person, answers: Mapping[str, Any], *, by: Actor) -> str:
    """Make it so, all or nothing; what was done, in words."""
    with transaction.atomic():
        role, duties = answers["role"], answers["duties"]
        waits = actions.give(person, role=role, duties=duties, why=answers["why"], by=by)
        put_into_teams(person, answers.get("teams", ()), by=by)
    if waits:
        return _("Saved. Another administrator has to confirm that they become one.")
    return _("Saved. It holds at once.")


def put_into_teams(person: Person, wanted: Sequence[str], *, by: Actor) -> None:
    """In these teams, by number in text, and in no other."""
    are_in = {team.pk: team for team in queries.teams_of(person)}
    numbers = {int(one) for one in wanted}
    for number in numbers - are_in.keys():
        actions.join(queries.one_team(number), person, by=by)
    for number in are_in.keys() - numbers:
        actions.leave(are_in[number], person, by=by)


@ask_and_do
@needs(events.ADDRESS_CHANGED, queries.one)
@freshly
def address(request: HttpRequest, pk: int) -> HttpResponse:
    """Where they are written to, and what they sign in with."""
    person = found(queries.one, pk)
    question = Question(
        title=_("Another e-mail address for %s") % person.name,
        act=_("Save"),
        back=reverse("people:show", args=[pk]),
        text=_("They sign in with it from now on. They are told at both addresses."),
    )

    def do(answers: Mapping[str, Any]) -> str:
        actions.change_address(person, answers["email"], by=me(request))
        return _("Saved. They sign in with the new address from now on.")

    return confirm(request, question, do, form=AddressForm(request.POST or None))


@ask_and_do
@needs(events.SESSIONS_ENDED, queries.one)
@freshly
def sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    """For a phone that was lost: all their sessions, whoever sits there."""
    person = found(queries.one, pk)
    question = Question(
        title=_("Sign %s out everywhere?") % person.name,
        act=_("Sign them out"),
        back=reverse("people:show", args=[pk]),
        text=_("It ends with the next click in every browser. They can sign in again."),
    )

    def do(answers: object) -> str:
        actions.end_sessions(person, by=me(request))
        return _("Signed %s out everywhere.") % person.name

    return confirm(request, question, do)


@ask_and_do
@needs(events.REMOVED, queries.one)
@freshly
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The question before somebody goes; they can be brought back."""
    person = found(queries.one, pk)
    question = Question(
        title=_("Remove %s?") % person.name,
        act=_("Remove"),
        back=reverse("people:show", args=[pk]),
        text=_(
            "Every right ends at once: they are signed out everywhere, links they were given or "
            "gave away end, and nobody is their deputy. What they wrote and decided stays on "
            "record. They are told by e-mail. You can bring them back."
        ),
        danger=True,
    )

    def do(answers: object) -> str:
        actions.remove(person, by=me(request))
        return _("Removed %s. You can bring them back on this page.") % person.name

    return confirm(request, question, do)


@ask_and_do
@needs(events.INVITED, queries.one)
@freshly
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a removal: as a reader, since what somebody may do is decided each time."""
    person = found(queries.one, pk)
    question = Question(
        title=_("Bring %s back?") % person.name,
        act=_("Bring back"),
        back=reverse("people:show", args=[pk]),
        text=_("They come back as a reader in the teams they were in. Then choose their role."),
    )

    def do(answers: object) -> str:
        actions.invite(person.email, name=person.name, by=me(request))
        return _("%s is back, as a reader.") % person.name

    return confirm(request, question, do)
