"""How does somebody set up a second factor, and take one away?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from allauth.mfa.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oyez.ledger.actor import Refusal
from oyez.people import actions, codes, factors
from oyez.web import proof
from oyez.web.account import words
from oyez.web.account.forms import AppForm, PasskeyForm
from oyez.web.confirming import Question, confirm
from oyez.web.guard import freshly
from oyez.web.rights import me
from oyez.web.signin import passkeys, showing, there
from oyez.web.signin.origin import origin
from oyez.web.signin.required import insists, must_set_one_up, passkey_first, without_factor
from oyez.web.signin.staying import stay

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator

    from oyez.people.models import Person

SECRET = "oyez_app_secret"  # noqa: S105 - the name of a place in the session


@require_safe
@without_factor
@passkey_first
@freshly
def choose(request: HttpRequest) -> HttpResponse:
    """An app or a passkey: which, and why."""
    context = {
        "must": must_set_one_up(request),
        "passkey": origin(request),
        "only": insists(_me(request)),
    }
    return there.remember(request, render(request, "account/factors.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
@without_factor
@passkey_first
@freshly
def app(request: HttpRequest) -> HttpResponse:
    """A picture to scan, and the same in letters; kept once the app shows the right code."""
    secret = request.session.setdefault(SECRET, codes.new_secret())
    form, fresh = AppForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            fresh = actions.add_app(_me(request), secret, form.cleaned_data["code"], by=me(request))
        except Refusal:
            form.add_error("code", showing.wrong_code())
    if fresh is not None:
        del request.session[SECRET]
        return _added(request, fresh)
    context = {"form": form, "letters": words.in_groups(secret), "picture": _picture(request)}
    return render(request, "account/app.html", context, status=422 if form.errors else 200)


def _picture(request: HttpRequest) -> str:
    """Drawn by us as shapes: nothing of it comes from the person but their address, encoded."""
    adapter = get_adapter()
    address = adapter.build_totp_url(request.user, request.session[SECRET])
    drawing: str = adapter.build_totp_svg(address).partition("?>")[2]
    return mark_safe(drawing)  # noqa: S308


@require_http_methods(["GET", "HEAD", "POST"])
@without_factor
@passkey_first
@freshly
def passkey(request: HttpRequest) -> HttpResponse:
    """Made by the browser; it asks for the device’s PIN or finger."""
    form, fresh = PasskeyForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            made, name = passkeys.made(request, form.cleaned_data["passkey"]), form.called()
            alone = insists(_me(request))  # recovery codes would stand in for nothing
            fresh = actions.add_passkey(
                _me(request), name, made, with_codes=not alone, by=me(request)
            )
        except Refusal as why:
            form.add_error(None, str(why))
    if fresh is not None:
        return _added(request, fresh, passkey=True)
    context = {"form": form, "possible": origin(request)}
    return render(request, "account/passkey.html", context, status=422 if form.errors else 200)


@require_POST
@without_factor
@passkey_first
@freshly
def challenge(request: HttpRequest) -> HttpResponse:
    """What the browser is to make a passkey for."""
    return JsonResponse(passkeys.to_make(_me(request)))


def _added(request: HttpRequest, fresh: list[str], *, passkey: bool = False) -> HttpResponse:
    """This browser stays in; the recovery codes are shown where there were none."""
    stay(request)
    proof.note_factor(request, passkey=passkey)
    context = {"codes": fresh, "added": True, "onward": there.remembered(request)}
    context["only"] = passkey and insists(_me(request))
    return there.forget(render(request, "account/codes.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
@freshly
def recovery(request: HttpRequest) -> HttpResponse:
    """The question before new recovery codes; those before are worth nothing then."""
    if request.method == "POST":
        fresh = actions.make_codes(_me(request), by=me(request))
        context = {"codes": fresh, "onward": reverse("account:show")}
        return render(request, "account/codes.html", context)
    context = {"title": _("Make new recovery codes?"), "act": _("Make new codes")}
    context["text"] = _("The codes you have now stop working.")
    return render(request, "web/confirm.html", {**context, "back": reverse("account:show")})


@require_http_methods(["GET", "HEAD", "POST"])
@freshly
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The question before one goes. The last one stays with whoever must have one."""
    row = get_object_or_404(factors.of(_me(request)), pk=pk)

    def do(answers: Mapping[str, Any]) -> str:
        if _me(request).needs_factor and factors.of(_me(request)).count() == 1:
            raise Refusal(_("It is your last one, and your role needs one. Set up another first."))
        if _is_the_last_passkey(_me(request), row):
            raise Refusal(
                _("It is your last passkey, and your role needs one. Make another first.")
            )
        actions.remove_factor(_me(request), pk, by=me(request))
        return _("Removed.")

    question = Question(
        title=_("Remove “%s”?") % words.factor(row),
        act=_("Remove"),
        danger=True,
        back=reverse("account:show"),
    )
    return confirm(request, question, do)


def _is_the_last_passkey(person: Person, row: Authenticator) -> bool:
    passkeys = factors.of(person).filter(type=factors.PASSKEY)
    return insists(person) and row.type == factors.PASSKEY and passkeys.count() == 1


def _me(request: HttpRequest) -> Person:
    return cast("Person", request.user)
