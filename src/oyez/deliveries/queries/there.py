"""What of a message stands on the networks, and can it be changed there?"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.decisions import queries as decisions
from oyez.deliveries import rules
from oyez.deliveries.models import Delivery
from oyez.networks.contract import Deletes, Edits
from oyez.posts.models import Post

# What waits without a doubt has not left: its listener, or the claim, will withhold it.
NEVER_LEFT = Q(state__in=[rules.REFUSED, rules.WITHHELD]) | Q(
    state__in=[rules.WAITING, rules.QUEUED], unsure_at=None
)


def standing(deliveries: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """Those that people can see there."""
    said = deliveries.filter(kind=rules.PUBLISH, state=rules.ARRIVED)
    return said.exclude(Exists(taken_down()))


def left(post: Post) -> QuerySet[Delivery]:
    """What was published of it, or may have been, and was not taken down."""
    said = Delivery.objects.filter(wording__variant__post=post, kind=rules.PUBLISH)
    found = said.exclude(NEVER_LEFT).exclude(Exists(taken_down())).order_by("id")
    return found.select_related("channel", "wording").prefetch_related("changed_by__wording")


def here(post: Post) -> set[int]:
    """The numbers of the wordings of its present version that have not left and still may."""
    present = decisions.approved_wordings(post)
    waits = Q(deliveries__state__in=[rules.WAITING, rules.QUEUED], deliveries__unsure_at=None)
    still = present.filter(waits | Q(deliveries=None))
    return set(still.values_list("pk", flat=True))


def there(post: Post) -> QuerySet[Delivery]:
    """What stands there, part by part."""
    return left(post).filter(state=rules.ARRIVED)


def taken_down() -> QuerySet[Delivery]:
    """For a subquery: what took a delivery’s post down, if anything did."""
    return Delivery.objects.filter(changes=OuterRef("pk"), kind=rules.DELETE, state=rules.ARRIVED)


def may_go(post: Post) -> list[Delivery]:
    """What stands there and is not being taken down."""
    open_ = [rules.WAITING, rules.QUEUED, rules.SENDING, rules.UNSURE, rules.ASKING]
    going = Delivery.objects.filter(changes=OuterRef("pk"), kind=rules.DELETE, state__in=open_)
    return list(there(post).exclude(Exists(going)))


def is_out(post: Post) -> bool:
    """Can people see anything of it?"""
    return there(post).exists()


def is_known(there: Delivery) -> bool:
    """Does the house know which post it is, rather than that somebody saw it?"""
    return not there.remote_id.startswith(rules.SEEN)


def can_correct(channel: Channel) -> bool:
    """Does its network let words be changed where they stand?"""
    return isinstance(channels.network_of(channel), Edits)


def can_take_down(channel: Channel) -> bool:
    return isinstance(channels.network_of(channel), Deletes)
