"""How does a whole message stand? Draft or handed in, who is asked, its versions, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from oyez.decisions import events as decisions_events
from oyez.decisions import queries as decisions
from oyez.deliveries import events as delivered
from oyez.deliveries import queries as deliveries
from oyez.ledger import queries as ledger
from oyez.ledger.events import saying
from oyez.posts import events, queries
from oyez.web.differing import between
from oyez.web.messages import listing
from oyez.web.parts import Changed, Mark, Step
from oyez.web.previews import of_draft
from oyez.web.rights import me
from oyez.web.who import called
from oyez.web.write.merging import label

if TYPE_CHECKING:
    from django.http import HttpRequest

    from oyez.decisions.models import Hold
    from oyez.ledger.models import Event
    from oyez.posts.models import Post, Version

VERSIONS = 20
"""How many of the latest versions the page compares."""

GOOD = {decisions_events.APPROVED.name, decisions_events.RELEASED.name}
BAD = {
    decisions_events.CHANGES_ASKED.name,
    decisions_events.LATE_ASKED.name,
    decisions_events.HELD.name,
    events.DISCARDED.name,
}


def context(post: Post, request: HttpRequest) -> dict[str, Any]:
    """What the page of a message says about all of it."""
    review = decisions.review_of(post)
    current = review if review and review.version == post.version else None
    return {
        "mark": mark(post),
        "review": current if current and current.state in {"open", "late"} else None,
        "refused": refused(post) if post.is_draft else [],
        "holds": _holds(post, request),
        "pair_holds": decisions.holds_through_its_pair(post),
        "previews": [] if post.state == post.State.SUBMITTED else _as_written(post),
        "versions": versions(post),
        "line": line(post),
    }


def _holds(post: Post, request: HttpRequest) -> list[tuple[Hold, str]]:
    """What keeps it back now, each with why this person may not let it go on, if they may not."""
    found = decisions.holds_on(post).filter(ended_at=None)
    return [(hold, decisions.may_release(hold, me(request))) for hold in found]


def mark(post: Post) -> Mark:
    """The state that it is in as a whole, before anything is sent."""
    if known := listing.changed(post, list(deliveries.of_post(post))):
        return known
    held = post.pk in decisions.held([post])
    asked, alone = decisions.states_of([post]).get(post.pk, ""), decisions.waits_for_its_pair(post)
    return listing.before(post, held, asked, alone=alone)


def refused(post: Post) -> list[tuple[str, str, str]]:
    """Which changes were asked for: by whom, in what, why."""
    found = decisions.last_no(post)
    return [(called(who), label(field) if field else "", why) for who, field, why in found]


def _as_written(post: Post) -> list[Any]:
    """The draft on each channel; what was left out has its own list."""
    return [] if post.state == post.State.CLOSED else of_draft(queries.draft_of(post))


@dataclass(frozen=True, slots=True)
class Shown:
    """One version: who left it, and what it says differently from the one before."""

    number: int
    who: str
    at: datetime
    lost: bool
    changed: list[Changed]


def versions(post: Post) -> list[Shown]:
    """The latest first. One alone is no news."""
    found = list(queries.versions(post)[: VERSIONS + 1])
    if len(found) < 2:
        return []
    return [_version(one, _before(one, found)) for one in found[:VERSIONS]]


def _before(one: Version, all_: list[Version]) -> Version | None:
    """The version it was written on top of."""
    earlier = (v for v in all_ if not v.lost and v.number < one.number + one.lost)
    return next((v for v in earlier if v.pk != one.pk), None)


def _version(one: Version, before: Version | None) -> Shown:
    who = called(one.by.get("name", ""))
    changed = between(before.draft, one.draft) if before else []
    return Shown(one.number, who, one.at, one.lost, changed)


def line(post: Post) -> list[Step]:
    """What people did to it, oldest first. Each change of its words is told by the versions."""
    told = ("posts.", "decisions.", delivered.TAKE_DOWN_ASKED.name)
    ours = [e for e in ledger.history(post) if e.kind.startswith(told)]
    return [_step(event) for event in ours if event.kind != events.EDITED.name]


def _step(event: Event) -> Step:
    why = " ".join(filter(None, [f"{called(event.by_name)}.", event.data.get("why", "")]))
    mood = "good" if event.kind in GOOD else "bad" if event.kind in BAD else ""
    return Step(saying(event.kind), event.at, why, mood=mood)  # type: ignore[arg-type]
