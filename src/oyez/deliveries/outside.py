"""What may whoever asked for a message know of it?

A message that is not out is a state and, where one is set, its time: no words, no names, no
reasons. Practice is nobody's business outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from oyez.deliveries import queries, rules
from oyez.deliveries.models import Delivery
from oyez.deliveries.planned import BARRED, HELD, LATE, REVIEW, before_delivery
from oyez.ledger.moment import database_now
from oyez.networks.contract import Standing
from oyez.posts import queries as posts
from oyez.posts.models import Post, Variant
from oyez.requests import rules as requests
from oyez.requests.models import Request

WRITING, APPROVAL, PLANNED, GOING = "writing", "approval", "planned", "going"
UNSENT, OUT, DOWN = "unsent", "out", "down"
_LEAVING = {rules.QUEUED, rules.SENDING, rules.UNSURE, rules.ASKING}
_MAY_KNOW: Mapping[str, frozenset[str]] = {
    requests.NEW: frozenset({OUT, DOWN}),
    requests.ACCEPTED: frozenset({WRITING, APPROVAL, PLANNED, GOING, UNSENT, OUT, DOWN}),
    requests.REFUSED: frozenset({OUT, DOWN}),
    requests.DONE: frozenset({APPROVAL, PLANNED, GOING, OUT, DOWN}),
}
"""Before we have said yes, and after a no, what we may be writing all the same is our own affair;
what is done leaves drafts behind that nobody waits for.
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where everybody can read it, or could until it was taken down. Named as the public knows it:
    what a channel is called here is ours, and a single person's profile is not named at all.
    """

    network: str
    handle: str
    url: str  # empty: it is gone, or only known to be there
    at: datetime
    corrected_at: datetime | None
    taken_down_at: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """One message. `at`: when it is planned for, or went out, or was taken down. `begins`: how the
    words begin that can be read out there.
    """

    post_id: int
    state: str
    at: datetime | None = None
    begins: str = ""
    places: tuple[Place, ...] = ()


def became_of(asked: Request) -> list[Told]:
    """The messages made from a request, as far as whoever asked may know, the latest first: as
    few questions of many as of one.
    """
    made = list(posts.made_of(asked))
    sent, meant = _sent(made), _meant(made)
    before = before_delivery([pk for post in made for pk in (post.pk, post.pair_id) if pk])
    told = (_told(post, sent.get(post.pk, []), post.pk in meant, before) for post in made)
    shown = [one for one in told if one and one.state in _MAY_KNOW[asked.state]]
    return sorted(shown, key=_latest, reverse=True)


def _latest(told: Told) -> tuple[bool, float, int]:
    """What is still to come stands before what was."""
    at = told.at.timestamp() if told.at else 0
    return told.state not in {OUT, DOWN}, at, told.post_id


def _sent(made: Sequence[Post]) -> dict[int, list[Delivery]]:
    """What was or will be said of each outside the house."""
    found: dict[int, list[Delivery]] = {}
    said = queries.deliveries().filter(wording__variant__post__in=made, kind=rules.PUBLISH)
    for one in said.prefetch_related("changed_by__wording"):
        if one.channel.standing is not Standing.PRETEND:
            found.setdefault(one.wording.variant.post_id, []).append(one)
    return found


def _meant(made: Sequence[Post]) -> set[int]:
    """Those whose words are meant to go out, for more than practice."""
    goes = Variant.objects.filter(post__in=made, left_out="", stays="")
    variants = goes.select_related("channel")
    return {one.post_id for one in variants if one.channel.standing is not Standing.PRETEND}


def _told(
    post: Post, sent: Sequence[Delivery], meant: bool, before: Mapping[int, str]
) -> Told | None:
    places = tuple(_places(sent))
    if stand := [one for one in places if not one.taken_down_at]:
        return Told(post.pk, OUT, stand[0].at, _begins(sent), places)
    state, at = _to_come(post, sent, meant, before)
    if places and not _comes_again(state, before.get(post.pk)):
        gone = max(one.taken_down_at for one in places if one.taken_down_at)
        return Told(post.pk, DOWN, gone, places=places)
    return Told(post.pk, state, at, places=places) if state else None


def _comes_again(state: str, before: str | None) -> bool:
    """Will it be said elsewhere? Newer words that only replaced what is gone now will not."""
    return state in {PLANNED, GOING} or (state == APPROVAL and before in {REVIEW, LATE, HELD})


def _to_come(
    post: Post, sent: Sequence[Delivery], meant: bool, before: Mapping[int, str]
) -> tuple[str, datetime | None]:
    """What stands before it, and when it is planned for. What keeps it back is not said: somebody
    has to say yes to it.
    """
    if post.is_draft:
        return WRITING, None
    if post.state != Post.State.SUBMITTED or not (meant or sent):
        return "", None
    current = [one for one in sent if one.wording.version == post.version]
    if any(one.state in _LEAVING for one in current):
        return GOING, None
    waiting = [one.wording.goes_at for one in current if one.state == rules.WAITING]
    if waiting and HELD not in {before.get(post.pk), before.get(post.pair_id or 0)}:
        return (PLANNED, min(waiting)) if min(waiting) > database_now() else (GOING, None)
    over = not meant or before.get(post.pk) == BARRED or (current and not waiting)
    return UNSENT if over else APPROVAL, None


def _places(sent: Iterable[Delivery]) -> Iterator[Place]:
    """One for each channel, what came there last first."""
    by_channel: dict[int, list[Delivery]] = {}
    for one in sent:
        if one.state == rules.ARRIVED:
            by_channel.setdefault(one.channel_id, []).append(one)
    found = [_place(parts) for parts in by_channel.values()]
    yield from sorted(found, key=lambda place: place.at, reverse=True)


def _place(parts: Sequence[Delivery]) -> Place:
    """Where a thread begins; what stands rather than what was taken down before."""
    first = _first(parts)
    corrected = [one.corrected_at for one in parts if one.stands and one.corrected_at]
    return Place(
        network=first.channel.network_class.title,
        handle="" if first.channel.personal else first.channel.handle,
        url=rules.followable(first.url) if first.stands else "",
        at=first.sent_at or first.settled_at or first.planned_at,
        corrected_at=max(corrected, default=None),
        taken_down_at=first.taken_down_at,
    )


def _first(parts: Iterable[Delivery]) -> Delivery:
    return max(parts, key=lambda one: (one.stands, -one.wording.part, one.pk))


def _begins(sent: Iterable[Delivery]) -> str:
    return _first(one for one in sent if one.stands).words_there.headline
