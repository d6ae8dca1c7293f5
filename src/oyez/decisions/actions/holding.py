"""Holding approved words back when something has come up, and letting them go on."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from oyez.decisions import events, queries, rules
from oyez.decisions.models import Found, Hold
from oyez.kit import clock
from oyez.kit.text import visible
from oyez.ledger.actor import Actor, Refusal, signed
from oyez.ledger.acts import act
from oyez.policy.contract import Finding
from oyez.posts import queries as posts
from oyez.posts.models import Post, Wording


def re_evaluate(post: Post, *, cause: str = "", by: Actor) -> list[Hold]:
    """Look again at what was approved and has not gone, since the circumstances have changed.

    What a check holds or blocks now is held; what none holds any more goes on; what somebody has
    let go on stays let go. Returns the new holds.
    """
    with transaction.atomic():
        post = posts.locked(post)
        firsts = [
            w
            for w in queries.approved_wordings(post).select_related("variant__post")
            if w.part == 1
        ]
        texts = {wording.channel: wording.variant.text for wording in firsts}
        looked = queries.look(post.draft, texts, post.handed_in_by or post.by, post)
        made = [hold for w in firsts for hold in _hold(w, looked[w.channel], cause)]
        if made:
            checks = sorted({hold.check_id for hold in made})
            why = made[0].message[:200]
            with act(events.HELD, on=post, by=by, checks=checks, cause=cause, why=why):
                Hold.objects.bulk_create(made)
        _end_what_is_over(firsts, {w: rules.weighty(looked[w.channel]) for w in firsts}, by=by)
    return made


def _hold(wording: Wording, found: Sequence[Finding], cause: str) -> list[Hold]:
    """One for each check, in all that it says; one that stands already says it as it is now."""
    known, said = _answered(wording), _by_check(found)
    for standing in wording.holds.filter(ended_at=None, check_id__in=said):
        _say_anew(standing, _in_words(said[standing.check_id]))
    return [
        Hold(
            wording=wording,
            check_id=check,
            role=findings[0].role,
            message=_in_words(findings),
            cause=cause,
            began_at=clock.now(),
        )
        for check, findings in said.items()
        if check not in known
    ]


def _by_check(found: Sequence[Finding]) -> dict[str, list[Finding]]:
    said: dict[str, list[Finding]] = {}
    for finding in rules.weighty(found):
        said.setdefault(finding.check, []).append(finding)
    return said


def _in_words(findings: Sequence[Finding]) -> str:
    return " ".join(dict.fromkeys(finding.message for finding in findings))


def _say_anew(hold: Hold, message: str) -> None:
    if hold.message != message:
        hold.message = message
        hold.save(update_fields=["message"])


def _answered(wording: Wording) -> set[str]:
    """What holds it already, or was allowed by somebody who may."""
    let_go = wording.holds.filter(Q(ended_at=None) | ~Q(by={}))
    allowed = wording.findings.filter(state=Found.State.ANSWERED)
    return {*let_go.values_list("check_id", flat=True), *allowed.values_list("check_id", flat=True)}


def _end_what_is_over(
    wordings: Sequence[Wording], found: dict[Wording, list[Finding]], *, by: Actor
) -> None:
    for wording in wordings:
        still = {finding.check for finding in found[wording]}
        over = wording.holds.filter(ended_at=None).exclude(check_id__in=still)
        ended = over.update(ended_at=clock.now(), reason="It no longer applies.")
        if ended:
            with act(events.RELEASED, on=wording.variant.post, by=by, holds=ended):
                pass


def release(hold: Hold, *, reason: str, by: Actor) -> None:
    """Let held words go on. Raises Refusal without a reason, for who does not hold the role, and
    for whoever wrote them.
    """
    if not visible(reason):
        raise Refusal("Say why it may go all the same. The reason is kept.")
    post = hold.wording.variant.post
    with transaction.atomic():
        posts.locked(post)
        current = Hold.objects.select_for_update().get(pk=hold.pk)
        if current.ended_at:
            raise Refusal("This is not held any more.")
        if why_not := queries.may_release(current, by):
            raise Refusal(why_not)
        current.ended_at, current.reason = clock.now(), reason.strip()
        current.by = signed(by)
        with act(events.RELEASED, on=post, by=by, check=current.check_id):
            current.save()
