"""Drafting a message from a feed's item."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from oyez.channels.models import Channel
from oyez.feeds import rules as feed_rules
from oyez.feeds.models import Feed, Item
from oyez.kit.links import same_page
from oyez.kit.text import visible
from oyez.ledger.actor import Actor, signed
from oyez.ledger.acts import act
from oyez.ledger.moment import database_now
from oyez.posts import events, queries
from oyez.posts.actions.freezing import When, freeze, with_our_own
from oyez.posts.draft import Draft
from oyez.posts.models import Post
from oyez.posts.wording import CANNOT_FIT, IN_FULL, words

NO_CHANNEL = "Its feed has no channel to go to."


def draft_from_item(item: Item, *, by: Actor) -> Post:
    """Turn an item into a message, in each target's words. Twice is once: the item's post is
    returned.
    """
    with transaction.atomic():
        Feed.objects.select_for_update().get(pk=item.feed_id)  # before its items, as a poll does
        rows = Item.objects.select_for_update(of=("self",)).select_related("feed")
        item = rows.get(pk=item.pk)  # rule, words and targets as they stand at one moment
        _one_at_a_time(same_page(item.url))
        known = Post.objects.filter(item=item).first()
        return known or _draft(item, database_now(), by=by)


def _one_at_a_time(link: str) -> None:
    """Two feeds may carry one link at the same instant: the second looks after the first is in."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"link {link}"])


def _draft(item: Item, now: datetime, *, by: Actor) -> Post:
    feed = item.feed
    texts = _texts(item)
    post = Post(item=item, rule=feed.rule_digest, title=item.title, link=item.url)
    post.language, post.made_at, post.by = item.language or feed.language, now, signed(by)
    post.version, post.handed_in_by = 1, _rule(feed)
    post.content = _as_draft(post, texts).as_json()
    post.why = item.barred or ("" if texts else NO_CHANNEL)
    left_out = {c: why for c in texts if (why := post.why or _why_not(c, item, texts[c], now))}
    if feed.trust == Feed.Trust.SUGGEST and len(left_out) < len(texts):
        return _suggest(post, by=by)
    until = feed_rules.news_until(item.arrived_at, feed.settle, item.expires_at)
    late = max(until - now, timedelta(0))
    return freeze(post, texts, by=by, when=When(now, late), left_out=left_out)


def _rule(feed: Feed) -> dict[str, str]:
    """The feed’s rule hands it in, whoever’s hand it was: its standing decision is asked."""
    return {"kind": "feed", "id": str(feed.pk), "name": f"Feed {feed.name}"}


def _as_draft(post: Post, texts: dict[Channel, str]) -> Draft:
    """The same for the desk, where people read and change it."""
    own = {channel.pk: text for channel, text in texts.items() if text}
    return Draft(
        text=next(iter(own.values()), ""),
        to=tuple(channel.pk for channel in texts),
        own_words=own,
        title=post.title[:200],
        link=post.link,
        language=post.language,
    ).tidied()


def _suggest(post: Post, *, by: Actor) -> Post:
    """A draft for somebody to take up: the feed is trusted no further."""
    post.state, post.edited_at, post.handed_in_by = Post.State.DRAFT, post.made_at, {}
    with act(events.STARTED, on=post, by=by):
        post.save()
    return post


def _texts(item: Item) -> dict[Channel, str]:
    """The item in each target's words, and in full on our own page; empty without a target."""
    feed = item.feed
    targets = feed.targets.select_related("channel")
    templates = {target.channel: target.template or feed.template for target in targets}
    everywhere = with_our_own(list(templates)) if templates else []
    return {c: words(item, c, templates.get(c, IN_FULL), feed.name) for c in everywhere}


def _why_not(channel: Channel, item: Item, text: str, now: datetime) -> str:
    if not visible(text):
        return CANNOT_FIT
    if channel.state != Channel.State.ACTIVE:
        return f"The channel is {channel.state}."
    said = queries.said_lately(channel, item.url, now)
    if said and not item.warning:  # an update or its end often has the link of the warning itself
        return f"Merged: message {said.post_id} took this link here within 24 hours."
    return ""
