"""How does somebody who is in show anew that it is them?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from oyez.people import actions
from oyez.people.rules import door
from oyez.people.tries import TooMany
from oyez.web import proof
from oyez.web.forms import Form
from oyez.web.signin import there
from oyez.web.signin.forms import AgainForm
from oyez.web.signin.views import came_from, too_many


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """By their password, or a fresh link; they go on where they were going."""
    if request.method != "POST" and proof.is_fresh(request):
        return redirect(there.asked(request))
    form = AgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and is_theirs(request, form, "password"):
        proof.note(request, ["password"])
        return there.forget(redirect(there.remembered(request)))
    page = render(request, "signin/again.html", {"form": form}, status=422 if form.errors else 200)
    return there.remember(request, page)


def is_theirs(request: HttpRequest, form: Form, name: str) -> bool:
    """Is what this field holds the password of whoever is signed in? If not, the form says so."""
    email, typed = getattr(request.user, "email", ""), form.cleaned_data[name]
    try:
        person = actions.try_password(email, typed, where=came_from(request), by=door())
    except TooMany:
        form.add_error(name, too_many())
        return False
    if not person:
        form.add_error(name, _("This is not your password. Try again."))
    return person is not None
