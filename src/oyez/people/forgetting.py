"""What about coming in need nobody keep? The record says what happened."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session

from oyez.kit import clock
from oyez.people.models import FormerAddress, SignInLink, Sitting, Try

A_DAY = timedelta(days=1)
A_MONTH = timedelta(days=30)


def forget() -> None:
    """Tries that count no longer, sessions that are over, links long past their time, and former
    addresses.
    """
    now = clock.now()
    Try.objects.filter(at__lt=now - A_DAY).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    Sitting.objects.exclude(key__in=Session.objects.values("session_key")).delete()
    FormerAddress.objects.filter(until__lt=now - A_MONTH).delete()
    SignInLink.objects.filter(expires_at__lt=now - A_MONTH).delete()
