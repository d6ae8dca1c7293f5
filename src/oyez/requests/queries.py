"""What waits at the request desk, and what became of a request?"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import F, QuerySet

from oyez.kit import clock, walltime
from oyez.ledger.actor import Refusal
from oyez.requests import rules
from oyez.requests.models import Request

STATES = Request.State.values
_URGENT_FIRST = (F("deadline_at").asc(nulls_last=True), "made_at", "pk")


def waiting() -> QuerySet[Request]:
    """The new ones, the earliest deadline first."""
    return in_state(Request.State.NEW)


def in_state(*states: str) -> QuerySet[Request]:
    """Those still open by deadline; those that are over by when they were settled, newest first."""
    found = Request.objects.filter(state__in=states)
    if set(states) <= {Request.State.REFUSED, Request.State.DONE}:
        return found.order_by(F("triaged_at").desc(nulls_last=True), "-pk")
    return found.order_by(*_URGENT_FIRST)


def everything() -> QuerySet[Request]:
    return Request.objects.order_by("-made_at", "-pk")


def overdue(now: datetime) -> QuerySet[Request]:
    """Open, and past the deadline."""
    return in_state(Request.State.NEW, Request.State.ACCEPTED).filter(deadline_at__lt=now)


def is_overdue(request: Request, now: datetime) -> bool:
    still = request.state in {Request.State.NEW, Request.State.ACCEPTED}
    return still and request.deadline_at is not None and request.deadline_at < now


def one(pk: int) -> Request:
    """The request of this number. Raises Refusal."""
    if found := Request.objects.filter(pk=pk).first():
        return found
    raise Refusal(f"There is no request {pk}. See: oyez requests list")


def by_code(code: str) -> Request:
    """The request behind this status page. Raises Refusal."""
    found = None if "\x00" in code else Request.objects.filter(code=code).first()
    if found:
        return found
    raise Refusal("There is no request at this address. Check that it is the whole link.")


def wrong(asked: rules.Asked) -> dict[str, str]:
    """What would be refused if it were asked now: a sentence for each field; empty: nothing."""
    now = clock.now()
    return rules.wrong(asked.tidied(), lambda text: moment(text, now), now)


def moment(deadline: str, now: datetime) -> datetime:
    """The moment meant by a deadline on the wall of this house. Raises NoSuchTime."""
    return walltime.read(rules.with_an_hour(deadline), settings.TIME_ZONE, now)


def words(request: Request) -> str:
    """What a draft begins with: their words, and the address they name."""
    address = request.boost_url if request.kind == rules.BOOST else request.link
    return "\n\n".join(filter(None, (request.what, address)))
