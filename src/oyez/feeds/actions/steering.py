"""Adding a feed, editing its rule, trusting it, pausing it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import transaction

from oyez.channels.models import Channel
from oyez.channels.queries import teams_of
from oyez.feeds import events, rules
from oyez.feeds.actions.polling import take
from oyez.feeds.models import Feed, Target
from oyez.feeds.reading import Reading, read_address
from oyez.ledger.actor import Actor, Refusal, signed
from oyez.ledger.acts import act, refuse_unless
from oyez.ledger.moment import database_now
from oyez.people.rules import Reaching, was_typed

RULE = ["template", "settle", "flood_cap", "keep_words", "block_words", "third_party"]


def add(
    url: str,
    *,
    to: Sequence[Channel],
    by: Actor,
    name: str = "",
    trust: str = Feed.Trust.WATCH,
    backlog: int = 0,
    template: str = "",
    templates: dict[int, str] | None = None,
    settle: timedelta = rules.SETTLE,
    keep_words: Sequence[str] = (),
    block_words: Sequence[str] = (),
    flood_cap: int = rules.FLOOD_CAP,
    every: timedelta = rules.POLL_EVERY,
    third_party: bool = False,
) -> Feed:
    """Fetch the feed and add it at once; what is in it now is seeded silently but for the newest
    `backlog`.

    `templates` maps channel ids to words of their own; `third_party`: it is somebody else’s.
    Raises Refusal, and adds nothing, when the address gives no feed or the rule makes no sense.
    """
    refuse_unless(events.ADDED, on=Reaching(teams_of(one.pk for one in to)), by=by)
    _refuse_bad_rule(trust, to, [template, *(templates or {}).values()])
    if len(url) > 2000 or len(name) > 200:
        raise Refusal("The address may have 2,000 characters and the name 200. Shorten it.")
    if Feed.objects.filter(url=url).exclude(state=Feed.State.ENDED).exists():
        raise Refusal("This feed is already here. See it with: oyez feeds list")
    reading = read_address(url)
    if not reading.document:
        raise Refusal(reading.problem)
    now = database_now()
    feed = Feed(
        url=url,
        name=(name or reading.document.title or url)[:200],
        template=template or rules.TEMPLATE,
        settle=settle,
        keep_words=list(keep_words),
        block_words=list(block_words),
        flood_cap=flood_cap,
        every=every,
        third_party=third_party,
        added_at=now,
    )
    with act(events.ADDED, on=feed, by=by):
        begin(feed, reading, to, templates or {}, backlog)
        if trust != Feed.Trust.WATCH:
            set_trust(feed, trust, by=by)
    return feed


def begin(
    feed: Feed, reading: Reading, to: Sequence[Channel], templates: dict[int, str], backlog: int = 0
) -> None:
    """Keep the feed as it was first read, but for its newest `backlog` as seen."""
    feed.save()
    set_targets(feed, to, templates)
    take(feed, reading, feed.added_at, seed_but=backlog)


def _refuse_bad_rule(trust: str, to: Sequence[Channel], templates: Iterable[str]) -> None:
    _refuse_trust(trust)
    if trust != Feed.Trust.WATCH and not to:
        raise Refusal("Say where its items go: name at least one channel.")
    for template in templates:
        if template and (wrong := rules.wrong_template(template)):
            raise Refusal(wrong)


def _refuse_trust(trust: str) -> None:
    if trust not in Feed.Trust.values:
        known = ", ".join(Feed.Trust.values)
        raise Refusal(f"There is no trust “{trust}”. Use one of: {known}.")


def set_targets(feed: Feed, to: Sequence[Channel], templates: dict[int, str]) -> None:
    feed.targets.exclude(channel__in=to).delete()
    for channel in to:
        Target.objects.update_or_create(
            feed=feed, channel=channel, defaults={"template": templates.get(channel.pk, "")}
        )


def set_trust(feed: Feed, trust: str, *, read: str = "", by: Actor, edited: bool = False) -> Feed:
    """Say how far the feed is trusted. Automatic is a standing decision by this person on this
    exact rule. `edited` says that it ends because the rule was changed. `read`: the digest of the
    rule as it was read; raises Refusal when it is another by now.
    """
    _refuse_trust(trust)
    with transaction.atomic():
        _refuse_unread(feed, read)
        return _trust(feed, trust, by=by, edited=edited)


def _refuse_unread(feed: Feed, read: str) -> None:
    if read and Feed.objects.select_for_update().get(pk=feed.pk).rule_digest != read:
        raise Refusal("The rule was changed since you read it. Read it again, then decide.")


def _trust(feed: Feed, trust: str, *, by: Actor, edited: bool) -> Feed:
    if trust != Feed.Trust.WATCH and not feed.targets.exists():
        raise Refusal("Say where its items go before it may post by itself.")
    feed.trust, feed.trusted_at = trust, database_now()
    feed.trusted_by = signed(by)
    feed.trusted_rule = feed.rule_digest if trust == Feed.Trust.AUTOMATIC else ""
    feed.confirmed_by = {}
    fields = ["trust", "trusted_at", "trusted_by", "trusted_rule", "confirmed_by"]
    with act(events.TRUSTED, on=feed, by=by, trust=trust, rule=feed.trusted_rule, edited=edited):
        feed.save(update_fields=fields)
    return feed


def confirm_trust(feed: Feed, *, read: str = "", by: Actor) -> Feed:
    """The second person’s yes to a standing decision, where a channel asks for two. `read`: the
    digest of the rule as it was read.

    Raises Refusal when there is none on the rule as it is, when that is not what was read, and for
    whoever took it.
    """
    with transaction.atomic():
        _refuse_unread(feed, read)
        return _confirm(feed, by=by)


def _confirm(feed: Feed, *, by: Actor) -> Feed:
    if not feed.stands_for(feed.rule_digest):
        raise Refusal("There is no standing decision on this feed’s rule as it is now.")
    first = feed.trusted_by
    if first.get("kind") == by.kind and (by.kind != "person" or str(first["id"]) == str(by.id)):
        raise Refusal("You trusted this feed yourself, so somebody else must confirm it.")
    if was_typed(by.name) and was_typed(first.get("name", "")):
        raise Refusal("It was trusted on the command line, so confirm it on its page.")
    feed.confirmed_by = signed(by)
    with act(events.CONFIRMED, on=feed, by=by, rule=feed.trusted_rule):
        feed.save(update_fields=["confirmed_by"])
    return feed


def change(
    feed: Feed,
    *,
    by: Actor,
    to: Sequence[Channel],
    template: str,
    templates: dict[int, str],
    keep_words: Sequence[str],
    block_words: Sequence[str],
    settle: timedelta,
    flood_cap: int,
    third_party: bool,
) -> Feed:
    """Edit the rule. A standing decision held for the old words only, so the feed goes back to
    watch.
    """
    _refuse_bad_rule(Feed.Trust.WATCH, to, [template, *templates.values()])
    refuse_unless(events.CHANGED, on=Reaching(teams_of(one.pk for one in to)), by=by)
    before = feed.rule_digest
    feed.template, feed.settle, feed.flood_cap = template or rules.TEMPLATE, settle, flood_cap
    feed.keep_words, feed.block_words = list(keep_words), list(block_words)
    feed.third_party = third_party
    with act(events.CHANGED, on=feed, by=by, before=before):
        feed.save(update_fields=RULE)
        set_targets(feed, to, templates)
        if feed.trust == Feed.Trust.AUTOMATIC and feed.rule_digest != before:
            set_trust(feed, Feed.Trust.WATCH, by=by, edited=True)
    return feed


def say_whose(feed: Feed, *, third_party: bool, by: Actor) -> Feed:
    """Is it a partner’s or a member’s, or our own? What it says is judged accordingly; the rule,
    and the decision on it, stay as they are.
    """
    feed.third_party = third_party
    with act(events.CHANGED, on=feed, by=by, before=feed.rule_digest, third_party=third_party):
        feed.save(update_fields=["third_party"])
    return feed


def pause(feed: Feed, *, why: str = "", by: Actor) -> Feed:
    """Ask the feed no more and let nothing out; what is settling waits. `why`, where nobody who
    reads its page asked for it, takes the place of what was wrong before.
    """
    feed.state, feed.next_poll_at = Feed.State.PAUSED, None
    if why:
        feed.problem, feed.failures = why, 0
    with act(events.PAUSED, on=feed, by=by, why=why):
        feed.save(update_fields=["state", "next_poll_at", "problem", "failures"])
    return feed


def resume(feed: Feed, *, by: Actor) -> Feed:
    if feed.state == Feed.State.ENDED:
        raise Refusal("Its publisher took this feed down for good. Add its new address instead.")
    feed.state, feed.next_poll_at = Feed.State.ACTIVE, database_now()
    if not feed.failures:
        feed.problem = ""  # it said why it was paused
    with act(events.RESUMED, on=feed, by=by):
        feed.save(update_fields=["state", "next_poll_at", "problem"])
    return feed
