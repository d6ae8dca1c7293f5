"""What is meant to go out when, and what became of what was: one line for each message.

A message stands where it is meant to go out. One that failed or was kept back before its time
stands where that happened: nothing has failed in the future.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from oyez.channels import queries as channels
from oyez.decisions import queries as decisions
from oyez.decisions.models import Decision, Review
from oyez.deliveries import rules
from oyez.deliveries.models import Delivery
from oyez.deliveries.queries.there import taken_down
from oyez.kit import clock
from oyez.kit.walltime import NoSuchTime
from oyez.posts.models import Post, Wording

DRAFT, REVIEW, LATE, HELD, BARRED, COMING = "draft", "review", "late", "held", "barred", "coming"
DOWN = "down"  # it was there, and was taken down
"""States of a message that has no delivery yet, beside those of deliveries."""
_STILL_HERE = (DRAFT, REVIEW, LATE, HELD, COMING, rules.WAITING)
_OPEN = (rules.WAITING, rules.QUEUED, rules.SENDING, rules.UNSURE)
_WORST_FIRST = (rules.ASKING, rules.REFUSED, rules.WITHHELD, *reversed(_OPEN), rules.ARRIVED, DOWN)
_NOT_SENT = (rules.REFUSED, rules.WITHHELD)


@dataclass(frozen=True, slots=True)
class Planned:
    """One message at its time. `feed`: number and name of the feed that it came from."""

    post_id: int
    title: str
    at: datetime
    state: str
    channels: tuple[str, ...]
    feed: tuple[int, str] | None = None

    @property
    def can_move(self) -> bool:
        """Has nothing of it left, so that its time may be another?"""
        return self.feed is None and self.state in (
            DRAFT,
            REVIEW,
            LATE,
            HELD,
            COMING,
            rules.WAITING,
        )


@dataclass(slots=True)
class _Gathered:
    """What is known of one message while it is put together."""

    title: str
    meant: datetime
    feed: tuple[int, str] | None
    names: list[str] = field(default_factory=list)
    sent: list[tuple[str, datetime | None]] = field(default_factory=list)


def between(begin: datetime, end: datetime) -> list[Planned]:
    """Every message from `begin` until before `end`, soonest first; six questions however many."""
    now = clock.now()
    gathered = _gather(_meant(begin, end) | _failed_early(begin, end, now))
    before = before_delivery(gathered)
    found = [_planned(pk, one, before.get(pk, COMING), now) for pk, one in gathered.items()]
    found += _drafts(begin, end)
    return sorted(
        (one for one in found if begin <= one.at < end), key=lambda one: (one.at, one.post_id)
    )


def by_day(begin: datetime, end: datetime) -> Counter[date]:
    """How many messages are meant for each day on the wall, drafts too."""
    day = TruncDate("wall_time", tzinfo=ZoneInfo(settings.TIME_ZONE))
    counted = _meant(begin, end).order_by().annotate(day=day).values("day")
    found = Counter[date](
        {row["day"]: row["n"] for row in counted.annotate(n=Count("variant__post", distinct=True))}
    )
    found.update(_wall_day(draft.at) for draft in _drafts(begin, end))
    return found


def _meant(begin: datetime, end: datetime) -> QuerySet[Wording]:
    return _current().filter(wall_time__gte=begin, wall_time__lt=end)


def _failed_early(begin: datetime, end: datetime, now: datetime) -> QuerySet[Wording]:
    """What was refused or kept back then, ahead of its time."""
    return _current().filter(
        wall_time__gt=now,
        deliveries__state__in=_NOT_SENT,
        deliveries__settled_at__gte=begin,
        deliveries__settled_at__lt=end,
    )


def _current() -> QuerySet[Wording]:
    """The first part of each channel's words: of the version that was handed in, and what is out
    while its author corrects it.
    """
    handed_in = Q(version=F("variant__post__version"), variant__post__state=Post.State.SUBMITTED)
    said = Delivery.objects.filter(wording=OuterRef("pk"), kind=rules.PUBLISH, state=rules.ARRIVED)
    return Wording.objects.filter(handed_in | Q(Exists(said)), part=1)


def _gather(wordings: QuerySet[Wording]) -> dict[int, _Gathered]:
    found: dict[int, _Gathered] = {}
    rows = wordings.order_by("version", "channel_id").values_list(
        "variant__post_id",
        "variant__post__title",
        "wall_time",
        "variant__post__item__feed_id",
        "variant__post__item__feed__name",
        "channel__name",
    )
    for pk, title, meant, feed_id, feed, channel in rows:
        came_from = (feed_id, feed) if feed_id else None
        one = found.setdefault(pk, _Gathered(title, meant, came_from))
        if channel not in one.names:
            one.names.append(channel)
    current = Q(wording__version=F("wording__variant__post__version"))
    said = Q(kind=rules.PUBLISH, state=rules.ARRIVED)
    sent = Delivery.objects.filter(current | said, wording__variant__post__in=found)
    done = Q(kind=rules.EDIT, state=rules.ARRIVED)  # told by what it changed
    told = sent.exclude(done | Q(kind=rules.DELETE)).annotate(gone=Exists(taken_down()))
    for pk, state, settled, gone in told.values_list(
        "wording__variant__post", "state", "settled_at", "gone"
    ):
        found[pk].sent.append((DOWN if gone else state, settled))
    return found


def before_delivery(posts: Collection[int]) -> dict[int, str]:
    """Why a message has no delivery yet, or none that may go: the weightiest reason."""
    reviews = Review.objects.filter(
        post__in=posts, version=F("post__version"), state__in=[Review.State.OPEN, Review.State.LATE]
    )
    found = {pk: LATE if state == Review.State.LATE else REVIEW
             for pk, state in reviews.values_list("post", "state")}  # fmt: skip
    barred = Decision.objects.filter(
        verdict=Decision.Verdict.HELD,
        wording__variant__post__in=posts,
        wording__version=F("wording__variant__post__version"),
    )
    found |= dict.fromkeys(barred.values_list("wording__variant__post", flat=True), BARRED)
    return found | dict.fromkeys(decisions.on_hold(posts), HELD)


def _planned(pk: int, one: _Gathered, before: str, now: datetime) -> Planned:
    state, at = before, one.meant
    sent = one.sent
    if one.meant > now and any(state in _OPEN for state, _ in sent):
        sent = [(state, settled) for state, settled in sent if state in _OPEN]
    if sent and not (before == HELD and all(state in _OPEN for state, _ in sent)):
        state = min((state for state, _ in sent), key=_WORST_FIRST.index)
    if state in _NOT_SENT and at > now:
        at = max(settled or now for _, settled in sent)
    return Planned(pk, one.title, at, state, tuple(one.names), one.feed)


def _drafts(begin: datetime, end: datetime) -> Iterator[Planned]:
    """Drafts that have a time. One whose time the clocks skip is left to its own page."""
    dated = Post.objects.filter(state=Post.State.DRAFT, content__has_key="wall")
    names: dict[int, str] | None = None
    for post in dated.order_by("pk"):
        draft = post.draft
        at = _moment(post)
        if at is None or not begin <= at < end:
            continue
        if names is None:
            names = {channel.pk: channel.name for channel in channels.linked()}
        known = tuple(names[pk] for pk in draft.to if pk in names)
        yield Planned(post.pk, str(post), at, DRAFT, known)


def _moment(post: Post) -> datetime | None:
    try:
        return post.draft.goes_at()
    except (NoSuchTime, ValueError):
        return None


def _wall_day(at: datetime) -> date:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def lines(found: Iterable[Planned]) -> tuple[list[Planned], dict[tuple[int, str], list[Planned]]]:
    """What people plan, one by one; and what feeds bring, together for each feed."""
    single: list[Planned] = []
    fed: dict[tuple[int, str], list[Planned]] = {}
    for one in found:
        if one.feed:
            fed.setdefault(one.feed, []).append(one)
        else:
            single.append(one)
    return single, fed
