"""What would be held now, and who may let it go on?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from oyez.decisions import events, rules
from oyez.decisions.models import Hold, Review
from oyez.decisions.queries.authorship import wrote
from oyez.decisions.queries.looking import look
from oyez.decisions.queries.reviewing import holds_in_force
from oyez.ledger.actor import Actor
from oyez.people import queries as people
from oyez.people.models import Person
from oyez.people.rules import Reaching
from oyez.posts import queries as posts
from oyez.posts.models import Post


def would_be_held(review: Review) -> list[str]:
    """What has come up since it was handed in and would hold it after the yes, in sentences."""
    post = review.post
    words = posts.wordings(post).filter(version=review.version, part=1)
    firsts = {w.channel: w for w in words.select_related("channel", "variant")}
    texts = {channel: wording.variant.text for channel, wording in firsts.items()}
    looked = look(post.draft, texts, post.handed_in_by or post.by, post)
    known = {(one.wording_id, one.check_id, rules.set_off_by(one)) for one in review.findings.all()}
    found = [
        finding.message
        for channel, findings in looked.items()
        for finding in rules.weighty(findings)
        if (firsts[channel].pk, finding.check, rules.set_off_by(finding)) not in known
    ]
    return list(dict.fromkeys(found))


def may_release(hold: Hold, by: Actor) -> str:
    """Why this actor may not let it go on, in one sentence; empty when they may."""
    person = people.behind(by)
    post = hold.wording.variant.post
    reach = Reaching(post.teams())
    if not person or not _lets_go(person, hold.role, reach):
        return who_may_release(hold.role, reach)
    if wrote(post, by):
        return "You wrote these words, so somebody else must let them go on."
    return ""


def _lets_go(person: Person, role: str, reach: Reaching | None) -> bool:
    """May they let go on what reaches there and asks for this role; None: anywhere at all?"""
    return (not role or person.holds(role)) and person.may(events.RELEASED.name, reach)


def who_may_release(role: str, reach: Reaching | None = None) -> str:
    """Who that is, in one sentence, by the role that a hold names and where its words go."""
    wanted = role.replace("_", " ") or "person who may approve"
    names = ", ".join(person.name for person in releasers(role, reach))
    return f"Only the {wanted} may let this go on. Here that is {names or 'nobody yet'}."


def releasers(role: str, reach: Reaching | None = None) -> list[Person]:
    """Everybody here who may let go on what asks for this role."""
    return [person for person in people.everyone_in_teams() if _lets_go(person, role, reach)]


def held_for(by: Actor) -> list[Hold]:
    """What this person may let go on, as far as one look tells: one hold of each message."""
    return _one_each(_releasable(by, _in_force()))


def held_of(by: Actor) -> list[Hold]:
    """What is held of their own, and what nobody here may let go on, where approving is theirs: one
    hold of each message.
    """
    found = _in_force()
    theirs = _written_by(by, found)
    orphaned = {role for role in {hold.role for hold in found} if not releasers(role)}
    mends = by.may(events.APPROVED.name, None)
    wanted = [h for h in found if _post(h) in theirs or (mends and h.role in orphaned)]
    asked = {_post(hold) for hold in _releasable(by, found)}
    return _one_each(hold for hold in wanted if _post(hold) not in asked)


def releasable(by: Actor) -> list[Hold]:
    """Everything held that this person may let go on, as far as one look tells."""
    return _releasable(by, _in_force())


def _in_force() -> list[Hold]:
    return list(holds_in_force())


def _releasable(by: Actor, found: Sequence[Hold]) -> list[Hold]:
    """A few questions however many."""
    person = people.behind(by)
    if not person:
        return []
    theirs, reaches = _written_by(by, found), posts.reaches([_message(hold) for hold in found])
    able = [h for h in found if _lets_go(person, h.role, reaches[_post(h)])]
    return [hold for hold in able if _post(hold) not in theirs]


def _written_by(by: Actor, found: Iterable[Hold]) -> set[int]:
    return posts.written_by([_message(hold) for hold in found], by.kind, str(by.id))


def _one_each(found: Iterable[Hold]) -> list[Hold]:
    first: dict[int, Hold] = {}
    for hold in found:
        first.setdefault(_post(hold), hold)
    return list(first.values())


def _message(hold: Hold) -> Post:
    return hold.wording.variant.post


def _post(hold: Hold) -> int:
    return hold.wording.variant.post_id
