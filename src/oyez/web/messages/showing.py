"""What stands on the page of one message? Its origin, a part for each channel, and its record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from oyez.decisions import queries as decisions
from oyez.deliveries import events, rules
from oyez.deliveries import queries as deliveries
from oyez.ledger import queries as ledger
from oyez.ledger.events import saying
from oyez.posts import queries as posts
from oyez.web.messages import timeline
from oyez.web.messages.states import mark
from oyez.web.parts import Mark, Step
from oyez.web.rights import may

if TYPE_CHECKING:
    from oyez.deliveries.models import Delivery
    from oyez.posts.models import Post, Wording


@dataclass(frozen=True, slots=True)
class Way:
    """The message on one channel."""

    channel: str
    text: str
    mark: Mark
    steps: list[Step]
    evidence: Evidence | None = None
    there: str = ""
    again: str = ""
    withhold: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a delivery that may or may not be there."""

    text: str
    facts: list[str]
    candidates: list[str] = field(default_factory=list)


def origin(post: Post) -> str:
    """Where it came from, in one sentence."""
    if post.item:
        return _("From the feed %s.") % post.item.feed.name
    return _("Written by %s.") % post.by.get("name", "")


def ways(post: Post, request: HttpRequest) -> list[Way]:
    """The message on each channel that it goes to, also before there is a delivery."""
    decided = {decision.wording_id: decision for decision in decisions.decisions_on(post)}
    sent = {delivery.wording_id: delivery for delivery in deliveries.of_post(post)}
    found = []
    for wording in posts.wordings(post):
        delivery, decision = sent.get(wording.pk), decided.get(wording.pk)
        steps = list(timeline.before(post, decision))
        if delivery:
            steps += timeline.after(delivery)
        held = bool(decision and decision.verdict == decision.Verdict.HELD)
        found.append(_way(wording, delivery, steps, held=held, request=request))
    return found


def _way(
    wording: Wording,
    delivery: Delivery | None,
    steps: list[Step],
    *,
    held: bool,
    request: HttpRequest,
) -> Way:
    name = wording.channel.name
    if not delivery:
        state = Mark(_("Not approved"), "yellow") if held else Mark(_("On its way"), "blue")
        return Way(name, wording.text, state, steps)
    return Way(
        name,
        wording.text,
        mark(delivery.state),
        steps,
        evidence(delivery) if delivery.state == rules.ASKING else None,
        **_doors(delivery, request),
    )


def _doors(delivery: Delivery, request: HttpRequest) -> dict[str, str]:
    """The pages on which this person may do something about it now."""
    open_now: dict[str, Any] = {}
    if delivery.state == rules.ASKING:
        open_now = {"there": events.DECIDED_THERE, "again": events.DECIDED_RESEND}
    elif delivery.state == rules.WAITING:
        open_now = {"withhold": events.WITHHELD}
    return {
        verb: reverse(f"messages:{verb}", args=[delivery.pk])
        for verb, kind in open_now.items()
        if may(request, kind)
    }


def evidence(delivery: Delivery) -> Evidence:
    """Our side and theirs: what was sent and how often, and what the network shows."""
    facts = [_("Sent %d times.") % delivery.attempts.count(), delivery.why]
    if delivery.channel.url:
        facts.append(_("Look at the channel: %s") % delivery.channel.url)
    known = delivery.evidence.get("candidates", [])
    links = [timeline.address(one["url"]) or one["remote_id"] for one in known]
    return Evidence(delivery.wording.text, facts, links)


def left_out(post: Post) -> list[tuple[str, str]]:
    """The channels that it does not go to, each with the reason."""
    return [(variant.channel.name, variant.left_out) for variant in posts.left_out(post)]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the record."""

    at: Any
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
        Line(event.at, saying(event.kind), event.by_name, where, str(event.data.get("why", "")))
        for event, where in lines
    ]
