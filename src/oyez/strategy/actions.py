"""Add, change and close a campaign."""

from __future__ import annotations

from dataclasses import asdict, replace

from django.db import IntegrityError, transaction

from oyez.kit import clock
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act
from oyez.strategy import events, queries, rules
from oyez.strategy.models import Campaign


def add_campaign(said: rules.Said, *, by: Actor) -> Campaign:
    """Keep a campaign, whole or not yet: what is missing shows until it is said.

    Raises Refusal when it has no name, its days cannot be, or its tag is another campaign’s.
    """
    new = Campaign(made_at=clock.now())
    _write(new, said)
    try:
        with act(events.CAMPAIGN_ADDED, on=new, by=by):
            new.save()
    except IntegrityError:
        raise _taken(new) from None
    return new


def change_campaign(campaign: Campaign, *, by: Actor, **new: object) -> Campaign:
    """Say parts of it anew, by the names of `rules.Said`; the record keeps which."""
    with transaction.atomic():
        held = Campaign.objects.select_for_update().get(pk=campaign.pk)
        before = held.said
        _write(held, replace(before, **new))  # type: ignore[arg-type]
        changed = sorted(name for name in new if getattr(before, name) != getattr(held, name))
        if changed:
            try:
                with act(events.CAMPAIGN_CHANGED, on=held, by=by, changed=changed):
                    held.save()
            except IntegrityError:
                raise _taken(held) from None
    return held


def close_campaign(campaign: Campaign, *, by: Actor) -> Campaign:
    """No new message belongs to it; those that went out stay on record."""
    with transaction.atomic():
        held = Campaign.objects.select_for_update().get(pk=campaign.pk)
        if held.closed_at:
            raise Refusal(f"“{held}” is closed already.")
        held.closed_at = clock.now()
        with act(events.CAMPAIGN_CLOSED, on=held, by=by):
            held.save(update_fields=["closed_at"])
    return held


def _write(campaign: Campaign, said: rules.Said) -> None:
    words = {name: getattr(said, name).strip() for name in rules.LONGEST}
    said = replace(said, **words)
    if problem := rules.wrong(said, queries.today()):
        raise Refusal(problem)
    for name, value in {**asdict(said), "tag": rules.tag_of(said)}.items():
        setattr(campaign, name, value)


def _taken(campaign: Campaign) -> Refusal:
    return Refusal(f"The tag {campaign.tag} is another campaign’s. Give a tag of its own.")
