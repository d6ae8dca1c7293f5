"""Having the record verified now, in the background: a million events take some 16 seconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection, transaction
from procrastinate.contrib.django.utils import connector_params

from oyez.kit import clock
from oyez.ledger import events, queries
from oyez.ledger.actions.checking import Finder, Progress, verified
from oyez.ledger.actor import Actor
from oyez.ledger.acts import act
from oyez.ledger.models import Verifying

_LOCK = "select pg_advisory_xact_lock(hashtext('oyez verifying'))"
_TELL = "update ledger_verifying set done = %s, of = %s where id = %s"


def have_verified(*, by: Actor) -> Verifying:
    """Begin, or let go on what somebody else has begun."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_LOCK)
        if under_way := queries.verifying():
            return under_way
        asked = Verifying(asked_at=clock.now())
        with act(events.VERIFICATION_ASKED, on=asked, by=by):
            asked.save()
    return asked


def verify_asked(asked: Verifying, *, by: Finder) -> None:
    """Go through all of it, and tell how far that is. Whoever asked is who finds a break."""
    if asked.ended_at:
        return
    try:
        with _telling(asked) as progress:
            progress(0, queries.mark().position)
            verified(by, progress)
    finally:
        Verifying.objects.filter(pk=asked.pk).update(ended_at=clock.now())


@contextmanager
def _telling(asked: Verifying) -> Iterator[Progress]:
    """Over a line of its own: all is read in one transaction, in which nothing can be written."""
    with psycopg.connect(**connector_params(), autocommit=True) as line:

        def tell(done: int, all_: int) -> None:
            line.execute(_TELL, [done, all_, asked.pk])

        yield tell
