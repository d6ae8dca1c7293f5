"""Is anything stopped, and which sensitive periods hold?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Q, QuerySet

from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.emergency import rules
from oyez.emergency.events import STOPPED
from oyez.emergency.models import CutOff, Period, Stop
from oyez.emergency.rules import BY_RESTORE
from oyez.kit import clock
from oyez.kit.workdays import ENGLAND, NATIONS
from oyez.ledger.actor import Refusal
from oyez.ledger.models import Event
from oyez.partners import queries as partners

KINDS = dict(Period.Kind.choices)
_NOT_CALLED_OFF = Q(ended_at=None) | Q(ended_at__gt=F("begins_at"))


def in_force() -> QuerySet[Stop]:
    return Stop.objects.filter(ended_at=None).select_related("channel").order_by("began_at")


def stop_on(channel: Channel) -> Stop | None:
    """The stop that keeps this channel silent, if there is one."""
    return in_force().filter(Q(channel=None) | Q(channel=channel)).first()


def restored_at() -> datetime | None:
    """When this house was last brought back from a backup; None: it never was. The record knows,
    whose signature nobody else can have: a name could be anybody’s.
    """
    stopped = Event.objects.filter(kind=STOPPED.name, by_kind="console", by_id=BY_RESTORE)
    return stopped.order_by("-at").values_list("at", flat=True).first()


def sending(pk: int | None) -> Stop:
    """The stop in force on the channel of this number, or on all; else the one that could be."""
    channel = channels.one(pk) if pk else None
    return in_force().filter(channel=channel).first() or Stop(channel=channel)


def holds_up(channels: Collection[int]) -> bool:
    """Does a stop keep one of these channels silent?"""
    return in_force().filter(Q(channel=None) | Q(channel__in=channels)).exists()


def last_cut_off(*, drill: bool) -> CutOff | None:
    """The last time it was earnest, or a drill."""
    found = CutOff.objects.filter(drill=drill).select_related("channel")
    return found.order_by("-began_at").first()


def periods_in_force(at: datetime) -> QuerySet[Period]:
    """Those that hold at this moment, wherever."""
    going_on = Q(ended_at=None) | Q(ended_at__gt=at)
    return _periods().filter(going_on, begins_at__lte=at, ends_at__gt=at)


def periods_touching(begin: datetime, end: datetime) -> QuerySet[Period]:
    """Those that hold at any moment from `begin` until before `end`."""
    going_on = Q(ended_at=None) | Q(ended_at__gt=begin)
    return _periods().filter(_NOT_CALLED_OFF, going_on, begins_at__lt=end, ends_at__gt=begin)


def covering(at: datetime, area: str) -> QuerySet[Period]:
    """Those that hold at this moment in this area. Empty on either side means everywhere."""
    found = periods_in_force(at)
    return found.filter(Q(area="") | Q(area__iexact=area)) if area else found


def upcoming() -> QuerySet[Period]:
    """Those to come, the next first."""
    return _periods().filter(ended_at=None, begins_at__gt=clock.now())


def periods_over() -> QuerySet[Period]:
    """Those that hold no more, or never will: ended, closed early, called off."""
    over = Q(ends_at__lte=clock.now()) | Q(ended_at__lte=clock.now())
    return _periods().filter(over).order_by("-ends_at", "-pk")


def recognises_nobody(kind: str) -> bool:
    """Is it a time of voting, while the register that the checks know candidates by is empty?"""
    return kind in rules.WITH_A_POLL and not partners.figures().exists()


def every_period() -> QuerySet[Period]:
    return _periods()


def period(pk: int) -> Period:
    """The period of this number. Raises Refusal."""
    if found := Period.objects.filter(pk=pk).first():
        return found
    raise Refusal(f"There is no period {pk}. See: oyez periods list")


def proposed(kind: str, polling_on: date, nation: str = ENGLAND) -> rules.Dates:
    """The days computed from the polling day, to begin from. Raises Refusal in words."""
    if nation not in NATIONS:
        raise Refusal(f"There is no nation “{nation[:20]}”. Use {', '.join(NATIONS)}.")
    if kind not in rules.WITH_A_POLL:
        raise Refusal("Only a pre-election or referendum period is computed from a polling day.")
    if far := rules.out_of_reach(polling_on, today()):
        raise Refusal(far)
    return rules.proposed(kind, polling_on, nation)


def today() -> date:
    """The day on the wall of the house."""
    return clock.now().astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def _periods() -> QuerySet[Period]:
    return Period.objects.order_by("begins_at", "pk")
