"""What should be moving and is not?"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from oyez.decisions.models import Decision
from oyez.deliveries import rules
from oyez.deliveries.models import Delivery
from oyez.feeds.models import Item
from oyez.ledger.moment import database_now
from oyez.ledger.queries import has_job
from oyez.posts.models import Post

STUCK_AFTER = timedelta(minutes=1)
SWEPT_FOR = timedelta(days=30)  # longer than any outage


def items_without_a_post() -> QuerySet[Item]:
    released = Item.objects.filter(state=Item.State.RELEASED, released_at__range=_lately())
    return released.filter(~Exists(Post.objects.filter(item=OuterRef("pk"))))


def approved_without_delivery() -> QuerySet[Post]:
    approved = Decision.objects.filter(
        verdict=Decision.Verdict.APPROVED, decided_at__range=_lately()
    )
    unplanned = approved.filter(
        ~Exists(Delivery.objects.filter(wording=OuterRef("wording"))), wording__variant__stays=""
    )
    return Post.objects.filter(
        Q(pair=None) | Exists(_approved_words(OuterRef("pair"))),
        state=Post.State.SUBMITTED,
        variants__wordings__version=F("version"),
        variants__wordings__decisions__in=unplanned,
    ).distinct()


def _approved_words(post: OuterRef) -> QuerySet[Decision]:
    return Decision.objects.filter(verdict=Decision.Verdict.APPROVED, wording__variant__post=post)


def _lately() -> tuple[datetime, datetime]:
    """When a step must have been taken that could be stuck now. What is older was seen to, and is
    too much to be read every minute.
    """
    now = database_now()
    return now - SWEPT_FOR, now - STUCK_AFTER


def queued_without_a_job() -> QuerySet[Delivery]:
    queued = Delivery.objects.filter(
        state=rules.QUEUED, touched_at__lt=database_now() - STUCK_AFTER
    )
    return queued.filter(~has_job("oyez.deliveries.jobs.publish", "delivery_id"))
