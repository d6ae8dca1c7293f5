"""What does a person decide about one delivery? It is there; send it now; do not send it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from oyez.deliveries import actions, events, queries
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.forms import Form
from oyez.web.messages import showing
from oyez.web.messages.asking import ASKS, Answer, on
from oyez.web.rights import me, needs

if TYPE_CHECKING:
    from oyez.deliveries.models import Delivery

EVIDENCE, ALONE = "messages/decide.html", "web/confirm.html"

ask_and_do = require_http_methods(["GET", "HEAD", "POST"])


class There(Form):
    """Which post is ours, and where it was seen."""

    candidate = forms.ChoiceField(
        label=later("Which of these is ours?"), widget=forms.RadioSelect, required=False
    )
    address = forms.URLField(
        label=later("Its address"),
        help_text=later("Where you see it, for the record. It starts with https://"),
        required=False,
        assume_scheme="https",
        max_length=1000,
        error_messages={"invalid": later("Enter the whole address, with https:// in front")},
    )

    def __init__(self, delivery: Delivery, data: Mapping[str, str] | None) -> None:
        super().__init__(data)
        known = delivery.evidence.get("candidates", [])
        if len(known) < 2:
            del self.fields["candidate"]
            return
        candidate = self.fields["candidate"]
        assert isinstance(candidate, forms.ChoiceField)
        candidate.choices = [(one["remote_id"], one["url"] or one["remote_id"]) for one in known]
        candidate.required = True
        candidate.error_messages["required"] = _("Select the one that is ours")


class Why(Form):
    why = forms.CharField(
        label=later("Why?"),
        help_text=later("This stays on the message’s page."),
        max_length=300,
        error_messages={"required": later("Say why it is not sent")},
    )


@ask_and_do
@needs(events.DECIDED_THERE, queries.one)
def there(request: HttpRequest, pk: int) -> HttpResponse:
    """It is there: link it."""
    delivery = found(queries.one, pk)
    answer = ASKS[delivery.kind].there

    def do(given: Mapping[str, str]) -> str:
        seen = given.get("candidate", "")
        actions.decide_arrived(delivery, by=me(request), remote_id=seen, url=given["address"])
        return on(answer.done, delivery.channel)

    question = _question(delivery, answer, template=EVIDENCE)
    form = There(delivery, request.POST or None)
    return confirm(request, question, do, form=form, evidence=showing.evidence(delivery))


@ask_and_do
@needs(events.DECIDED_RESEND, queries.one)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """It is not there: send it now."""
    delivery = found(queries.one, pk)
    answer = ASKS[delivery.kind].again

    def do(given: Mapping[str, str]) -> str:
        actions.decide_resend(delivery, by=me(request))
        return on(answer.done, delivery.channel)

    question = _question(delivery, answer, danger=True, template=EVIDENCE)
    return confirm(request, question, do, evidence=showing.evidence(delivery))


@ask_and_do
@needs(events.WITHHELD, queries.one)
def withhold(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not send what still waits."""
    delivery = found(queries.one, pk)
    answer = ASKS[delivery.kind].stop

    def do(given: Mapping[str, str]) -> str:
        actions.withhold(delivery, given["why"], by=me(request))
        return on(answer.done, delivery.channel)

    question = _question(delivery, answer, danger=True)
    return confirm(request, question, do, form=Why(request.POST or None))


def _question(
    delivery: Delivery, answer: Answer, *, danger: bool = False, template: str = ALONE
) -> Question:
    return Question(
        title=on(answer.title, delivery.channel),
        text=str(answer.text),
        act=str(answer.act),
        back=reverse("messages:show", args=[delivery.wording.variant.post_id]),
        danger=danger,
        template=template,
    )
