"""Saying yes or no to exactly the words of a review."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from oyez.decisions import events, queries, rules
from oyez.decisions.actions.holding import re_evaluate
from oyez.decisions.actions.opening import ALL_YES, approve
from oyez.decisions.models import Found, Review, Vote
from oyez.kit.text import visible
from oyez.ledger.actor import Actor, Refusal, signed
from oyez.ledger.acts import act, refuse_unless
from oyez.ledger.moment import database_now
from oyez.people import queries as people
from oyez.people.rules import job
from oyez.policy.contract import Level
from oyez.posts import actions as posts
from oyez.posts import queries as post_queries
from oyez.posts.models import Post

CHANGED = "These words were changed since you opened them. Read them again, then decide."
LAPSED = (
    "The yes no longer stands: other people are asked by now. Take the message back and hand it "
    "in again."
)
REASON_NEEDED = "Say why it may go all the same. The reason is kept."


def vote_yes(review: Review, *, digest: str, by: Actor, reason: str = "") -> Review:
    """Say yes to the words that `digest` names. The last yes approves; after its time it asks.

    Raises Refusal when the words are others by now, when this actor wrote them or is not asked,
    and when a block is to be lifted without a reason.
    """
    with transaction.atomic():
        review = _open(review)
        _refuse_unless(review, digest, by)
        stood = queries.standing(review)
        step = rules.first_open([one.done for one in stood])
        if step is not None:
            _lift(review, review.asked[step].because, reason, by=by)
            _vote(review, step, yes=True, reasons={"": reason} if reason else {}, by=by)
        left = rules.first_open([one.done for one in queries.standing(review)])
        if left is None:
            _all_yes(review, by=by)
        else:
            with act(events.VOTED, on=review.post, by=by, step=step, digest=digest):
                pass
    return review


def _open(review: Review) -> Review:
    """The review as it is now, ours until the transaction ends; the message’s row first, as
    everywhere.
    """
    post_queries.locked_with_its_pair(review.post)
    rows = Review.objects.select_for_update(of=("self",)).select_related("post__pair")
    return rows.get(pk=review.pk)


def _refuse_unless(review: Review, digest: str, by: Actor) -> None:
    refuse_unless(events.APPROVED, on=review.post, by=by)
    if not review.is_open:
        raise Refusal(f"This is decided already: {review.get_state_display().lower()}.")
    if digest != review.digest or review.version != review.post.version:
        raise Refusal(CHANGED)
    if why := queries.may_decide(review, by):
        raise Refusal(why)


def _lift(review: Review, because: tuple[str, ...], reason: str, *, by: Actor) -> None:
    """Answer the holds and blocks that this step is about."""
    if not because:
        return
    found = review.findings.filter(check_id__in=because, level__gte=Level.HOLD)
    if any(one.level == Level.BLOCK for one in found):
        if any(not one.role for one in found):
            raise Refusal("Nobody may allow this. The words have to change.")
        if not visible(reason):
            raise Refusal(REASON_NEEDED)
    found.update(state=Found.State.ANSWERED, by=signed(by), reason=reason, at=database_now())


def _vote(review: Review, step: int, *, yes: bool, reasons: dict[str, str], by: Actor) -> None:
    person = people.behind(by)
    principal = queries.stands_in(review.asked[step], person, review.post) if person else None
    deputy = principal and person and principal.pk != person.pk
    Vote.objects.create(
        review=review,
        step=step,
        yes=yes,
        by=signed(by),
        instead_of=signed(principal) if principal and deputy else {},
        reasons=reasons,
        digest=review.digest,
        at=database_now(),
    )


def _all_yes(review: Review, *, by: Actor) -> None:
    now = database_now()
    if rules.is_late(review.due_at, now):
        _settle(review, Review.State.LATE)
        with act(events.LATE_ASKED, on=review.post, by=by, digest=review.digest):
            return
    _settle(review, Review.State.APPROVED)
    wordings = list(post_queries.current_wordings(review.post).order_by("id"))
    approve(review.post, wordings, ALL_YES, who=signed(by), by=by)
    _look_again(review.post)


def _look_again(post: Post) -> None:
    """What has come up since it was handed in holds it, unless it was allowed with the yes."""
    re_evaluate(post, cause="approval", by=job("decisions"))


def _settle(review: Review, state: str) -> None:
    review.state, review.settled_at = state, database_now()
    review.save(update_fields=["state", "settled_at"])


def send_late(review: Review, *, by: Actor) -> Review:
    """Its time has gone by, and it is to go all the same, now. Raises Refusal, also when a yes has
    lapsed since it was given.
    """
    with transaction.atomic():
        review = _open(review)
        if queries.wrote(review.post, by):
            raise Refusal("You wrote these words, so somebody else must send them late.")
        if review.state != Review.State.LATE or review.version != review.post.version:
            raise Refusal("This message does not ask whether it may go late.")
        if not all(stood.done for stood in queries.standing(review)):
            raise Refusal(LAPSED)
        _settle(review, Review.State.APPROVED)
        wordings = list(post_queries.current_wordings(review.post).order_by("id"))
        why = "Approved after its time; sent late on purpose."
        approve(review.post, wordings, why, who=signed(by), by=by)
        _look_again(review.post)
    return review


def ask_for_changes(
    review: Review, reasons: Mapping[str, str], *, digest: str, by: Actor
) -> Review:
    """Say no: the message is a draft again. `reasons` by field; "" is about all of it.

    Raises Refusal without any reason, and for the same causes as a yes.
    """
    kept = {name: why.strip() for name, why in reasons.items() if visible(why)}
    if not kept:
        raise Refusal("Say what should change, so that the author knows what to do.")
    with transaction.atomic():
        review = _open(review)
        _refuse_unless(review, digest, by)
        step = rules.first_open([one.done for one in queries.standing(review)]) or 0
        _vote(review, step, yes=False, reasons=kept, by=by)
        _settle(review, Review.State.REFUSED)
        with act(events.CHANGES_ASKED, on=review.post, by=by, digest=digest):
            posts.take_back(review.post, by=by)
    return review


def withdraw(review: Review, *, by: Actor) -> None:
    """Its message was taken back or thrown away: nobody is asked any more. Twice is once."""
    with transaction.atomic():
        review = _open(review)
        asks = review.state in {Review.State.OPEN, Review.State.LATE}
        if not asks or queries.is_about_what_was_handed_in(review):
            return
        _settle(review, Review.State.WITHDRAWN)
        with act(events.WITHDRAWN, on=review.post, by=by, digest=review.digest):
            pass
