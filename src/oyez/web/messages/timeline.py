"""What happened to a message on one channel, step by step and in words?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from oyez.decisions import queries as decisions
from oyez.deliveries import events, rules
from oyez.emergency import queries as emergency
from oyez.ledger import queries as ledger
from oyez.web import times
from oyez.web.parts import Step
from oyez.web.who import called

if TYPE_CHECKING:
    from oyez.deliveries.models import Attempt, Delivery
    from oyez.ledger.models import Event
    from oyez.posts.models import Wording

AT_ONCE = timedelta(minutes=1)
_NEXT = {
    rules.PUBLISH: later("It is not there. Change what it says, and send it as a new message."),
    rules.EDIT: later("It says there what it said before."),
    rules.DELETE: later("It is still there, as far as we know. Look, and take it down by hand."),
}


def steps(delivery: Delivery) -> Iterator[Step]:
    """From the plan to the receipt, and what comes next while it is open."""
    planned = delivery.planned_at
    yield Step(_("Planned"), planned, meant(delivery.wording, planned))
    moments = [*_tries(delivery), *_events(delivery)]
    for change in delivery.changed_by.filter(state=rules.ARRIVED):
        moments += _events(change)
    yield from sorted(moments, key=lambda step: step.at or delivery.planned_at)
    yield from _now(delivery)


def handed_in(wording: Wording) -> Step:
    """All that has happened before there is a delivery."""
    return Step(_("Handed in"), wording.made_at, meant(wording, wording.made_at))


def meant(wording: Wording, since: datetime) -> str:
    """When it is to go out; empty where that is at once."""
    at = wording.goes_at
    return _("To go out at %s.") % times.in_full(at) if at - since > AT_ONCE else ""


def _tries(delivery: Delivery) -> Iterator[Step]:
    for attempt in delivery.attempts.order_by("number"):
        yield Step(_sent(delivery, attempt), attempt.began_at)
        if attempt.outcome == rules.WAITING:
            yield Step(_("It could not be sent then"), attempt.ended_at, attempt.why, mood="bad")


def _sent(delivery: Delivery, attempt: Attempt) -> str:
    names = {"channel": delivery.channel.name, "number": attempt.number}
    if attempt.number == 1:
        return _("Sent to %(channel)s") % names
    return _("Sent to %(channel)s, try %(number)d") % names


def _events(delivery: Delivery) -> Iterator[Step]:
    for event in ledger.history(delivery):
        if say := _SAY.get(event.kind):
            yield say(delivery, event)


def _arrived(delivery: Delivery, event: Event) -> Step:
    return _there(_("%s has it") % delivery.channel.name, delivery, event)


def _seen(delivery: Delivery, event: Event) -> Step:
    return _there(_("%s saw that it is there") % called(event.by_name), delivery, event)


def _there(words: str, delivery: Delivery, event: Event) -> Step:
    link = _("See it on %s") % delivery.channel.name
    return Step(words, event.at, "", rules.followable(delivery.url), link, "good")


def _refused(delivery: Delivery, event: Event) -> Step:
    next_step = _NEXT[delivery.kind]
    why = f"{event.data.get('why', '')} {next_step}".strip()
    return Step(_("%s refused it") % delivery.channel.name, event.at, why, mood="bad")


def _withheld(delivery: Delivery, event: Event) -> Step:
    words = _("Not sent") if delivery.publishes else _("Not done")
    return Step(words, event.at, event.data.get("why", ""), mood="bad")


def _unsure(delivery: Delivery, event: Event) -> Step:
    words = _("No answer came, so Oyez looks whether it is there")
    return Step(words, event.at, event.data.get("why", ""))


def _asked(delivery: Delivery, event: Event) -> Step:
    return Step(_("Oyez cannot tell and asks you"), event.at, event.data.get("why", ""), mood="bad")


def _sent_again(delivery: Delivery, event: Event) -> Step:
    if event.data.get("looked", True):
        return Step(_("It was not found there, so it is still to be sent"), event.at)
    return Step(
        _("No answer is known, so the same is sent again; it shows only once there"), event.at
    )


def _resend(delivery: Delivery, event: Event) -> Step:
    return Step(_("%s had it sent again") % called(event.by_name), event.at)


def _corrected(delivery: Delivery, event: Event) -> Step:
    return _there(_("%s has the newer words") % delivery.channel.name, delivery, event)


def _down(delivery: Delivery, event: Event) -> Step:
    words = _("%s took it down") % delivery.channel.name
    return Step(words, event.at, event.data.get("why", ""), mood="good")


def _done(delivery: Delivery, event: Event) -> Step:
    return Step(_("%s saw that it was done") % called(event.by_name), event.at, mood="good")


_SAY: dict[str, Callable[[Delivery, Event], Step]] = {
    events.ARRIVED.name: _arrived,
    events.CORRECTED.name: _corrected,
    events.TAKEN_DOWN.name: _down,
    events.DECIDED_DONE.name: _done,
    events.REFUSED.name: _refused,
    events.WITHHELD.name: _withheld,
    events.UNSURE.name: _unsure,
    events.ASKED.name: _asked,
    events.SENT_AGAIN.name: _sent_again,
    events.DECIDED_THERE.name: _seen,
    events.DECIDED_RESEND.name: _resend,
}


def held_back(delivery: Delivery) -> str:
    """Why it waits for a person though it is approved; empty when it does not."""
    open_to_holds = delivery.state == rules.WAITING and delivery.kind != rules.DELETE
    return decisions.why_held(delivery.wording) if open_to_holds else ""


def _waits(delivery: Delivery) -> Step:
    """What it waits for, or when it goes."""
    before = delivery.after.state if delivery.after and delivery.publishes else rules.ARRIVED
    if before in {rules.REFUSED, rules.WITHHELD}:
        why = _("The part of the thread before it did not go out, so this part is not sent.")
        return Step(_("Does not go out"), why=why, mood="bad")
    if stop := emergency.stop_on(delivery.channel):
        return Step(_("Waits"), why=_("Sending is stopped: %s") % stop.why, mood="bad")
    if why := held_back(delivery):
        return Step(_("Waits"), why=why, mood="bad")
    if before != rules.ARRIVED:
        return Step(_("Waits"), why=_("The part of the thread before it goes first."))
    words = _("Goes out next") if delivery.publishes else _("Is done next")
    return Step(words, delivery.due_at, delivery.why)


def _now(delivery: Delivery) -> Iterator[Step]:
    """What comes next, while it is open."""
    if delivery.state == rules.WAITING:
        yield _waits(delivery)
    elif delivery.state in {rules.QUEUED, rules.SENDING}:
        yield Step(_("On its way to %s now") % delivery.channel.name)
    elif delivery.state == rules.UNSURE:
        yield Step(_("Looks again"), delivery.due_at)
