"""May this person decide on it now, and what else could they decide?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from django.utils import timezone

from oyez.decisions import events, rules
from oyez.decisions.models import Review
from oyez.decisions.queries.authorship import (
    Changed,
    but,
    channels_that_ask,
    is_one_of,
    same_hands,
    who_set_its_rule,
    without_authors,
    wrote,
)
from oyez.decisions.queries.reviewing import asking
from oyez.decisions.queries.standing import asked_of, deciders, named, standing
from oyez.decisions.rules import Asked
from oyez.feeds import queries as feeds
from oyez.kit import clock
from oyez.ledger.actor import Actor
from oyez.people import queries as people
from oyez.people.models import Person
from oyez.posts import queries as posts
from oyez.posts.models import Post

NO_PERSON = "Only a person may decide this. Sign in, or say in whose name: --as EMAIL"


def may_decide(review: Review, by: Actor) -> str:
    """Why this actor may not decide on it now, in one sentence; empty when they may."""
    if is_one_of(by, posts.authors(review.post)):
        return "You wrote or changed these words, so somebody else must approve them."
    if same_hands(by, posts.authors(review.post)):
        return "These words were typed on the command line, so approve them on their page."
    if wrote(review.post, by):
        return "You set the rule of this feed, so somebody else must approve what comes of it here."
    answers_for = _answers_for(by)
    may = without_authors(review.post, answers_for) if answers_for else None
    return _not_asked(review, deciders(review.post), may)


def stands_in(step: Asked, person: Person, post: Post) -> Person | None:
    """The one of those asked for whom this person may answer: themselves, or whoever made them
    their deputy while away, unless that one is an author of `post`.
    """
    asked = asked_of(step, deciders(post))
    if person in asked:
        return person
    away = people.answers_for(person, timezone.localdate(clock.now()))
    principals = without_authors(post, {person.pk} | away)
    return next((one for one in asked if one.pk in principals), None)


def waiting_for(by: Actor) -> list[Review]:
    """What this person could decide now, soonest first."""
    if not by.may(events.APPROVED.name, None):
        return []
    found = asking().filter(state=Review.State.OPEN)
    found = found.select_related("post__item__feed", "post__asked_for")
    asks = list(found.prefetch_related("votes"))
    if not asks:
        return []
    who = str(by.id) if by.kind == Person.kind else ""  # all consoles are one author
    theirs = posts.written_by([review.post for review in asks], by.kind, who)
    able, channels = _deciders_of([review.post for review in asks]), channels_that_ask()
    changed = cache(feeds.who_changed_the_rule)  # of one feed once
    may = _may_answer_for(by, [review.post for review in asks], channels, changed)
    asked = [r for r in asks if not _not_asked(r, able[r.post_id], may.get(r.post_id))]
    return [
        review
        for review in asked
        if review.post_id not in theirs
        and not is_one_of(by, who_set_its_rule(review.post, channels, changed))
    ]


def _not_asked(review: Review, here: Sequence[Person], may: Collection[int] | None) -> str:
    """Why it is not the turn of any of these, as far as the steps go; empty when it is. None: a
    machine asks, which answers for nobody.
    """
    step = rules.first_open([stood.done for stood in standing(review, here)])
    if step is None:
        return ""
    if may is None:
        return NO_PERSON
    if not any(person.pk in may for person in asked_of(review.asked[step], here)):
        return f"This step asks {named(review.asked[step], here)}, and that is not you."
    return ""


def _answers_for(by: Actor) -> set[int]:
    """Those whose deputy this actor is today, and this actor: their numbers."""
    person = people.behind(by)
    if person is None:
        return set()
    return {person.pk} | people.answers_for(person, timezone.localdate(clock.now()))


def _may_answer_for(
    by: Actor, about: Sequence[Post], asking: Collection[int], changed: Changed
) -> dict[int, Collection[int]]:
    """In whose names this actor may say yes to each message, by number; nothing for a machine."""
    answers_for = _answers_for(by)
    if len(answers_for) < 2:
        return dict.fromkeys((post.pk for post in about), answers_for) if answers_for else {}
    wrote = posts.authors_of(about)
    return {
        post.pk: but(answers_for, [*wrote[post.pk], *who_set_its_rule(post, asking, changed)])
        for post in about
    }


def _deciders_of(about: Sequence[Post]) -> dict[int, list[Person]]:
    """The deciders on each message, by its number; few questions however many."""
    everyone, reaches = list(people.everyone_in_teams()), posts.reaches(about)
    able = {reach: deciders(reach, everyone) for reach in set(reaches.values())}
    return {pk: able[reach] for pk, reach in reaches.items()}
