"""What must somebody know before they decide? The exact words, and all that is known of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from oyez.decisions import events, queries, rules
from oyez.kit import clock
from oyez.policy.contract import Level
from oyez.posts import queries as posts
from oyez.web.differing import since_handed_in
from oyez.web.feeds.words import where
from oyez.web.messages.listing import title
from oyez.web.messages.talking import talk
from oyez.web.parts import Colour, Fact, Mark, Step
from oyez.web.previews import of_wordings
from oyez.web.rights import may, me
from oyez.web.who import called
from oyez.web.write.looking import mark as level_mark

if TYPE_CHECKING:
    from oyez.decisions.models import Found, Review
    from oyez.posts.models import Wording

COLOURS: dict[str, Colour] = {
    "open": "yellow",
    "approved": "green",
    "refused": "orange",
    "late": "orange",
    "withdrawn": "grey",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One finding, for all the channels that it was found on."""

    mark: Mark
    message: str
    words: Sequence[str]
    meta: str
    answer: str


def context(review: Review, request: HttpRequest) -> dict[str, Any]:
    """Everything on the page of one review."""
    post = review.post
    stood = queries.standing(review)
    why_not = _why_not(review, request) if review.is_open else ""
    latest = queries.review_of(post)
    return {
        "review": review,
        "post": post,
        "title": title(post),
        "mark": Mark(str(review.get_state_display()), COLOURS[review.state]),
        "newer": latest if latest and latest.version > review.version else None,
        "facts": list(_facts(review)),
        "previews": of_wordings(wordings(review)),
        "changed": since_handed_in(post, review.version),
        "said": said(list(queries.findings(review))),
        "steps": [_step(number, one) for number, one in enumerate(stood, start=1)],
        "why_not": why_not,
        "may_decide": review.is_open and not why_not,
        "reason_needed": _reason_needed(review, stood),
        "come_up": queries.would_be_held(review) if review.is_open else [],
        "is_late": rules.is_late(review.due_at, clock.now()),
        "may_settle": may(request, events.APPROVED, post) and review.state == review.State.LATE,
        "talk": talk(post, request),
    }


def wordings(review: Review) -> list[Wording]:
    """The words of its version."""
    return list(posts.wordings(review.post).filter(version=review.version))


def _why_not(review: Review, request: HttpRequest) -> str:
    if not may(request, events.APPROVED, review.post):
        return _("Your role does not include approving. Ask an administrator for the right one.")
    return queries.may_decide(review, me(request))


def _facts(review: Review) -> Iterator[Fact]:
    post = review.post
    written = dict.fromkeys(called(one.get("name", "")) for one in posts.authors(post))
    yield Fact(_("Written by"), ", ".join(written))
    yield Fact(_("Handed in"), "", at=review.opened_at)
    due = review.due_at
    yield Fact(_("Goes out"), "" if due else _("As soon as it is approved"), at=due)
    here = reverse("messages:show", args=[post.pk])
    yield Fact(_("The message"), _("Its whole way so far"), _("Open"), here)


def said(found: Sequence[Found]) -> list[Said]:
    """The findings; the same one on several channels is said once."""
    together: dict[tuple[str, str], list[Found]] = {}
    for one in found:
        together.setdefault((one.check_id, one.message), []).append(one)
    return [_said(places) for places in together.values()]


def _said(places: Sequence[Found]) -> Said:
    one = places[0]
    names = ", ".join(where(place.wording.channel) for place in places)
    meta = " · ".join(filter(None, [names, one.check_id, one.source, _role(one)]))
    return Said(level_mark(Level(one.level)), one.message, one.words, meta, _answer(one))


def _role(one: Found) -> str:
    return _("asks the %s") % one.role.replace("_", " ") if one.role else ""


def _answer(one: Found) -> str:
    if one.state == one.State.OPEN:
        return ""
    words = {"who": called(one.by.get("name", "")), "why": one.reason}
    if one.state == one.State.CONFIRMED:
        return _("%(who)s has read this and keeps it.") % words
    return (_("Allowed by %(who)s: %(why)s") if one.reason else _("Allowed by %(who)s")) % words


def _step(number: int, stood: queries.Stood) -> Step:
    words = {
        "number": number,
        "count": stood.asked.count,
        "who": queries.named(stood.asked, stood.people),
    }
    said = {
        rules.ANY: _("Step %(number)d: any one of %(who)s"),
        rules.ALL: _("Step %(number)d: all of %(who)s"),
        rules.QUORUM: _("Step %(number)d: %(count)d of %(who)s"),
    }[stood.asked.need]
    yes = (
        _("Yes from %s.") % ", ".join(map(called, stood.yes)) if stood.yes else _("No answer yet.")
    )
    because = ", ".join(stood.asked.because)
    why = f"{yes} {_('Because of the check %s.') % because}" if because else yes
    return Step(said % words, None, why, mood="good" if stood.done else "")


def _reason_needed(review: Review, stood: Sequence[queries.Stood]) -> bool:
    """Does the step whose turn it is lift a hold or a block?"""
    turn = rules.first_open([one.done for one in stood])
    return turn is not None and bool(review.asked[turn].because)
