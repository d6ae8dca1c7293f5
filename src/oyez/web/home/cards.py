"""What else is on the first page? What goes out, what went, and how channels and feeds are."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oyez.channels import queries as channels
from oyez.deliveries import queries as deliveries
from oyez.feeds import queries as feeds
from oyez.kit import clock
from oyez.web.home.needs_you import health
from oyez.web.parts import Row

if TYPE_CHECKING:
    from oyez.deliveries.models import Delivery

log = logging.getLogger(__name__)
Asks = ParamSpec("Asks")
Answer = TypeVar("Answer")

SHOWN = 5
READ = 60  # deliveries looked through for the messages that are shown


@dataclass(frozen=True, slots=True)
class Part(Generic[Answer]):
    """A part of the page, or the news that it cannot be had now."""

    value: Answer | None = None
    failed: bool = False


def part(
    name: str, ask: Callable[Asks, Answer], *given: Asks.args, **named: Asks.kwargs
) -> Part[Answer]:
    """Ask for one part; its failure is in the log and on its card, and nowhere else."""
    try:
        return Part(ask(*given, **named))
    except Exception:  # whatever is wrong with one card, the others still help
        log.exception("The part %s of the first page could not be had.", name)
        return Part(failed=True)


def sentence(parts: Mapping[str, Any]) -> str:
    """ "Nothing needs you. 3 messages go out today." """
    if parts["needs"].failed or parts["today"].failed:
        return _("Part of this page could not be loaded.")
    return f"{_needing(parts['needs'].value.count)} {_going(parts['today'].value)}"


def _needing(count: int) -> str:
    if not count:
        return _("Nothing needs you.")
    return ngettext("%d thing needs you.", "%d things need you.", count) % count


def _going(count: int) -> str:
    if not count:
        return _("No message goes out today.")
    return ngettext("%d message goes out today.", "%d messages go out today.", count) % count


def going_out_today() -> int:
    """Messages still to go before midnight here."""
    midnight = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    return deliveries.messages_going_out_before(midnight + timedelta(days=1))


def going_out_next() -> list[Row]:
    return _messages(deliveries.going_next()[:READ], lambda delivery: delivery.due_at)


def published_lately() -> list[Row]:
    found = deliveries.lately_published()[:READ]
    return _messages(found, lambda delivery: delivery.settled_at)


def _messages(
    found: Iterable[Delivery], moment: Callable[[Delivery], datetime | None]
) -> list[Row]:
    """One row a message, with the channels it goes to."""
    by_post: dict[int, list[Delivery]] = {}
    for delivery in found:
        by_post.setdefault(delivery.wording.variant.post_id, []).append(delivery)
    return [_message(group, moment(group[0])) for group in islice(by_post.values(), SHOWN)]


def _message(group: list[Delivery], at: datetime | None) -> Row:
    post = group[0].wording.variant.post
    names = ", ".join(dict.fromkeys(delivery.channel.name for delivery in group))
    return Row(str(post), reverse("messages:show", args=[post.pk]), names, at=at)


@dataclass(frozen=True, slots=True)
class Health:
    """How many there are, how many are well, and the ones that are not."""

    count: int
    well: int
    words: str
    rows: list[Row] = field(default_factory=list)


def channels_card() -> Health:
    count, ailing = channels.linked().count(), list(channels.needing_attention())
    words = _("All channels work.") if not ailing else _("channels work. The others:")
    rows = [Row(channel.name, reverse("channels:list"), mark=health(channel)) for channel in ailing]
    return Health(count, count - len(ailing), words, rows)


def feeds_card() -> Health:
    count, failing = feeds.feeds().count(), list(feeds.failing())
    words = _("All feeds can be read.") if not failing else _("feeds can be read. The others:")
    rows = [Row(feed.name, reverse("feeds:show", args=[feed.pk]), feed.problem) for feed in failing]
    return Health(count, count - len(failing), words, rows)
