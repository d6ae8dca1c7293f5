"""How does a one-time link let somebody in? Only a pressed button uses it up."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oyez.ledger.actor import Refusal
from oyez.notices import actions as notices
from oyez.notices import queries as mail
from oyez.people import actions, queries
from oyez.people.rules import door
from oyez.people.tries import TooMany
from oyez.web.guard import open_to_all
from oyez.web.problems import Problem
from oyez.web.signin import came_from, there
from oyez.web.signin.entering import enter
from oyez.web.signin.forms import LinkForm
from oyez.web.signin.showing import too_many

CHOOSE = "/account/password"


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def get(request: HttpRequest) -> HttpResponse:
    """By e-mail, where the house sends any; else whom to ask for one."""
    form = LinkForm(request.POST or None)
    asks = request.method == "POST" and mail.mail_is_on() and form.is_valid()
    if asks and _asked(request, form):
        return render(request, "signin/sent.html", {"address": form.cleaned_data["email"]})
    context = {"form": form, "mail": mail.mail_is_on()}
    page = render(request, "signin/link.html", context, status=422 if form.errors else 200)
    return there.remember(request, page)


def _asked(request: HttpRequest, form: LinkForm) -> bool:
    """The next page reads the same whether or not anybody has this address."""
    where = came_from.address(request)
    try:
        notices.ask_for_link(form.cleaned_data["email"], where=where, by=door())
    except TooMany:
        form.add_error(None, too_many())
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def use(request: HttpRequest, token: str) -> HttpResponse:
    """A mail scanner's GET shows a button and uses nothing up; the button signs in."""
    link = queries.usable_link(token)
    if request.method != "POST" and link:
        return render(request, "signin/use.html", {"invites": link.invites})
    try:
        person = actions.use_link(token)
    except Refusal:
        said = _("This link has been used or is too old. Ask for a new one.")
        context = {"problems": [Problem(said)], "form": LinkForm()}
        context["mail"] = mail.mail_is_on()
        return render(request, "signin/link.html", context, status=422)
    onward = there.HOME if person.has_usable_password() else CHOOSE
    return enter(request, person, "link", else_to=onward if link and link.invites else there.HOME)
