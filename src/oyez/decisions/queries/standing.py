"""Who is asked, who has said yes, and is that enough?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from oyez.channels.models import Channel
from oyez.decisions import events, rules
from oyez.decisions.models import Review, Step, Vote
from oyez.decisions.rules import Asked
from oyez.ledger import queries as ledger
from oyez.ledger.actor import Actor
from oyez.people import queries as people
from oyez.people.models import Person
from oyez.people.rules import OFFICER, OfTeams, Reaching
from oyez.posts.models import Post


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


def named(step: Asked, here: Sequence[Person] | None = None) -> str:
    """Those asked, for a sentence. `here`: as in asked_of."""
    names = ", ".join(person.name for person in asked_of(step, here))
    return names or (f"the {step.role.replace('_', ' ')}, and nobody is" if step.role else "nobody")


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
