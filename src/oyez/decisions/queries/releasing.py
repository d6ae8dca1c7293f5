"""What would be held now, and who may let it go on?"""

from __future__ import annotations

from oyez.decisions import events, rules
from oyez.decisions.models import Hold, Review
from oyez.decisions.queries.looking import look
from oyez.decisions.queries.reviewing import holds_in_force, wrote
from oyez.ledger.actor import Actor
from oyez.people import queries as people
from oyez.people.models import Person
from oyez.posts import queries as posts


def would_be_held(review: Review) -> list[str]:
    """What has come up since it was handed in and would hold it after the yes, in sentences."""
    post = review.post
    words = posts.wordings(post).filter(version=review.version, part=1)
    firsts = {w.channel: w for w in words.select_related("channel", "variant")}
    texts = {channel: wording.variant.text for channel, wording in firsts.items()}
    looked = look(post.draft, texts, post.handed_in_by or post.by, post)
    known = set(review.findings.values_list("wording", "check_id"))
    found = [
        finding.message
        for channel, findings in looked.items()
        for finding in rules.weighty(findings)
        if (firsts[channel].pk, finding.check) not in known
    ]
    return list(dict.fromkeys(found))


def may_release(hold: Hold, by: Actor) -> str:
    """Why this actor may not let it go on, in one sentence; empty when they may."""
    person = people.behind(by)
    if not person or not _holds_the_role(person, hold):
        return who_may_release(hold.role)
    if wrote(hold.wording.variant.post, by):
        return "You wrote these words, so somebody else must let them go on."
    return ""


def _holds_the_role(person: Person, hold: Hold) -> bool:
    if hold.role and not person.holds(hold.role):
        return False
    return person.may(events.RELEASED.name, None)


def who_may_release(role: str) -> str:
    """Who that is, in one sentence, by the role that a hold names."""
    wanted = role.replace("_", " ") or "person who may approve"
    here = people.holding(role) if role else people.who_may(events.RELEASED.name)
    names = ", ".join(person.name for person in here)
    return f"Only the {wanted} may let this go on. Here that is {names or 'nobody yet'}."


def releasable(by: Actor) -> list[Hold]:
    """Everything held that this person may let go on, as far as one look tells; three questions
    however many.
    """
    person, found = people.behind(by), list(holds_in_force())
    if not person:
        return []
    theirs = posts.written_by([hold.wording.variant.post for hold in found], by.kind, str(by.id))
    return [
        hold
        for hold in found
        if _holds_the_role(person, hold) and hold.wording.variant.post_id not in theirs
    ]


def held_for(by: Actor) -> list[Hold]:
    """The same, one hold of each message."""
    first = {hold.wording.variant.post_id: hold for hold in reversed(releasable(by))}
    return list(reversed(first.values()))
