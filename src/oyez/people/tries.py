"""How often was this tried lately? Counted in the database, by all processes together."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from oyez.ledger.actor import Refusal
from oyez.ledger.moment import database_now
from oyez.people.limits import Limit
from oyez.people.models import Try

log = logging.getLogger(__name__)


class TooMany(Refusal):
    """Nothing was looked at: this door has been tried too often."""

    def __init__(self) -> None:
        super().__init__("There were too many tries. Wait 15 minutes, then try again.")


def spend(limit: Limit, key: str) -> Try:
    """Count a try before it is made, so that many at once are no more than the limit allows. Raises
    TooMany.
    """
    door, now = _digest(limit, key), database_now()
    with transaction.atomic():
        _one_at_a_time(door)
        if Try.objects.filter(door=door, at__gt=now - limit.within).count() >= limit.most:
            log.warning("Too many tries: %s %s", limit.door, door[:12])
            raise TooMany
        return Try.objects.create(door=door, at=now)


def give_back(spent: Iterable[Try]) -> None:
    """It was no guess."""
    Try.objects.filter(pk__in=[one.pk for one in spent]).delete()


@contextmanager
def counted(limit: Limit, key: str) -> Iterator[None]:
    """What is done inside is a try; it costs nothing when it ends well. Raises TooMany."""
    spent = spend(limit, key)
    yield
    give_back([spent])


def _digest(limit: Limit, key: str) -> str:
    """Not the address itself: what somebody typed may be a colleague’s, or a password."""
    said = f"{limit.door}\0{key.casefold()}"
    return salted_hmac("oyez.people.tries", said, algorithm="sha256").hexdigest()


def _one_at_a_time(door: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [door])
