"""Plain functions that make things: `a_channel()`, `a_post(text=…)`."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from oyez.channels import actions as channels
from oyez.channels.models import Channel
from oyez.deliveries.models import Delivery
from oyez.emergency import actions as emergency
from oyez.emergency.models import Period
from oyez.emergency.rules import PRE_ELECTION, Said
from oyez.feeds.models import Feed, Item, Target
from oyez.kit import clock
from oyez.ledger.actor import Actor
from oyez.networks.contract import NetworkClass
from oyez.people.rules import console
from oyez.posts import actions as posts
from oyez.posts.models import Post
from oyez.requests import actions as requests
from oyez.requests.models import Request
from oyez.requests.rules import Asked
from tests.fakes.networks import Findable

BY = console("tester")


def a_channel(network: NetworkClass = Findable, *, name: str = "") -> Channel:
    answers = {"secret": "s3cret", "handle": name or network.title}
    return channels.link(network.name, answers, name=name, by=BY)


def a_post(
    text: str = "The bridge is open again.",
    *,
    to: list[Channel] | None = None,
    at: datetime | None = None,
) -> Post:
    """A post handed in; run_jobs() takes it on."""
    return posts.write(text, to=to or [a_channel()], by=BY, at=at)


def the_delivery(channel: Channel | None = None) -> Delivery:
    found = Delivery.objects.select_related("channel", "wording")
    return found.get(channel=channel) if channel else found.get()


def decided(at: datetime) -> None:
    """As if everything had been decided then: what no house can do to its own record."""
    with connection.cursor() as cursor:
        cursor.execute("alter table decisions_decision disable trigger decisions_stay")
        cursor.execute("update decisions_decision set decided_at = %s", [at])
        cursor.execute("alter table decisions_decision enable trigger decisions_stay")


def a_pre_election() -> Period:
    """A time of voting that has begun: polling is in three weeks."""
    today = clock.now().date()
    begins, polling = today - timedelta(days=1), today + timedelta(days=20)
    said = Said(PRE_ELECTION, "County election", begins_on=begins, polling_on=polling)
    return emergency.open_period(said, by=BY)


def a_feed(*, to: list[Channel], **fields: object) -> Feed:
    """An automatic feed with a standing decision, without asking any address."""
    usual = {
        "url": "https://council.example/news.xml",
        "name": "Council news",
        "added_at": clock.now(),
        "next_poll_at": clock.now() + timedelta(hours=1),
    }
    feed = Feed.objects.create(**{**usual, **fields})
    for channel in to:
        Target.objects.create(feed=feed, channel=channel)
    feed.trust, feed.trusted_rule = Feed.Trust.AUTOMATIC, feed.rule_digest
    feed.trusted_by = {"kind": "console", "id": "console:tester", "name": "console:tester"}
    feed.save()
    return feed


def an_item(
    feed: Feed, *, title: str = "Road closed", url: str = "https://council.example/1"
) -> Item:
    """An item that is ready to go out now."""
    now = clock.now()
    return Item.objects.create(
        feed=feed,
        identity=f"{title} {url}",
        title=title,
        url=url,
        summary="Until further notice.",
        fingerprint="x",
        state=Item.State.SETTLING,
        arrived_at=now,
        ready_at=now,
    )


def a_worker_lives() -> None:
    """The house has heard of a worker just now."""
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now())")


def asked(**fields: str) -> Asked:
    """What somebody wrote on the request form."""
    usual = {
        "kind": "say",
        "from_name": "Ada Parks",
        "from_email": "ada@parks.example",
        "what": "The pond in Mill Park is fenced off.",
        "purpose": "Children must not climb in.",
    }
    return Asked(**{**usual, **fields})


def a_request(*, by: Actor = BY, **fields: str) -> Request:
    return requests.ask(asked(**fields), by=by)
