"""What can be done about words that are out? Correct them where they stand, or take them down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from oyez.deliveries import actions, queries
from oyez.deliveries import events as delivered
from oyez.ledger.actor import Refusal
from oyez.posts import events
from oyez.posts import queries as posts
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.forms import Form
from oyez.web.rights import me, needs

if TYPE_CHECKING:
    from oyez.channels.models import Channel


class WhereAndWhy(Form):
    """On which channels, and the reason that is kept."""

    channels = forms.MultipleChoiceField(
        label=gettext_lazy("Where?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Select at least one channel")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("The words and this reason stay in the record."),
        max_length=300,
        error_messages={"required": gettext_lazy("Say why it is taken down")},
    )

    def __init__(self, there: Sequence[Channel], data: Mapping[str, str] | None) -> None:
        super().__init__(data, initial={"channels": [str(one.pk) for one in there]})
        where = self.fields["channels"]
        assert isinstance(where, forms.MultipleChoiceField)
        where.choices = [(str(one.pk), one.name) for one in there]


@require_POST
@needs(events.REOPENED, posts.one)
@needs(events.EDITED, posts.one)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Its words come back to be changed; what stands there stays until they are approved."""
    try:
        actions.correct(found(posts.one, pk), by=me(request))
    except Refusal as why:
        messages.error(request, str(why))
        return redirect("messages:show", pk)
    said = _("Change it and hand it in. What is out stays as it is until somebody has approved it.")
    messages.success(request, said)
    return redirect("write:edit", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(delivered.TAKE_DOWN_ASKED, posts.one)
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it is to go from, and why."""
    post = found(posts.one, pk)
    where = list(dict.fromkeys(one.channel for one in queries.may_go(post)))
    question = Question(
        title=_("Take this message down?"),
        text=_(
            "It goes from the channels that you select, for everybody. People may have seen it or "
            "kept a picture of it. While sending is stopped, this waits too."
        ),
        act=_("Take it down"),
        back=reverse("messages:show", args=[pk]),
        danger=True,
    )

    def do(answers: Mapping[str, Any]) -> str:
        chosen = [int(number) for number in answers["channels"]]
        reason, wait = answers["reason"], actions.UNDO
        actions.take_down(post, reason=reason, channels=chosen, wait=wait, by=me(request))
        return _("It is taken down in ten seconds. Until then you can still leave it there.")

    return confirm(request, question, do, form=WhereAndWhy(where, request.POST or None))
