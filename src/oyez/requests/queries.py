"""What waits at the request desk, and what became of a request?"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from oyez.kit import clock, walltime
from oyez.kit.text import reveal
from oyez.ledger.actor import Refusal
from oyez.partners import queries as partners
from oyez.partners.models import Partner
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


def known(pk: int) -> Request | None:
    return Request.objects.filter(pk=pk).first()


def one(pk: int) -> Request:
    """The request of this number. Raises Refusal."""
    if found := known(pk):
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
    asked, now = asked.tidied(), clock.now()
    found = rules.wrong(asked, lambda text: moment(text, now), now)
    if asked.kind == rules.BOOST and "partner_name" not in found and not _may_be_boosted(asked):
        found["partner_name"] = "Choose an organisation from our register of partners"
    return found


def _may_be_boosted(asked: rules.Asked) -> bool:
    """A partner whose agreement holds; anybody while no register is kept."""
    return partner_of(asked) is not None or not partners.register().exists()


def partner_of(asked: rules.Asked) -> Partner | None:
    """The partner they name, if their agreement holds today."""
    if asked.kind != rules.BOOST:
        return None
    return partners.in_force(partners.today()).filter(name__iexact=asked.partner_name).first()


def moment(deadline: str, now: datetime) -> datetime:
    """The moment meant by a deadline on the wall of this house. Raises NoSuchTime."""
    return walltime.read(rules.with_an_hour(deadline), settings.TIME_ZONE, now)


def title(request: Request) -> str:
    """A short name: how its words begin, with every hidden character written out."""
    if request.kind == rules.BOOST:
        words = _("Boost a message of %s") % reveal(request.partner_name)
    else:
        words = reveal(next((line for line in request.what.splitlines() if line.strip()), ""))
    return str(Truncator(words).chars(90))


def words(request: Request) -> str:
    """What a draft begins with: their words, and the address they name."""
    address = request.boost_url if request.kind == rules.BOOST else request.link
    return "\n\n".join(filter(None, (request.what, address)))
