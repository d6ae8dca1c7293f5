"""Who is asked, who has said yes, and may this person decide?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from oyez.channels.models import Channel
from oyez.decisions import events, rules
from oyez.decisions.models import Found, Hold, Review, Step, Vote
from oyez.decisions.rules import Asked
from oyez.feeds import queries as feeds
from oyez.feeds.models import Feed
from oyez.kit import clock
from oyez.ledger import queries as ledger
from oyez.ledger.actor import Actor, Refusal
from oyez.people import queries as people
from oyez.people.models import Person
from oyez.people.rules import OFFICER, OfTeams, Reaching, was_typed
from oyez.posts import queries as posts
from oyez.posts.models import Post

Changed = Callable[[Feed], list[dict[str, str]]]
NO_PERSON = "Only a person may decide this. Sign in, or say in whose name: --as EMAIL"


def open_reviews() -> QuerySet[Review]:
    """Everything that waits for a yes, or for an answer since its time went by; soonest first."""
    found = Review.objects.filter(state__in=[Review.State.OPEN, Review.State.LATE])
    return found.select_related("post").order_by("due_at", "opened_at")


def asking() -> QuerySet[Review]:
    """Those of them whose words are still what the message asks about: another version may be there
    a moment before the older review is withdrawn.
    """
    return open_reviews().filter(post__state=Post.State.SUBMITTED, version=F("post__version"))


def one(pk: int) -> Review:
    found = Review.objects.select_related("post").filter(pk=pk).first()
    if not found:
        raise Refusal(f"There is no review {pk}.")
    return found


def review_of(post: Post) -> Review | None:
    """The latest review of the message."""
    return post.reviews.order_by("-version").first()


def is_about_what_was_handed_in(review: Review) -> bool:
    """Are its words still those that the message asks about?"""
    post = review.post
    return post.state == Post.State.SUBMITTED and post.version == review.version


def last_no(post: Post) -> list[tuple[str, str, str]]:
    """Which changes were asked for, unless it was handed in since: by whom, in which field, why."""
    review = review_of(post)
    return said_no(review) if review and review.state == Review.State.REFUSED else []


def said_no(review: Review) -> list[tuple[str, str, str]]:
    """Which changes were asked for in it: by whom, in which field, why."""
    votes = sorted((vote for vote in review.votes.all() if not vote.yes), key=lambda vote: vote.pk)
    return [
        (vote.by.get("name", ""), field, why)
        for vote in votes
        for field, why in vote.reasons.items()
    ]


def findings(review: Review) -> QuerySet[Found]:
    """What the checks found, the weightiest first."""
    found = review.findings.select_related("wording__channel")
    return found.order_by("-level", "check_id", "id")


def finding(pk: int) -> Found:
    found = Found.objects.select_related("review__post", "wording").filter(pk=pk).first()
    if not found:
        raise Refusal(f"There is no finding {pk}.")
    return found


def holds_in_force() -> QuerySet[Hold]:
    """What keeps approved words back now, of messages that still mean to say them; oldest first."""
    found = Hold.objects.filter(
        ended_at=None,
        wording__variant__post__state=Post.State.SUBMITTED,
        wording__version=F("wording__variant__post__version"),
    )
    return found.select_related("wording__channel", "wording__variant__post").order_by("id")


def on_hold(numbers: Iterable[int]) -> set[int]:
    """Which of these messages something keeps back now, whether it holds them or their other
    language.
    """
    known = set(numbers)
    post = "wording__variant__post"
    found = holds_in_force().filter(Q(**{f"{post}__in": known}) | Q(**{f"{post}__pair__in": known}))
    pairs = found.values_list(post, f"{post}__pair")
    return {number for pair in pairs for number in pair} & known


def hold(pk: int) -> Hold:
    found = (
        Hold.objects.select_related("wording__variant__post", "wording__channel")
        .filter(pk=pk)
        .first()
    )
    if not found:
        raise Refusal(f"There is no hold {pk}.")
    return found


def steps_for(to: Iterable[Channel]) -> list[Asked]:
    """Who must say yes for these channels, as it stands now."""
    found = Step.objects.filter(channel__in=list(to)).prefetch_related("people")
    return rules.together(_asked(step) for step in found.order_by("number", "channel_id"))


def was_said_who_approves() -> bool:
    """Did anybody choose who must say yes on a channel? “Nobody” is a choice too."""
    return ledger.ever(events.STEPS_SET.name)


def _asked(step: Step) -> Asked:
    people_named = tuple(sorted(person.pk for person in step.people.all()))
    return Asked(step.need, step.count, step.role, people_named)


def may_publish(who: Mapping[str, str]) -> bool:
    """May their own words go without anybody else? A person’s role says; whoever has the machine
    may.
    """
    if who.get("kind") != Person.kind:
        return True
    person = people.everyone().filter(pk=who["id"]).first()
    return bool(person and person.holds(OFFICER))


def asks_somebody(post: Post, by: Actor) -> bool:
    """Would handing it in ask anybody, as far as its channels and this person's role say? A check
    may ask all the same.
    """
    person = people.behind(by)
    asked = Step.objects.filter(channel__in=post.draft.to).exists()
    return asked or not (person is None or person.holds(OFFICER))


def deciders(about: OfTeams, here: Iterable[Person] | None = None) -> list[Person]:
    """Everybody here who may say yes to what reaches these channels. `here`: as in asked_of."""
    reach = Reaching(about.teams())  # asked once
    everyone = people.everyone_in_teams() if here is None else here
    return [person for person in everyone if person.may(events.APPROVED.name, reach)]


def asked_of(step: Asked, here: Sequence[Person] | None = None) -> list[Person]:
    """Those whom a step asks, that are still here and still hold the role. `here`: those of whom
    that is asked, where they are known already: everybody, or the deciders.
    """
    everyone = list(people.everyone()) if here is None else here
    named = [person for person in everyone if person.pk in step.people]
    return [*named, *(p for p in everyone if p.holds(step.role) and p not in named)]


@dataclass(frozen=True, slots=True)
class Stood:
    """One step as it stands: who is asked, who has said yes, whether that is enough."""

    asked: Asked
    people: Sequence[Person]
    yes: Sequence[str]
    done: bool


def standing(review: Review, here: Sequence[Person] | None = None) -> list[Stood]:
    """Every step of the review. A yes counts while its giver still holds the role, and may act
    there. `here`: the deciders on it, where they are known already.
    """
    able = deciders(review.post) if here is None else here
    given = [vote for vote in review.votes.all() if vote.yes and vote.digest == review.digest]
    votes = sorted(given, key=lambda vote: vote.pk)
    return [
        _stood(step, [vote for vote in votes if vote.step == number], able)
        for number, step in enumerate(review.asked)
    ]


def _stood(step: Asked, votes: Sequence[Vote], here: Sequence[Person]) -> Stood:
    asked = asked_of(step, here)
    numbers = {person.pk for person in asked}
    given = {int((vote.instead_of or vote.by)["id"]) for vote in votes}
    return Stood(
        step,
        asked,
        [vote.by.get("name", "") for vote in votes],
        step.enough(given, numbers),
    )


def may_decide(review: Review, by: Actor) -> str:
    """Why this actor may not decide on it now, in one sentence; empty when they may."""
    if is_one_of(by, posts.authors(review.post)):
        return "You wrote or changed these words, so somebody else must approve them."
    if _same_hands(by, posts.authors(review.post)):
        return "These words were typed on the command line, so approve them on their page."
    if wrote(review.post, by):
        return "You set the rule of this feed, so somebody else must approve what comes of it here."
    answers_for = _answers_for(by)
    may = _without_authors(review.post, answers_for) if answers_for else None
    return _not_asked(review, deciders(review.post), may)


def _answers_for(by: Actor) -> set[int]:
    """Those whose deputy this actor is today, and this actor: their numbers."""
    person = people.behind(by)
    if person is None:
        return set()
    return {person.pk} | people.answers_for(person, timezone.localdate(clock.now()))


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


def wrote(post: Post, by: Actor) -> bool:
    """Are any of these words theirs? All consoles are one author: the machine’s owner; so is all
    that was typed there, in whosever names.
    """
    authors = _authors(post)
    return is_one_of(by, authors) or _same_hands(by, authors)


def _same_hands(by: Actor, authors: Iterable[Mapping[str, str]]) -> bool:
    return was_typed(by.name) and any(was_typed(one.get("name", "")) for one in authors)


def is_one_of(by: Actor, others: Iterable[Mapping[str, str]]) -> bool:
    return rules.is_one_of({"kind": by.kind, "id": str(by.id)}, others)


def _authors(post: Post) -> list[dict[str, str]]:
    return [*posts.authors(post), *_who_set_its_rule(post, _channels_that_ask())]


def _channels_that_ask() -> set[int]:
    return set(Step.objects.values_list("channel_id", flat=True))


def _who_set_its_rule(
    post: Post, asking: Collection[int], changed: Changed = feeds.who_changed_the_rule
) -> list[dict[str, str]]:
    """Whoever trusts the feed whose rule handed it in or has changed that rule, where a channel
    asks for a second person: its templates and channels are their choice.
    """
    by_rule = post.handed_in_by.get("kind") == "feed"
    if not (post.item and by_rule and set(post.draft.to) & set(asking)):
        return []
    return [post.item.feed.trusted_by, *changed(post.item.feed)]


def _without_authors(post: Post, answers_for: Collection[int]) -> Collection[int]:
    """A deputy says yes for somebody else, never in the name of an author of these words."""
    if len(answers_for) < 2:  # nobody but the actor, whose own words were asked about before
        return answers_for
    return _but(answers_for, _authors(post))


def _but(answers_for: Collection[int], authors: Iterable[Mapping[str, str]]) -> set[int]:
    return set(answers_for) - {int(who["id"]) for who in authors if who.get("kind") == Person.kind}


def stands_in(step: Asked, person: Person, post: Post) -> Person | None:
    """The one of those asked for whom this person may answer: themselves, or whoever made them
    their deputy while away, unless that one is an author of `post`.
    """
    asked = asked_of(step, deciders(post))
    if person in asked:
        return person
    away = people.answers_for(person, timezone.localdate(clock.now()))
    principals = _without_authors(post, {person.pk} | away)
    return next((one for one in asked if one.pk in principals), None)


def named(step: Asked, here: Sequence[Person] | None = None) -> str:
    """Those asked, for a sentence. `here`: as in asked_of."""
    names = ", ".join(person.name for person in asked_of(step, here))
    return names or (f"the {step.role.replace('_', ' ')}, and nobody is" if step.role else "nobody")


def sent_back_to(by: Actor) -> list[Review]:
    """Messages of this person that were given back with a reason, and are drafts still."""
    later = Review.objects.filter(post=OuterRef("post"), version__gt=OuterRef("version"))
    refused = Review.objects.filter(state=Review.State.REFUSED, post__state=Post.State.DRAFT)
    waiting = refused.exclude(Exists(later)).select_related("post").prefetch_related("votes")
    found = list(waiting.order_by("-settled_at"))
    theirs = posts.written_by([review.post for review in found], by.kind, str(by.id))
    return [review for review in found if review.post_id in theirs]


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
    able, channels = _deciders_of([review.post for review in asks]), _channels_that_ask()
    changed = cache(feeds.who_changed_the_rule)  # of one feed once
    may = _may_answer_for(by, [review.post for review in asks], channels, changed)
    asked = [r for r in asks if not _not_asked(r, able[r.post_id], may.get(r.post_id))]
    return [
        review
        for review in asked
        if review.post_id not in theirs
        and not is_one_of(by, _who_set_its_rule(review.post, channels, changed))
    ]


def _deciders_of(about: Sequence[Post]) -> dict[int, list[Person]]:
    """The deciders on each message, by its number; few questions however many."""
    everyone, reaches = list(people.everyone_in_teams()), posts.reaches(about)
    able = {reach: deciders(reach, everyone) for reach in set(reaches.values())}
    return {pk: able[reach] for pk, reach in reaches.items()}


def _may_answer_for(
    by: Actor, about: Sequence[Post], asking: Collection[int], changed: Changed
) -> dict[int, Collection[int]]:
    """In whose names this actor may say yes to each message, by number; nothing for a machine."""
    answers_for = _answers_for(by)
    if len(answers_for) < 2:
        return dict.fromkeys((post.pk for post in about), answers_for) if answers_for else {}
    wrote = posts.authors_of(about)
    return {
        post.pk: _but(answers_for, [*wrote[post.pk], *_who_set_its_rule(post, asking, changed)])
        for post in about
    }


def states_of(posts: Iterable[Post]) -> dict[int, str]:
    """How the review of each message stands, by the message’s number: only of its version now."""
    now = {post.pk: post.version for post in posts}
    found = Review.objects.filter(post__in=now).values_list("post", "version", "state")
    return {post: state for post, version, state in found if now[post] == version}
