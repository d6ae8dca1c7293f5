"""Writing a message, and drafting one from a feed's item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.feeds import rules as feed_rules
from oyez.feeds.models import Item
from oyez.kit import clock
from oyez.kit.text import links, newlines, visible
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act
from oyez.networks.contract import Message, Standing
from oyez.networks.fit import fit
from oyez.posts import events, queries, rules
from oyez.posts.models import Post, Variant, Wording
from oyez.posts.wording import CANNOT_FIT, IN_FULL, words

NO_CHANNEL = "Its feed has no channel to go to."


def write(
    text: str, *, to: Sequence[Channel], by: Actor, at: datetime | None = None, language: str = "en"
) -> Post:
    """Hand in a message in the same words for each channel, to go out at `at` (aware) or now.

    Raises Refusal, and keeps nothing, when it says nothing or does not fit somewhere.
    """
    text = newlines(text).strip()
    if not visible(text):
        raise Refusal("The message is empty. Write something people can see.")
    now = clock.now()
    if at and at < now - timedelta(minutes=1):
        raise Refusal("That time has passed. Give a time to come, or none to send now.")
    if at and at > now + rules.FURTHEST:
        raise Refusal("That time is over two years away. Give a nearer one.")
    link = next((span.text for span in links(text)), "")
    message = Message(text=text, made_at=now, link=link, language=language)
    going = _with_our_own(to)
    _refuse_misfits(message, going)
    title = text.splitlines()[0][:200]
    post = Post(title=title, link=link, language=language, made_at=now, by=_who(by))
    return _submit(post, dict.fromkeys(going, text), by=by, at=at or now, late=rules.LATE_AFTER)


def _refuse_misfits(message: Message, to: Sequence[Channel]) -> None:
    for channel in to:
        network = channels.network_of(channel)
        if problems := fit(message, network.limits, network.title):
            raise Refusal(f"{'. '.join(problems)}.")


def _with_our_own(to: Sequence[Channel]) -> list[Channel]:
    """The channels meant, and our own page without being named."""
    if not to:
        raise Refusal("Say where it goes: name at least one channel.")
    going = list(dict.fromkeys(to))
    if rules.lands_on_our_own([channel.standing for channel in going]):
        going += [ours for ours in channels.ours() if ours not in going]
    return going


def draft_from_item(item: Item, *, by: Actor) -> Post:
    """Turn an item into a message, in each target's words. Twice is once: the item's post is
    returned.
    """
    with transaction.atomic():
        rows = Item.objects.select_for_update(of=("self", "feed")).select_related("feed")
        item = rows.get(pk=item.pk)  # rule, words and targets as they stand at one moment
        _one_at_a_time(item.url)
        known = Post.objects.filter(item=item).first()
        return known or _draft(item, clock.now(), by=by)


def _one_at_a_time(link: str) -> None:
    """Two feeds may carry one link at the same instant: the second looks after the first is in."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"link {link}"])


def _draft(item: Item, now: datetime, *, by: Actor) -> Post:
    feed = item.feed
    texts = _texts(item)
    post = Post(item=item, rule=feed.rule_digest, title=item.title, link=item.url)
    post.language, post.made_at, post.by = item.language or feed.language, now, _who(by)
    post.why = item.barred or ("" if texts else NO_CHANNEL)
    left_out = {c: why for c in texts if (why := post.why or _why_not(c, item, texts[c], now))}
    late = max(feed_rules.news_until(item.arrived_at, feed.settle) - now, timedelta(0))
    return _submit(post, texts, by=by, at=now, late=late, left_out=left_out)


def _texts(item: Item) -> dict[Channel, str]:
    """The item in each target's words, and in full on our own page; empty without a target."""
    feed = item.feed
    targets = feed.targets.select_related("channel")
    templates = {target.channel: target.template or feed.template for target in targets}
    everywhere = _with_our_own(list(templates)) if templates else []
    return {c: words(item, c, templates.get(c, IN_FULL), feed.name) for c in everywhere}


def _why_not(channel: Channel, item: Item, text: str, now: datetime) -> str:
    if not visible(text):
        return CANNOT_FIT
    if channel.state != Channel.State.ACTIVE:
        return f"The channel is {channel.state}."
    said = queries.said_lately(channel, item.url, now)
    if said:
        return f"Merged: message {said.post_id} took this link here within 24 hours."
    return ""


def _submit(
    post: Post,
    texts: Mapping[Channel, str],
    *,
    by: Actor,
    at: datetime,
    late: timedelta,
    left_out: Mapping[Channel, str] | None = None,
) -> Post:
    """Freeze the words and hand them in, in one transaction."""
    reasons = left_out or {}
    goes = [channel for channel in texts if channel not in reasons]
    # Our own page alone is no reason to speak: when every named channel is left out, so is it.
    named = [channel for channel in goes if channel.standing is not Standing.OURS]
    post.state = Post.State.SUBMITTED if goes and (named or not reasons) else Post.State.CLOSED
    kind = events.SUBMITTED if post.state == Post.State.SUBMITTED else events.MERGED
    post.why = "" if kind is events.SUBMITTED else next(iter(reasons.values()), post.why)
    with act(kind, on=post, by=by):
        post.save()
        variants = Variant.objects.bulk_create(
            _variant(post, channel, text, reasons.get(channel, post.why))
            for channel, text in texts.items()
        )
        going = (variant for variant in variants if not variant.left_out)
        Wording.objects.bulk_create(_frozen(variant, at, late) for variant in going)
    return post


def _variant(post: Post, channel: Channel, text: str, left_out: str) -> Variant:
    return Variant(
        post=post,
        channel=channel,
        text=text,
        link=post.link,
        left_out=left_out,
        made_at=post.made_at,
    )


def _frozen(variant: Variant, at: datetime, late: timedelta) -> Wording:
    wording = Wording(
        variant=variant,
        channel=variant.channel,
        text=variant.text,
        link=variant.link,
        title=variant.post.title,
        language=variant.post.language,
        wall_time=at.astimezone(ZoneInfo(settings.TIME_ZONE)),
        zone=settings.TIME_ZONE,
        late_after=late,
        made_at=variant.made_at,
    )
    return wording.seal()


def unsay(variants: QuerySet[Variant]) -> None:
    """These were never shown after all, so that their link may be said again."""
    variants.update(unsaid=True)


def _who(by: Actor) -> dict[str, str]:
    return {"kind": by.kind, "id": str(by.id), "name": by.name}
