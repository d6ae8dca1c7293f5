"""How does somebody get in and out? With a password here; the other doors lead off from here."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from oyez.people import actions, providers
from oyez.people.rules import door
from oyez.people.tries import TooMany
from oyez.web.guard import open_to_all
from oyez.web.signin import came_from, showing, there
from oyez.web.signin.entering import enter
from oyez.web.signin.forms import SignInForm
from oyez.web.signin.origin import origin
from oyez.web.signin.required import without_factor


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def ask(request: HttpRequest) -> HttpResponse:
    """E-mail and password. Somebody who is already in goes on to where they were going."""
    if request.user.is_authenticated and request.method != "POST":
        return redirect(there.asked(request))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (onward := _by_password(request, form)):
        return onward
    context = {"form": form, "passkey": origin(request), "providers": providers.every()}
    page = render(request, "signin/ask.html", context, status=422 if form.errors else 200)
    return there.remember(request, page)


def _by_password(request: HttpRequest, form: SignInForm) -> HttpResponse | None:
    """The same sentence whether or not anybody has this address."""
    answers, where = form.cleaned_data, came_from.address(request)
    try:
        person = actions.try_password(answers["email"], answers["password"], where=where, by=door())
    except TooMany:
        form.add_error(None, showing.too_many())
        return None
    if not person:
        form.add_error(None, _("The e-mail address or the password is wrong. Try again."))
        return None
    return enter(request, person, "password")


@require_POST
@without_factor
def out(request: HttpRequest) -> HttpResponse:
    """End the session in this browser."""
    logout(request)
    gone = redirect("signin:ask")
    gone.headers["Clear-Site-Data"] = '"cache", "storage"'
    return gone
