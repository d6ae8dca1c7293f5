"""What else can be decided? Ask for changes; send late; let what is held go on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods, require_POST

from oyez.decisions import actions, events, queries
from oyez.kit.text import visible
from oyez.web.approve import showing
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.forms import Form, needed
from oyez.web.previews import of_wordings
from oyez.web.rights import me, needs, tell

if TYPE_CHECKING:
    from oyez.decisions.models import Review

ask_and_do = require_http_methods(["GET", "HEAD", "POST"])
FIELDS = {"message": "text", "link": "link", "pictures": "media", "time": "wall", "other": ""}
"""The names on the page, and those of a draft."""


def _why(label: Any) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": 2})
    return needed(forms.CharField(label=label, required=False, max_length=2000, widget=box))


class ChangesForm(Form):
    """A reason for each thing that should change; at least one."""

    message = _why(later("What should change in the message?"))
    link = _why(later("What should change about the link?"))
    pictures = _why(later("What should change about the pictures?"))
    time = _why(later("What should change about the time?"))
    other = _why(later("Anything else?"))
    digest = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> None:
        if not any(visible(why) for why in self.reasons().values()):
            self.add_error("message", _("Say what should change, so that the author knows"))

    def reasons(self) -> dict[str, str]:
        """By field of the draft, as the action takes them."""
        return {field: self.cleaned_data.get(name, "") for name, field in FIELDS.items()}


@ask_and_do
@needs(events.CHANGES_ASKED, queries.one)
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no, and say why."""
    review = found(queries.one, pk)
    form = ChangesForm(request.POST or None, initial={"digest": review.digest})
    question = Question(
        title=_("Ask for changes"),
        act=_("Ask for changes"),
        back=reverse("approve:list"),
        text=_("The message becomes a draft again, and its author reads what you write here."),
        template="approve/changes.html",
    )

    def do(answers: Mapping[str, str]) -> str:
        digest = answers["digest"]
        actions.ask_for_changes(review, form.reasons(), digest=digest, by=me(request))
        return _("Asked for changes to “%s”.") % review.post

    why_not = queries.may_decide(review, me(request)) if review.is_open else ""
    shown = of_wordings(showing.wordings(review))
    return confirm(request, question, do, form=form, previews=shown, why_not=why_not)


@require_POST
@needs(events.APPROVED, queries.one)
def late(request: HttpRequest, pk: int) -> HttpResponse:
    """Its time has gone by, and it goes all the same."""
    review = found(queries.one, pk)
    done = tell(request, lambda: _sent(actions.send_late(review, by=me(request))))
    return redirect("approve:list") if done else redirect("approve:show", pk)


def _sent(review: Review) -> str:
    return _("“%s” goes out now.") % review.post


class ReasonForm(Form):
    reason = forms.CharField(
        label=later("Why may it go all the same?"),
        help_text=later("The reason is kept with the message."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": later("Say why it may go all the same")},
    )


class ReleaseForm(ReasonForm):
    """`read`: the digest of the hold that the page shows."""

    read = forms.CharField(widget=forms.HiddenInput)


@ask_and_do
@needs(events.RELEASED, queries.hold)
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let held words go on."""
    hold = found(queries.hold, pk)
    question = Question(
        title=_("Let it go on to %s?") % hold.wording.channel,
        act=_("Let it go on"),
        back=reverse("approve:list"),
        text=hold.message,
        template="approve/release.html",
    )

    def do(answers: Mapping[str, str]) -> str:
        read = answers["read"]
        actions.release(hold, reason=answers["reason"], read=read, by=me(request))
        return _("The message goes on to %s.") % hold.wording.channel

    form = ReleaseForm(request.POST or None, initial={"read": hold.digest})
    shown = of_wordings([hold.wording])
    why_not = queries.may_release(hold, me(request))
    return confirm(request, question, do, form=form, previews=shown, why_not=why_not)
