"""A second administrator says yes or no to making somebody one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from oyez.people import actions, events, queries
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.guard import freshly
from oyez.web.rights import me, needs, tell


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.ADMINISTRATOR_MADE)
@freshly
def confirm_(request: HttpRequest, pk: int) -> HttpResponse:
    """Two people make an administrator, since one can be deceived, or threatened."""
    grant = found(queries.grant, pk)
    words = {"who": grant.person.name, "by": grant.by.get("name", "")}
    question = Question(
        title=_("Make %(who)s an administrator?") % words,
        act=_("Confirm"),
        back=reverse("people:list"),
        text=_("%(by)s asks for it. An administrator may do everything here.") % words,
        danger=True,
        template="people/confirm.html",
    )

    def do(answers: object) -> str:
        actions.confirm(grant, by=me(request))
        return _("%(who)s is an administrator.") % words

    return confirm(request, question, do, grant=grant)


@require_POST
@needs(events.ADMINISTRATOR_DECLINED)
@freshly
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """No; or never mind, from whoever asked."""
    grant = found(queries.grant, pk)

    def do() -> str:
        actions.decline(grant, by=me(request))
        return _("%s does not become an administrator.") % grant.person.name

    tell(request, do)
    return redirect("people:list")
