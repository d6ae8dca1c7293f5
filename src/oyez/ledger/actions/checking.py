"""Going through the whole record, and keeping what came of it."""

from __future__ import annotations

from collections.abc import Callable

from oyez.kit import clock
from oyez.ledger import events
from oyez.ledger.actor import Actor
from oyez.ledger.acts import act
from oyez.ledger.models import Verification
from oyez.ledger.queries.whole import Verdict, last_verification, verify


def check(*, by: Actor, progress: Callable[[int, int], None] = lambda done, all_: None) -> Verdict:
    """Verify the record and keep the verdict. A break that was not known yet is an event, so that
    administrators are told once.
    """
    before, verdict = last_verification(), verify(progress=progress)
    kept = Verification(at=clock.now(), position=verdict.links, head=verdict.head)
    if not (broken := verdict.broken):
        kept.save()
        return verdict
    kept.broken_at, kept.what, kept.says = broken.position, broken.what, broken.says
    if before and (before.broken_at, before.what) == (kept.broken_at, kept.what):
        kept.save()
        return verdict
    with act(events.BROKEN, on=kept, by=by, position=broken.position, what=broken.what):
        kept.save()
    return verdict
