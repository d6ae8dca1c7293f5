"""What does a person decide about one delivery? It is there; send it now; do not send it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from oyez.deliveries import actions, events, queries, rules
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.forms import Form
from oyez.web.messages import showing
from oyez.web.rights import me, needs

if TYPE_CHECKING:
    from oyez.deliveries.models import Delivery

ask_and_do = require_http_methods(["GET", "HEAD", "POST"])


Words = Mapping[str, str | Promise]
TITLES: Words = {
    rules.PUBLISH: later("Is it there on %s?"),
    rules.EDIT: later("Does it say this on %s?"),
    rules.DELETE: later("Is it gone from %s?"),
}
COUNTS: Words = {
    rules.PUBLISH: later(
        "Look at the channel first. If you see the message, it counts as published."
    ),
    rules.EDIT: later("Look at the channel first. If it says this, it counts as corrected."),
    rules.DELETE: later("Look at the channel first. If it is gone, it counts as taken down."),
}
DONE: Words = {
    rules.PUBLISH: later("The message counts as published on %s."),
    rules.EDIT: later("The message counts as corrected on %s."),
    rules.DELETE: later("The message counts as taken down from %s."),
}
AGAIN: Words = {
    rules.PUBLISH: later("Send it to %s once more?"),
    rules.EDIT: later("Correct it on %s once more?"),
    rules.DELETE: later("Take it down from %s once more?"),
}
TWICE: Words = {
    rules.PUBLISH: later(
        "Look at the channel first. If it is there after all, people see it twice."
    ),
    rules.EDIT: later("Correcting it twice does no harm."),
    rules.DELETE: later("Taking it down twice does no harm."),
}
KEEPS: Words = {
    rules.PUBLISH: later("Keep it from going to %s?"),
    rules.EDIT: later("Leave it as it is on %s?"),
    rules.DELETE: later("Leave it on %s?"),
}
KEPT: Words = {
    rules.PUBLISH: later(
        "It does not go out there, and cannot be put back. Other channels are not touched."
    ),
    rules.EDIT: later("It stays there as it is. Other channels are not touched."),
    rules.DELETE: later("It stays there. Other channels are not touched."),
}
LEFT: Words = {
    rules.PUBLISH: later("The message does not go to %s."),
    rules.EDIT: later("It stays as it is on %s."),
    rules.DELETE: later("It stays on %s."),
}


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
@needs(events.DECIDED_THERE)
def there(request: HttpRequest, pk: int) -> HttpResponse:
    """It is there: link it."""
    delivery = found(queries.one, pk)
    question = Question(
        title=str(TITLES[delivery.kind]) % delivery.channel,
        text=str(COUNTS[delivery.kind]),
        act=str(showing.ASKS[delivery.kind].there),
        back=_page(delivery),
        template="messages/decide.html",
    )

    def do(answers: Mapping[str, str]) -> str:
        seen = answers.get("candidate", "")
        actions.decide_arrived(delivery, by=me(request), remote_id=seen, url=answers["address"])
        return str(DONE[delivery.kind]) % delivery.channel

    form = There(delivery, request.POST or None)
    return confirm(request, question, do, form=form, evidence=showing.evidence(delivery))


@ask_and_do
@needs(events.DECIDED_RESEND)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """It is not there: send it now."""
    delivery = found(queries.one, pk)
    question = Question(
        title=str(AGAIN[delivery.kind]) % delivery.channel,
        text=str(TWICE[delivery.kind]),
        act=str(showing.ASKS[delivery.kind].again),
        back=_page(delivery),
        danger=True,
        template="messages/decide.html",
    )

    def do(answers: Mapping[str, str]) -> str:
        actions.decide_resend(delivery, by=me(request))
        return _("The message is on its way to %s.") % delivery.channel

    return confirm(request, question, do, evidence=showing.evidence(delivery))


@ask_and_do
@needs(events.WITHHELD)
def withhold(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not send what still waits."""
    delivery = found(queries.one, pk)
    question = Question(
        title=str(KEEPS[delivery.kind]) % delivery.channel,
        text=str(KEPT[delivery.kind]),
        act=str(showing.ASKS[delivery.kind].stop),
        back=_page(delivery),
        danger=True,
    )

    def do(answers: Mapping[str, str]) -> str:
        actions.withhold(delivery, answers["why"], by=me(request))
        return str(LEFT[delivery.kind]) % delivery.channel

    return confirm(request, question, do, form=Why(request.POST or None))


def _page(delivery: Delivery) -> str:
    return reverse("messages:show", args=[delivery.wording.variant.post_id])
