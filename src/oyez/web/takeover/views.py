"""What stands on our channels that we did not send; was it us; and cut off whoever has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from oyez.channels import queries as channels
from oyez.emergency import actions, events, queries
from oyez.listening import actions as listening
from oyez.listening import events as heard
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.rights import may, me, needs
from oyez.web.takeover import shown
from oyez.web.who import called

if TYPE_CHECKING:
    from oyez.emergency.models import CutOff


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The evidence, the two clicks, what was done last, and how to come back."""
    suspects, last = shown.suspects(), queries.last_cut_off(drill=False)
    context = {
        "suspects": suspects,
        "sentence": shown.sentence(suspects),
        "channels": shown.others(),
        "last": last,
        "by": called(last.by_name) if last else "",
        "ended": shown.ended(last),
        "drilled": (drilled := queries.last_cut_off(drill=True)),
        "drill_ended": shown.ended(drilled),
        "may_cut_off": may(request, events.CUT_OFF),
        "may_answer": may(request, heard.ANSWERED),
    }
    return render(request, "takeover/show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.CUT_OFF)
def cut_off(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The second click: stop, and end every token."""
    channel = found(channels.one, pk) if pk else None
    question = Question(
        title=_("Cut %s off?") % channel if channel else _("Cut all channels off?"),
        text=_(
            "Sending stops at once. Then our access is ended as far as the network lets us, and our"
            " copy of its tokens is destroyed: nothing goes out until somebody links the channel"
            " again. You are told what is left to do by hand."
        ),
        act=_("Cut %s off") % channel if channel else _("Cut all channels off"),
        back=reverse("takeover:show"),
        danger=True,
    )
    return confirm(
        request, question, lambda answers: _said(actions.cut_off(channel, by=me(request)))
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.DRILLED, queries.sending)
def drill(request: HttpRequest) -> HttpResponse:
    """The same without ending anything."""
    question = Question(
        title=_("Hold a drill?"),
        text=_(
            "Sending stops for some seconds, and everybody on duty is told. Each network is asked"
            " whether it answers. No access is ended, and sending goes on by itself."
        ),
        act=_("Hold the drill"),
        back=reverse("takeover:show"),
    )
    return confirm(
        request, question, lambda answers: _said(actions.cut_off(None, drill=True, by=me(request)))
    )


def _said(done: CutOff) -> str:
    seconds = f"{done.seconds:.1f}"
    if done.drill:
        return _("The drill took %s seconds. Sending goes on.") % seconds
    return _("Cut off in %s seconds. Now do by hand what stands below.") % seconds


@require_http_methods(["GET", "HEAD", "POST"])
@needs(heard.ANSWERED, channels.one)
def ours(request: HttpRequest, pk: int) -> HttpResponse:
    """A colleague posted it by hand."""
    text = _(
        "The channel sends again. If people often post there by hand, say so under Describe: then"
        " you are told, and the channel goes on."
    )
    return _answer(request, pk, _("Was all of this one of us?"), _("Yes, it was us"), text, True)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(heard.ANSWERED, channels.one)
def over(request: HttpRequest, pk: int) -> HttpResponse:
    """It was somebody else, who is out by now."""
    text = _(
        "Say so once the password is changed, every other access is ended, and what they posted is"
        " taken down. The channel may send again."
    )
    return _answer(request, pk, _("Is the break-in over?"), _("Yes, it is over"), text, False)


def _answer(
    request: HttpRequest, pk: int, title: str, act: str, text: str, ours: bool
) -> HttpResponse:
    channel = found(channels.one, pk)
    question = Question(title=title, text=text, act=act, back=reverse("takeover:show"))

    def do(answers: Mapping[str, str]) -> str:
        listening.answer(channel, ours=ours, by=me(request))
        return _("Answered for %s.") % channel

    return confirm(request, question, do)
