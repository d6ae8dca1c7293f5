"""What needs a person now? The most urgent first: doubt, what asks this very person, silence, then
what did not go out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from oyez.channels import queries as channels
from oyez.deliveries import queries as deliveries
from oyez.deliveries.events import DECIDED_THERE
from oyez.feeds import queries as feeds
from oyez.kit import clock
from oyez.listening import queries as listening
from oyez.web.home import asked_of_you
from oyez.web.messages.states import mark
from oyez.web.parts import Mark, Row
from oyez.web.rights import may, me

if TYPE_CHECKING:
    from oyez.channels.models import Channel
    from oyez.deliveries.models import Delivery
    from oyez.feeds.models import Feed

LATELY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Needs:
    """The first rows, and how many things there are in all."""

    rows: Sequence[Row]
    count: int

    @property
    def more(self) -> bool:
        return self.count > len(self.rows)


def rows(request: HttpRequest, at_most: int) -> Needs:
    """At most so many rows; counted are all, and no more than these are fetched from any table."""
    now, elsewhere = clock.now(), channels.elsewhere(me(request))
    asking = deliveries.asking().exclude(channel__in=elsewhere)
    ailing = channels.needing_attention().exclude(pk__in=elsewhere)
    failing = feeds.failing().exclude(targets__channel__in=elsewhere)
    silent = feeds.silent(now, but=feeds.going_to(elsewhere))
    unsent = deliveries.lately_unsent(now - LATELY).exclude(channel__in=elsewhere)
    parts = [
        _some(list(listening.alarmed()), _shows_a_stranger, at_most),
        _nobody_sends(),
        _some(asking if may(request, DECIDED_THERE) else [], _asks, at_most),
        *(_some(things, row, at_most) for things, row in asked_of_you.kinds(request)),
        _some(ailing, _ails, at_most),
        _some(failing, _fails, at_most),
        _some(silent, _is_silent, at_most),
        _some(unsent, _did_not_go, at_most),
    ]
    found = [row for part in parts for row in part.rows]
    return Needs(found[:at_most], sum(part.count for part in parts))


def _some(things: Any, row: Callable[[Any], Row], at_most: int) -> Needs:
    count = things.count() if isinstance(things, QuerySet) else len(things)
    return Needs([row(thing) for thing in things[:at_most]], count)


def _shows_a_stranger(channel: Channel) -> Row:
    title = _("%s shows something that Oyez did not send") % channel
    why = _("Look, and say whether it was one of us.")
    return Row(title, reverse("takeover:show"), why, Mark(_("Needs you"), "red"), True)


def _nobody_sends() -> Needs:
    if deliveries.worker_lives():
        return Needs([], 0)
    why = _("No worker has been heard of for half a minute. Start Oyez again with: ./run up")
    return Needs([Row(_("Nothing is being sent"), "", why, Mark(_("Not working"), "red"), True)], 1)


def _asks(delivery: Delivery) -> Row:
    title = _("Did “%(words)s” reach %(channel)s?") % _names(delivery)
    return Row(
        title, _page(delivery), delivery.why, mark(delivery.state), True, delivery.settled_at
    )


def _did_not_go(delivery: Delivery) -> Row:
    title = _("“%(words)s” did not go to %(channel)s") % _names(delivery)
    return Row(title, _page(delivery), delivery.why, mark(delivery.state), at=delivery.settled_at)


def _names(delivery: Delivery) -> dict[str, str]:
    return {"words": str(delivery.wording.variant.post), "channel": delivery.channel.name}


def _page(delivery: Delivery) -> str:
    return reverse("messages:show", args=[delivery.wording.variant.post_id])


def _ails(channel: Channel) -> Row:
    signed_out = channel.health == channel.Health.SIGNED_OUT
    title = _("Sign in to %s again") if signed_out else _("%s does not answer")
    href = reverse("channels:list")
    return Row(title % channel.name, href, channel.health_why, health(channel), signed_out)


def health(channel: Channel) -> Mark:
    """The tag of a channel that does not work."""
    if channel.health == channel.Health.SIGNED_OUT:
        return Mark(_("Sign in again"), "red")
    return Mark(_("Not answering"), "orange")


def _fails(feed: Feed) -> Row:
    title = _("The feed %s cannot be read") % feed.name
    state = Mark(_("Failing"), "orange")
    return Row(title, reverse("feeds:show", args=[feed.pk]), feed.problem, state, at=feed.good_at)


def _is_silent(feed: Feed) -> Row:
    title = _("The feed %s has gone quiet") % feed.name
    why = _("It has had nothing new for far longer than usual. Ask its publisher.")
    return Row(title, reverse("feeds:show", args=[feed.pk]), why, Mark(_("Quiet"), "yellow"))
