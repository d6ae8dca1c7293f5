"""What would the checks have said at other levels: of all that was handed in, or of one text?

Nothing is changed. A message is looked at as if it were handed in again at its time, by what the
house knows today: periods, registers, facts. What is not kept with the words cannot be tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from django.db.models import Exists, F, OuterRef, QuerySet

from oyez.channels.models import Channel
from oyez.decisions.queries.knowing import Known, known_between, known_now
from oyez.decisions.queries.looking import goes_at, message, messages, place_of
from oyez.ledger.actor import Refusal
from oyez.people.models import Person
from oyez.policy import contract as policy
from oyez.policy import queries as house
from oyez.policy import registry, running
from oyez.policy.contract import Finding, Level
from oyez.posts import queries as posts
from oyez.posts.draft import Draft
from oyez.posts.models import Post, Wording
from oyez.posts.rules import FURTHEST

AT_A_TIME = 200
MOST = 100_000
NOT_KEPT: Mapping[str, str] = {
    "SE-1": "who might publish then",
    "SE-2": "who had said yes",
    "SE-3": "what had been approved",
    "SE-7": "how the channel stood",
    "CO-2": "what had just been said there",
    "CO-3": "how the feed behaved then",
    "PR-3": "the case that was answered",
    "RE-2": "what was deleted",
}
"""Checks whose ground is not kept with the words: on the past they would always be silent."""


@dataclass(frozen=True, slots=True)
class Caught:
    """A message on which the check speaks: as things stand, and at the level tried."""

    wording: Wording
    before: Sequence[Finding]
    after: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class DryRun:
    """Of so many messages `looked` at, those on which the check speaks, the newest first.

    A message counts once, however many channels it went to.
    """

    looked: int
    caught: Sequence[Caught]

    @property
    def spoken(self) -> int:
        """Messages on which it would have said anything at the level tried."""
        return len({one.wording.variant.post_id for one in self.caught if one.after})

    @property
    def held(self) -> int:
        """Messages that could not have gone without somebody’s yes at the level tried."""
        return len({one.wording.variant.post_id for one in self.caught if _holds(one.after)})

    @property
    def held_now(self) -> int:
        """The same as things stand."""
        return len({one.wording.variant.post_id for one in self.caught if _holds(one.before)})


@dataclass(frozen=True, slots=True)
class Replayed:
    """What all checks say for one channel, as things stand and with the changes tried."""

    before: Sequence[Finding]
    after: Sequence[Finding]


def dry_run(check: str, level: str, last: int = 500) -> DryRun:
    """Try a check at a level (as for policy’s change_level) on the last messages handed in.

    Raises Refusal for a check that is only planned, or that cannot be tried on the past.
    """
    levels = house.levels_if({check: level})
    found = registry.by_id(check.strip().upper())
    assert found  # levels_if refused any other
    if why := NOT_KEPT.get(found.id):
        raise Refusal(f"{found.id} cannot be tried on the past: it is not kept {why}.")
    looked, caught = set[int](), []
    for wording, said, known in _history(min(max(last, 1), MOST)):
        looked.add(wording.variant.post_id)
        before = running.run(said, known.context, known.levels, [found])
        after = running.run(said, known.context, levels, [found])
        if before or after:
            caught.append(Caught(wording, before, after))
    return DryRun(len(looked), caught)


def replay_text(
    draft: Draft,
    texts: Mapping[Channel, str],
    changes: Mapping[str, str],
    author: Mapping[str, str],
) -> dict[Channel, Replayed]:
    """What the checks would say of these texts now, as things stand and with the changes."""
    said, levels = messages(draft, texts, author), house.levels_if(changes)
    known = known_now(goes_at(draft), said.values())
    return {channel: _replayed(one, known, levels) for channel, one in said.items()}


def replay(post: Post, changes: Mapping[str, str]) -> dict[Channel, Replayed]:
    """The same of a message as it was handed in, at its time. Raises Refusal for a draft."""
    levels = house.levels_if(changes)
    found = list(_looked_back([post]))
    if not found:
        raise Refusal("This message has not been handed in. Paste its words instead.")
    return {wording.channel: _replayed(said, known, levels) for wording, said, known in found}


def _replayed(said: policy.MessageOut, known: Known, levels: running.Levels) -> Replayed:
    tried = [check for check in registry.CHECKS if check.id not in NOT_KEPT]
    return Replayed(
        running.run(said, known.context, known.levels, tried),
        running.run(said, known.context, levels, tried),
    )


def _holds(found: Sequence[Finding]) -> bool:
    return (running.verdict(found) or Level.INFO) >= Level.HOLD


def _history(last: int) -> Iterator[tuple[Wording, policy.MessageOut, Known]]:
    """The last messages handed in, the newest first, as the checks look at them."""
    numbers = list(_handed_in().values_list("pk", flat=True)[:last])
    for begin in range(0, len(numbers), AT_A_TIME):
        some = posts.posts().filter(pk__in=numbers[begin : begin + AT_A_TIME])
        yield from _looked_back(some.select_related("pair"))


def _handed_in() -> QuerySet[Post]:
    words = Wording.objects.filter(variant__post=OuterRef("pk"), version=OuterRef("version"))
    return posts.posts().filter(Exists(words), state=Post.State.SUBMITTED)


def _looked_back(
    given: QuerySet[Post] | Sequence[Post],
) -> Iterator[tuple[Wording, policy.MessageOut, Known]]:
    by_number = {post.pk: post for post in given}
    words = Wording.objects.filter(variant__post__in=by_number, part=1).select_related(
        "channel", "variant"
    )
    current = words.filter(
        version=F("variant__post__version"), variant__post__state=Post.State.SUBMITTED
    )
    found = list(current.order_by("-variant__post_id", "channel_id", "id"))
    if not found:
        return
    moments = [wording.made_at for wording in found]
    known, place = known_between(min(moments), max(moments) + FURTHEST), cache(place_of)
    for wording in found:
        wording.variant.post = post = by_number[wording.variant.post_id]
        said = _as_said(post, wording, place(wording.channel))
        yield wording, said, known(wording.made_at, said.goes_at)


def _as_said(post: Post, wording: Wording, place: policy.Place) -> policy.MessageOut:
    author = post.handed_in_by or post.by
    writer = policy.Writer(author.get("name", ""), person=author.get("kind") == Person.kind)
    draft = post.draft if post.content else posts.as_handed_in(post)
    said = message(draft.without_time(), place, writer, post)
    meant = wording.goes_at if wording.wall else None
    return replace(said, text=wording.variant.text, goes_at=meant)
