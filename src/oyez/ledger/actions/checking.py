"""Going through the whole record, and keeping what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from oyez.kit import clock
from oyez.ledger import events
from oyez.ledger.actor import Actor
from oyez.ledger.acts import act, refuse_unless
from oyez.ledger.models import Verification
from oyez.ledger.queries.whole import Verdict, last_verification, verify

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Finder:
    """Whoever looked stands on record for what was found, whatever else they may do."""

    kind: str
    id: int | str
    name: str

    def may(self, event_name: str, on: object) -> bool:
        return event_name == events.BROKEN.name


def check(*, by: Actor, progress: Progress = lambda done, all_: None) -> Verdict:
    """Verify the record and keep the verdict. A break that was not known yet is an event, so that
    administrators are told once. It is for those who may see the record.
    """
    refuse_unless(events.EXPORTED, on=None, by=by)
    return verified(Finder(by.kind, by.id, by.name), progress)


def verified(finder: Finder, progress: Progress) -> Verdict:
    """The same for whoever was let through already."""
    before, verdict = last_verification(), verify(progress=progress)
    kept = Verification(at=clock.now(), position=verdict.links, head=verdict.head)
    if not (broken := verdict.broken):
        kept.save()
        return verdict
    kept.broken_at, kept.what, kept.says = broken.position, broken.what, broken.says
    if before and (before.broken_at, before.what) == (kept.broken_at, kept.what):
        kept.save()
        return verdict
    with act(events.BROKEN, on=kept, by=finder, position=broken.position, what=broken.what):
        kept.save()
    return verdict
