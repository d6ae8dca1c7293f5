"""Opening a review: what do the checks say, and who must say yes?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from oyez.channels.models import Channel
from oyez.decisions import events, queries, rules
from oyez.decisions.models import Decision, Found, Review
from oyez.decisions.rules import Asked
from oyez.feeds.models import Feed
from oyez.ledger.actor import Actor
from oyez.ledger.acts import act
from oyez.ledger.moment import database_now
from oyez.people.rules import APPROVER
from oyez.policy.contract import Finding, Level
from oyez.posts import actions as posts
from oyez.posts import queries as post_queries
from oyez.posts.models import Post, Variant, Wording

STANDING = "The standing decision for this feed’s rule."
OWN_WORDS = "Written by somebody who may publish."
RULE_CHANGED = "The feed’s rule was changed after this was drafted, and nobody approved it."
ALL_YES = "Everybody who was asked said yes."

Looked = Mapping[Wording, Sequence[Finding]]


def open_review(post: Post, *, by: Actor, confirmed: Collection[str] = ()) -> None:
    """Decide on a post that was handed in, or ask those who must. Twice is once.

    `confirmed`: ids of checks whose warnings the author has read and kept.
    """
    with transaction.atomic():
        post = post_queries.locked(post)
        wordings = list(post_queries.current_wordings(post).filter(decisions__isnull=True))
        if not wordings or post.reviews.filter(version=post.version).exists():
            return
        _decide(post, wordings, _look(post, wordings), confirmed, by=by)


def _decide(
    post: Post, wordings: list[Wording], looked: Looked, confirmed: Collection[str], *, by: Actor
) -> None:
    yes = _yes_beforehand(post)
    steps = _steps(post, wordings, looked, yes)
    if yes.held:
        hold_back(post, wordings, yes.why, by=by)
    elif steps:
        _ask(post, wordings, looked, steps, confirmed, by=by)
    else:
        approve(post, wordings, yes.why, who=yes.by, by=by)


@dataclass(frozen=True, slots=True)
class Beforehand:
    """Has somebody said yes before anybody was asked: by a standing decision, or as an author who
    may publish?
    """

    given: bool
    why: str
    by: dict[str, str]
    held: bool = False
    confirmed: bool = False  # a second person has confirmed it


def _yes_beforehand(post: Post) -> Beforehand:
    who = post.handed_in_by or post.by
    if post.item and who.get("kind") == "feed":
        return _standing(post.item.feed, post.rule)
    return Beforehand(queries.may_publish(who), OWN_WORDS, who)


def _standing(feed: Feed, rule: str) -> Beforehand:
    if feed.trust == Feed.Trust.APPROVE:
        return Beforehand(False, "", feed.trusted_by)
    if feed.stands_for(rule):
        second = bool(feed.confirmed_by)
        return Beforehand(True, STANDING, feed.trusted_by, confirmed=second)
    return Beforehand(False, RULE_CHANGED, {}, held=True)


def _steps(post: Post, wordings: list[Wording], looked: Looked, yes: Beforehand) -> list[Asked]:
    """Those of the channels, unless a standing decision was confirmed by a second person; somebody
    who may publish where the author may not; and whoever a check asks for.
    """
    asked = [] if yes.confirmed else queries.steps_for(w.channel for w in wordings)
    if not yes.given and not asked:
        asked = [Asked(role=APPROVER)]
    return rules.together([*asked, *_wanted_by_checks(looked)])


def _wanted_by_checks(looked: Looked) -> list[Asked]:
    """A step for each role that a hold or a block names, with the checks that ask for it. What
    nobody may allow comes before an approver too, who can only ask for changes.
    """
    wanted: dict[str, set[str]] = {}
    for finding in (one for found in looked.values() for one in found):
        if finding.level >= Level.HOLD:
            wanted.setdefault(finding.role or APPROVER, set()).add(finding.check)
    return [Asked(role=role, because=tuple(sorted(ids))) for role, ids in sorted(wanted.items())]


def _look(post: Post, wordings: list[Wording]) -> Looked:
    author = post.handed_in_by or post.by
    firsts = [w for w in wordings if w.part == 1]
    texts: dict[Channel, str] = {w.channel: w.variant.text for w in firsts}
    found = queries.look(post.draft, texts, author, post)
    return {w: found[w.channel] for w in firsts}


def _ask(
    post: Post,
    wordings: list[Wording],
    looked: Looked,
    steps: list[Asked],
    confirmed: Collection[str],
    *,
    by: Actor,
) -> None:
    review = _review(post, wordings, steps)
    with act(events.REVIEW_ASKED, on=post, by=by, digest=review.digest):
        review.save()
        _note(review, looked, confirmed)


def _review(post: Post, wordings: list[Wording], steps: list[Asked]) -> Review:
    due = wordings[0].goes_at if wordings[0].wall else None
    return Review(
        post=post,
        version=post.version,
        digest=rules.review_digest(w.digest for w in wordings),
        steps=[step.as_json() for step in steps],
        opened_at=database_now(),
        due_at=due,
    )


def _note(review: Review, looked: Looked, confirmed: Collection[str]) -> None:
    """Keep what the checks found, with the words that set them off."""
    Found.objects.bulk_create(
        _found(review, wording, finding, confirmed)
        for wording, findings in looked.items()
        for finding in findings
    )


def _found(review: Review, wording: Wording, finding: Finding, confirmed: Collection[str]) -> Found:
    kept = finding.check in confirmed and finding.level <= Level.WARN
    return Found(
        review=review,
        wording=wording,
        check_id=finding.check,
        level=finding.level,
        role=finding.role,
        message=finding.message,
        words=list(finding.words),
        source=finding.source[:300],
        state=Found.State.CONFIRMED if kept else Found.State.OPEN,
        by=review.post.handed_in_by if kept else {},
        at=review.opened_at if kept else None,
    )


def approve(
    post: Post, wordings: Sequence[Wording], why: str, *, who: dict[str, str], by: Actor
) -> None:
    """The yes on each of these exact words, in the name of `who`."""
    digests = [wording.digest for wording in wordings]
    with act(events.APPROVED, on=post, by=by, why=why, digests=digests):
        _write(wordings, Decision.Verdict.APPROVED, why, who)


def hold_back(post: Post, wordings: Sequence[Wording], why: str, *, by: Actor) -> None:
    """The no for good on words that nobody may approve any more."""
    digests = [wording.digest for wording in wordings]
    with act(events.HELD, on=post, by=by, why=why, digests=digests):
        _write(wordings, Decision.Verdict.HELD, why, {})
        posts.unsay(Variant.objects.filter(wordings__in=wordings))


def _write(wordings: Sequence[Wording], verdict: str, why: str, who: dict[str, str]) -> None:
    now = database_now()
    Decision.objects.bulk_create(
        Decision(
            wording=wording,
            digest=wording.digest,
            verdict=verdict,
            why=why,
            by=who,
            decided_at=now,
        )
        for wording in wordings
    )
