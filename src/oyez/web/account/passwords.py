"""How does somebody choose a password? The present one is asked for, unless they have just come in
by a link, which is the way for whoever forgot it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from oyez.people import actions
from oyez.people.passwords import Weak
from oyez.web import proof
from oyez.web.account.forms import PasswordForm
from oyez.web.account.words import WEAK
from oyez.web.guard import freshly
from oyez.web.rights import me
from oyez.web.signin import showing
from oyez.web.signin.staying import stay

if TYPE_CHECKING:
    from oyez.people.models import Person


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@freshly
def choose(request: HttpRequest) -> HttpResponse:
    """A new one; whoever is in elsewhere under this name is signed out."""
    person = cast("Person", request.user)
    knows = person.has_usable_password() and not proof.was(request, "link")
    form = PasswordForm(request.POST or None, asks_present=knows)
    if request.method == "POST" and form.is_valid() and _chosen(request, form):
        messages.success(request, _("You have a new password. Everywhere else you are signed out."))
        return redirect("account:show")
    context = {"form": form, "has_one": person.has_usable_password()}
    return render(request, "account/password.html", context, status=422 if form.errors else 200)


def _chosen(request: HttpRequest, form: PasswordForm) -> bool:
    if "present" in form.fields and not showing.password(request, form, "present"):
        return False
    person = cast("Person", request.user)
    try:
        actions.choose_password(person, form.cleaned_data["password"], by=me(request))
    except Weak as why:
        form.add_error("password", WEAK[why.why])
        return False
    stay(request)
    return True
