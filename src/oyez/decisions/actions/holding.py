"""Holding approved words back when something has come up, and letting them go on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction

from oyez.decisions import events, queries, rules
from oyez.decisions.models import Found, Hold
from oyez.kit import clock
from oyez.kit.text import visible
from oyez.ledger.actor import Actor, Refusal, signed
from oyez.ledger.acts import act
from oyez.policy.contract import Finding
from oyez.posts import queries as posts
from oyez.posts.models import Post, Wording


def re_evaluate(
    post: Post, *, here: Collection[int] | None = None, cause: str = "", by: Actor
) -> list[Hold]:
    """Look again at what was approved and has not gone, since the circumstances have changed.

    `here`: the numbers of the wordings that have not left; without it, all. On each channel the
    first part that is here is held, and what follows waits for it. What a check holds or blocks now
    is held; what none holds any more goes on; what somebody has let go on stays let go, and nothing
    else. Returns the new holds.
    """
    with transaction.atomic():
        post = posts.locked(post)
        firsts = _firsts(post, here)
        texts = {wording.channel: wording.variant.text for wording in firsts}
        looked = queries.look(post.draft, texts, post.handed_in_by or post.by, post)
        found = {w: _not_let_go(w, rules.weighty(looked[w.channel])) for w in firsts}
        made = [hold for w, findings in found.items() for hold in _hold(w, findings, cause)]
        if made:
            checks = sorted({hold.check_id for hold in made})
            why = made[0].message[:200]
            with act(events.HELD, on=post, by=by, checks=checks, cause=cause, why=why):
                Hold.objects.bulk_create(made)
        _end_what_is_over(found, by=by)
    return made


def _firsts(post: Post, here: Collection[int] | None) -> list[Wording]:
    approved = queries.approved_wordings(post).select_related("variant__post").order_by("part")
    first: dict[int, Wording] = {}
    for wording in approved if here is None else approved.filter(pk__in=here):
        first.setdefault(wording.channel_id, wording)
    return list(first.values())


def _not_let_go(wording: Wording, found: Sequence[Finding]) -> list[Finding]:
    """Those that nobody who may has allowed for these very words that set them off."""
    variant = wording.variant_id
    holds = Hold.objects.filter(wording__variant=variant, wording__version=wording.version)
    let_go = holds.exclude(ended_at=None).exclude(by={}).values_list("check_id", "words")
    allowed = Found.objects.filter(
        wording__variant=variant, wording__version=wording.version, state=Found.State.ANSWERED
    )
    known = {(check, tuple(words)) for check, all_words in let_go for words in all_words}
    known |= {(one.check_id, rules.set_off_by(one)) for one in allowed}
    return [one for one in found if (one.check, rules.set_off_by(one)) not in known]


def _hold(wording: Wording, found: Sequence[Finding], cause: str) -> list[Hold]:
    """One for each check, in all that it says; one that stands already says it as it is now."""
    said = _by_check(found)
    standing = {hold.check_id: hold for hold in wording.holds.filter(ended_at=None)}
    for check, hold in standing.items():
        if check in said:
            _say_anew(hold, said[check])
    return [
        Hold(
            wording=wording,
            check_id=check,
            role=findings[0].role,
            message=_in_words(findings),
            words=[list(rules.set_off_by(one)) for one in findings],
            cause=cause,
            began_at=clock.now(),
        )
        for check, findings in said.items()
        if check not in standing
    ]


def _by_check(found: Sequence[Finding]) -> dict[str, list[Finding]]:
    said: dict[str, list[Finding]] = {}
    for finding in found:
        said.setdefault(finding.check, []).append(finding)
    return said


def _in_words(findings: Sequence[Finding]) -> str:
    return " ".join(dict.fromkeys(finding.message for finding in findings))


def _say_anew(hold: Hold, findings: Sequence[Finding]) -> None:
    message, words = _in_words(findings), [list(rules.set_off_by(one)) for one in findings]
    if (hold.message, hold.words) != (message, words):
        hold.message, hold.words = message, words
        hold.save(update_fields=["message", "words"])


def _end_what_is_over(found: Mapping[Wording, Sequence[Finding]], *, by: Actor) -> None:
    for wording, findings in found.items():
        still = {finding.check for finding in findings}
        over = wording.holds.filter(ended_at=None).exclude(check_id__in=still)
        ended = over.update(ended_at=clock.now(), reason="It no longer applies.")
        if ended:
            with act(events.RELEASED, on=wording.variant.post, by=by, holds=ended):
                pass


def hold_no_more(wording: Wording) -> None:
    """It does not go any more, so nothing keeps it back."""
    Hold.objects.filter(wording=wording, ended_at=None).update(
        ended_at=clock.now(), reason="It does not go out any more."
    )


def release(hold: Hold, *, reason: str, read: str = "", by: Actor) -> None:
    """Let held words go on. `read`: the digest of the hold as it was read. Raises Refusal without a
    reason, for who does not hold the role, for whoever wrote them, and when more has come up since.
    """
    if not visible(reason):
        raise Refusal("Say why it may go all the same. The reason is kept.")
    post = hold.wording.variant.post
    with transaction.atomic():
        posts.locked(post)
        current = Hold.objects.select_for_update().get(pk=hold.pk)
        if current.ended_at:
            raise Refusal("This is not held any more.")
        if read and read != current.digest:
            raise Refusal("More has come up since you read this. Read it again, then decide.")
        if why_not := queries.may_release(current, by):
            raise Refusal(why_not)
        current.ended_at, current.reason = clock.now(), reason.strip()
        current.by = signed(by)
        with act(events.RELEASED, on=post, by=by, check=current.check_id):
            current.save()
