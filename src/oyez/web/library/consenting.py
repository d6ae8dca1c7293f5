"""How is it written down that somebody agreed to be seen, or takes that back?"""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from oyez.library import actions, events, queries
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.library.adding import answered, ask_and_do
from oyez.web.library.forms import ConsentForm
from oyez.web.rights import me, needs


@ask_and_do
@needs(events.CONSENT_RECORDED)
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's yes: where it is kept, for what, where, until when."""
    one = found(queries.one, pk)
    form = ConsentForm(request.POST if request.method == "POST" else None)

    def do() -> HttpResponse:
        answers = dict(form.cleaned_data)
        answers["channels"] = [int(channel) for channel in answers["channels"]]
        consent = actions.record_consent(one, answers.pop("who"), by=me(request), **answers)
        messages.success(request, _("Recorded that %s agreed.") % consent.who)
        return redirect("library:show", pk)

    context = {"title": _("Record a consent for %s") % one.name, "act": _("Record it")}
    return answered(request, form, do, back=reverse("library:show", args=[pk]), **context)


@ask_and_do
@needs(events.CONSENT_WITHDRAWN)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The person takes their yes back."""
    consent = found(queries.consent, pk)
    question = Question(
        title=_("Does %s take their consent back?") % consent.who,
        text=_(
            "From now on it is not sent where they can be recognised. "
            "What is published already has to be taken down by you."
        ),
        act=_("Record that they take it back"),
        back=reverse("library:show", args=[consent.attachment_id]),
        danger=True,
    )

    def do(answers: Mapping[str, str]) -> str:
        actions.withdraw_consent(consent, by=me(request))
        return _("Recorded that %s takes their consent back.") % consent.who

    return confirm(request, question, do)
