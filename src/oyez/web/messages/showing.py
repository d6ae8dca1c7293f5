"""What stands on the page of one message? Its origin, a part for each channel, and its record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oyez.decisions import queries as decisions
from oyez.deliveries import events, rules
from oyez.deliveries import queries as deliveries
from oyez.kit.text import reveal
from oyez.ledger import queries as ledger
from oyez.ledger.events import Kind, saying
from oyez.posts import events as post_events
from oyez.posts import queries as posts
from oyez.web.messages import standing, timeline
from oyez.web.messages.asking import ASKS, Asks, on
from oyez.web.messages.states import WORST_FIRST, held_back, mark, taken_down
from oyez.web.parts import Fact, Mark, Picture, Step
from oyez.web.previews import pictures_of
from oyez.web.rights import may
from oyez.web.who import called

if TYPE_CHECKING:
    from oyez.decisions.models import Decision
    from oyez.deliveries.models import Delivery
    from oyez.posts.models import Post, Wording


@dataclass(frozen=True, slots=True)
class Way:
    """The message on one channel."""

    channel: str
    text: str
    mark: Mark
    steps: list[Step]
    pictures: Sequence[Picture] = ()
    evidence: Evidence | None = None
    asks: Asks | None = None
    there: str = ""
    again: str = ""
    withhold: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a delivery that may or may not be there."""

    text: str
    facts: list[str]
    candidates: list[str] = field(default_factory=list)


def origin(post: Post) -> list[Fact]:
    """Where it came from, and who approved it by which decision."""
    if post.item:
        feed = post.item.feed
        here = reverse("feeds:show", args=[feed.pk])
        facts = [Fact(_("From the feed"), feed.name, _("Open"), here)]
    else:
        facts = [Fact(_("Written by"), called(post.by.get("name", ""))), *_asked_for(post)]
    facts.append(_moment(post))
    return [*facts, *dict.fromkeys(_approval(one) for one in decisions.decisions_on(post))]


def _moment(post: Post) -> Fact:
    """When it came to be what it is now."""
    if post.is_draft:
        return Fact(_("Last changed"), "", at=post.edited_at or post.made_at)
    if post.state == post.State.DISCARDED:
        thrown = ledger.history(post).filter(kind=post_events.DISCARDED.name).last()
        return Fact(_("Thrown away"), "", at=thrown.at if thrown else post.edited_at)
    return Fact(_("Handed in"), "", at=post.handed_in_at or post.made_at)


def _asked_for(post: Post) -> list[Fact]:
    """The request that it was made from, if it was."""
    if not post.asked_for_id:
        return []
    here = reverse("requests:show", args=[post.asked_for_id])
    return [Fact(_("Asked for in"), _("Request %d") % post.asked_for_id, _("Open"), here)]


def _approval(decision: Decision) -> Fact:
    if decision.verdict == decision.Verdict.HELD:
        return Fact(_("Held back"), decision.why)
    return Fact(_("Approved by"), f"{called(decision.by.get('name', ''))}. {decision.why}")


def ways(post: Post, request: HttpRequest) -> list[Way]:
    """The message on each channel that it goes to, what needs a person first. What became of words
    is told where they are; a change of them on its way, or that failed, stands by itself.
    """
    told = deliveries.of_post(post).exclude(deliveries.overtaken())  # the versions tell those
    sent = [one for one in told if one.publishes or one.state != rules.ARRIVED]
    sent.sort(key=lambda one: WORST_FIRST.index(one.state))
    planned = {delivery.wording_id for delivery in deliveries.of_post(post)}
    state = standing.mark(post)
    coming = [w for w in posts.wordings(post) if w.pk not in planned and _is_meant(post, w)]
    return [_not_yet(one, state) for one in coming] + [_way(one, request) for one in sent]


def _is_meant(post: Post, wording: Wording) -> bool:
    """Is it still to be said? An earlier version that never left is told by the versions."""
    current = post.state == post.State.SUBMITTED and wording.version == post.version
    return current and not wording.variant.stays


def _not_yet(wording: Wording, state: Mark) -> Way:
    steps = [timeline.handed_in(wording)]
    return Way(wording.channel.name, reveal(wording.text), state, steps, pictures_of(wording))


def _way(delivery: Delivery, request: HttpRequest) -> Way:
    asks = ASKS[delivery.kind]
    said = _words(delivery)
    return Way(
        on(asks.name, delivery.channel.name),
        reveal(said.text),
        _mark(delivery),
        list(timeline.steps(delivery)),
        pictures_of(said),
        evidence(delivery) if delivery.state == rules.ASKING else None,
        asks=asks,
        **_doors(delivery, request),
    )


def _words(delivery: Delivery) -> Wording:
    """What it brings there; where it takes something down, what stands there until then."""
    taken = delivery.changes if delivery.kind == rules.DELETE else None
    return (taken or delivery).words_there


def _mark(delivery: Delivery) -> Mark:
    if delivery.taken_down_at:
        return taken_down()
    return held_back() if timeline.held_back(delivery) else mark(delivery.state, delivery.kind)


def _doors(delivery: Delivery, request: HttpRequest) -> dict[str, str]:
    """The pages on which this person may do something about it now."""
    open_now: dict[str, Kind] = {}
    if delivery.state == rules.ASKING:
        open_now = {"there": events.DECIDED_THERE, "again": events.DECIDED_RESEND}
    elif delivery.state == rules.WAITING:
        open_now = {"withhold": events.WITHHELD}
    return {
        verb: reverse(f"messages:{verb}", args=[delivery.pk])
        for verb, kind in open_now.items()
        if may(request, kind, delivery)
    }


def evidence(delivery: Delivery) -> Evidence:
    """Our side and theirs: what was sent and how often, and what the network shows."""
    times = delivery.attempts.count()
    facts = [ngettext("Sent %d time.", "Sent %d times.", times) % times, delivery.why]
    if delivery.channel.url:
        facts.append(_("Look here: %s") % delivery.channel.url)
    known = delivery.evidence.get("candidates", [])
    links = [reveal(rules.followable(one["url"]) or one["remote_id"]) for one in known]
    return Evidence(reveal(_words(delivery).text), facts, links)


def left_out(post: Post) -> list[tuple[str, str]]:
    """The channels that it does not go to, each with the reason."""
    found = [(variant.channel.name, variant.left_out) for variant in posts.left_out(post)]
    return found + [(variant.channel.name, variant.stays) for variant in posts.staying(post)]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the record."""

    at: datetime
    words: str
    who: str
    where: str
    why: str


def record(post: Post) -> list[Line]:
    """Everything that happened, oldest first, as it was written down at the time."""
    lines = [(event, "") for event in ledger.history(post)]
    for delivery in deliveries.of_post(post):
        lines += [(event, delivery.channel.name) for event in ledger.history(delivery)]
    lines.sort(key=lambda line: line[0].pk)
    return [
        Line(event.at, saying(event.kind), called(event.by_name), where, event.data.get("why", ""))
        for event, where in lines
    ]
