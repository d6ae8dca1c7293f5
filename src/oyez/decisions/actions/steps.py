"""Saying who must approve what goes to a channel."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from oyez.channels.models import Channel
from oyez.decisions import events, rules
from oyez.decisions.models import Step
from oyez.decisions.rules import Asked
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act
from oyez.people.models import Person
from oyez.people.rules import DUTIES, ROLES, scope


def set_steps(channel: Channel, steps: Sequence[Asked], *, by: Actor) -> None:
    """From now on these must say yes, one after another; none: nobody besides the author.

    Raises Refusal for a step that asks nobody, or somebody who may not approve. What is being
    reviewed keeps its own steps.
    """
    for step in steps:
        _refuse_empty(step)
        _refuse_who_may_not(step, channel)
    asks = [step.as_json() for step in steps]
    done = act(events.STEPS_SET, on=channel, by=by, steps=len(steps), asks=asks)
    with transaction.atomic(), done:
        _one_at_a_time(channel)
        channel.steps.all().delete()
        for number, step in enumerate(steps, start=1):
            row = Step.objects.create(
                channel=channel, number=number, need=step.need, count=step.count, role=step.role
            )
            row.people.set(Person.objects.filter(pk__in=step.people))


def _one_at_a_time(channel: Channel) -> None:
    """Two at once would both begin with a first step: the later one waits, and counts."""
    Channel.objects.select_for_update(no_key=True).get(pk=channel.pk)


def _refuse_empty(step: Asked) -> None:
    if step.role and step.role not in (*ROLES, *DUTIES):
        raise Refusal(f"There is no role “{step.role}”. There are: {', '.join([*ROLES, *DUTIES])}.")
    if not step.role and not step.people:
        raise Refusal("Say who is asked: name a role or people.")
    if step.need == rules.QUORUM and not 1 <= step.count <= 20:
        raise Refusal("Say how many must agree: a number from 1 to 20.")


def _refuse_who_may_not(step: Asked, channel: Channel) -> None:
    """A yes that could never be given would hold everything up."""
    if step.role in ROLES and not scope(step.role, (), events.APPROVED.name):
        raise Refusal(f"A {step.role} may not approve. Choose another role.")
    named = Person.objects.filter(pk__in=step.people).order_by("name")
    cannot = [person.name for person in named if not person.may(events.APPROVED.name, channel)]
    if cannot:
        names = ", ".join(cannot)
        raise Refusal(
            f"{names} may not approve there. Choose others, or change their role or team first."
        )
