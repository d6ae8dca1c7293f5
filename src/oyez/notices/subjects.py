"""What is an event about? Its words for a sentence, its page, and the message behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from oyez.channels.models import Channel
from oyez.deliveries.models import Delivery
from oyez.emergency.models import Stop
from oyez.feeds.models import Feed
from oyez.kit.text import quotable
from oyez.ledger.models import Event, Verification
from oyez.listening.models import Stray
from oyez.people.models import Person
from oyez.posts.models import Post
from oyez.requests import queries as requests
from oyez.requests.models import Request

LONGEST_NAME = 90


@dataclass(frozen=True, slots=True)
class Subject:
    """`page` is the name of a page, `pk` the number it takes, if it takes one."""

    what: str
    page: str
    pk: int | None = None
    channel: str = ""
    why: str = ""
    post: Post | None = None
    by: Mapping[str, Any] = field(default_factory=dict)  # who brought it: kind, id and name
    on: object = None  # the thing itself, for whose teams may act on it


def subject(event: Event) -> Subject | None:
    """None when the thing is gone, so that there is nothing to tell any more."""
    find = SUBJECTS.get(event.on_kind)
    return find(int(event.on_id)) if find else None


def _delivery(pk: int) -> Subject | None:
    found = Delivery.objects.select_related("channel", "wording__variant__post").filter(pk=pk)
    if not (delivery := found.first()):
        return None
    post = delivery.wording.variant.post
    to, why = delivery.channel.name, delivery.why
    return Subject(_name(post), "messages:show", post.pk, to, why, post, post.by, delivery)


def _channel(pk: int) -> Subject | None:
    channel = Channel.objects.filter(pk=pk).first()
    if not channel:
        return None
    name, why = channel.name, channel.health_why
    return Subject(name, "channels:show", channel.pk, name, why, on=channel)


def _feed(pk: int) -> Subject | None:
    feed = Feed.objects.filter(pk=pk).first()
    return Subject(feed.name, "feeds:show", pk, why=feed.problem, on=feed) if feed else None


def _stop(pk: int) -> Subject | None:
    stop = Stop.objects.select_related("channel").filter(pk=pk).first()
    if not stop:
        return None
    what = _("sending by %s") % stop.channel if stop.channel else _("all sending")
    return Subject(what, "stop:show", why=stop.why, on=stop)


def _stray(pk: int) -> Subject | None:
    stray = Stray.objects.select_related("channel").filter(pk=pk).first()
    if not stray:
        return None
    name = stray.channel.name
    return Subject(_shortened(stray.words or stray.url), "takeover:show", channel=name)


def _post(pk: int) -> Subject | None:
    post = Post.objects.filter(pk=pk).first()
    if not post:
        return None
    return Subject(
        _name(post), "messages:show", post.pk, why=post.why, post=post, by=post.by, on=post
    )


def _request(pk: int) -> Subject | None:
    asked = Request.objects.filter(pk=pk).first()
    if not asked:
        return None
    return Subject(requests.title(asked), "requests:show", pk, why=asked.why, by=asked.by)


def _verification(pk: int) -> Subject | None:
    found = Verification.objects.filter(pk=pk).first()
    return Subject(_("the record"), "audit:list", why=found.says) if found else None


def _person(pk: int) -> Subject | None:
    found = Person.objects.filter(pk=pk).first()
    return Subject(found.name, "people:list", on=found) if found else None


def _name(post: Post) -> str:
    return quotable(_shortened(str(post)))


def _shortened(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


SUBJECTS: Mapping[str, Callable[[int], Subject | None]] = {
    Delivery._meta.label_lower: _delivery,
    Channel._meta.label_lower: _channel,
    Feed._meta.label_lower: _feed,
    Stop._meta.label_lower: _stop,
    Stray._meta.label_lower: _stray,
    Post._meta.label_lower: _post,
    Request._meta.label_lower: _request,
    Verification._meta.label_lower: _verification,
    Person._meta.label_lower: _person,
}
