"""Every way of being an author, tried at every door at which somebody says yes: none opens. At each
door somebody else is let through then, since a door that is always shut would prove nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import pytest

from oyez.channels.models import Channel
from oyez.decisions import actions, events, queries
from oyez.decisions.models import Hold, Review
from oyez.decisions.rules import Asked
from oyez.deliveries import actions as deliveries
from oyez.feeds import actions as feeds
from oyez.feeds.models import Feed
from oyez.kit import clock
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.ledger.events import Kind
from oyez.people import actions as people
from oyez.people.models import Person
from oyez.people.rules import (
    ADMINISTRATOR,
    APPROVER,
    DECIDES,
    DUTIES,
    MONITORING_OFFICER,
    READER,
    ROLES,
    job,
)
from oyez.posts import actions as posts
from oyez.posts import queries as post_queries
from oyez.posts.draft import Draft
from oyez.posts.models import Post, Wording
from oyez.requests import actions as requests
from tests.cli.test_verbs import oyez
from tests.decisions.conftest import SomeBody
from tests.entering import signed_in
from tests.factories import BY, a_channel, a_feed, an_item
from tests.factories import asked as a_wish
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class Desk:
    """Asha is the author, Wyn helps her, Ben is the second person; the channel asks for one."""

    asha: Person
    wyn: Person
    ben: Person
    dee: Person
    channel: Channel

    def draft(self, text: str = "The bridge is open.") -> Draft:
        return Draft(text, (self.channel.pk,))


@pytest.fixture
def desk(someone: SomeBody) -> Desk:
    asha, wyn, ben = someone("Asha"), someone("Wyn"), someone("Ben")
    channel = a_channel()
    actions.set_steps(channel, [Asked(role=APPROVER)], by=BY)
    return Desk(asha, wyn, ben, someone("Dee", READER, MONITORING_OFFICER), channel)


def began(desk: Desk) -> Post:
    return posts.start(desk.draft(), by=desk.asha)


def changed_a_word(desk: Desk) -> Post:
    post = posts.start(desk.draft("The bridge is opn."), by=desk.wyn)
    return posts.save(post, desk.draft(), based_on=post.version, by=desk.asha)


def changed_a_word_that_was_changed_again(desk: Desk) -> Post:
    post = changed_a_word(desk)
    return posts.save(post, desk.draft("It is open."), based_on=post.version, by=desk.wyn)


def wrote_what_lost(desk: Desk) -> Post:
    """Two editors at once: her words are kept beside his, who may have merged them."""
    post = posts.start(desk.draft("Open."), by=desk.wyn)
    posts.save(post, desk.draft("It is open."), based_on=post.version, by=desk.wyn)
    with suppress(posts.Changed):
        posts.save(post, desk.draft("It is open now."), based_on=post.version, by=desk.asha)
    return post_queries.one(post.pk)


def handed_it_in(desk: Desk) -> Post:
    post = posts.start(desk.draft(), by=desk.wyn)
    return actions.hand_in(post, by=desk.asha)


def asked_for_it(desk: Desk) -> Post:
    asked = requests.ask(a_wish(what="The bridge is open."), by=desk.asha)
    return posts.start(desk.draft().asked_by(asked.pk), by=desk.wyn)


def wrote_what_was_copied(desk: Desk) -> Post:
    return posts.copy(began(desk), by=desk.wyn)


def wrote_what_comes_again(desk: Desk) -> Post:
    authors = post_queries.authors(began(desk))
    tomorrow = clock.now().replace(tzinfo=None) + timedelta(days=1)
    again = {"rule": "FREQ=DAILY", "starts": tomorrow, "zone": "UTC", "also_by": authors}
    posts.repeat(desk.draft(), **again, by=desk.wyn)
    posts.make_due(by=job("posts"))
    return Post.objects.latest("pk")


def moved_it(desk: Desk) -> Post:
    post = actions.hand_in(began(desk), by=desk.asha)
    return deliveries.move(post, wall="2027-03-01T09:00", zone="Europe/London", by=desk.wyn)


def set_the_rule_of_its_feed(desk: Desk) -> Post:
    number = Feed.objects.count()
    feed = a_feed(to=[desk.channel], url=f"https://council.example/{number}.xml")
    an_item(feeds.set_trust(feed, Feed.Trust.APPROVE, by=desk.asha), url=f"{feed.url}#1")
    run_jobs()
    return Post.objects.latest("pk")


WAYS: list[Callable[[Desk], Post]] = [
    began,
    changed_a_word,
    changed_a_word_that_was_changed_again,
    wrote_what_lost,
    handed_it_in,
    asked_for_it,
    wrote_what_was_copied,
    wrote_what_comes_again,
    moved_it,
    set_the_rule_of_its_feed,
]


def the_review(post: Post) -> Review:
    review = queries.review_of(post)
    assert review
    return review


def by_action(desk: Desk, review: Review, person: Person) -> None:
    with suppress(Refusal):
        actions.vote_yes(review, digest=review.digest, by=person)


def on_the_page(desk: Desk, review: Review, person: Person) -> None:
    signed_in(person).post(f"/approve/{review.pk}", {"digest": review.digest, "reason": ""})


def on_the_command_line(desk: Desk, review: Review, person: Person) -> None:
    oyez("approve", str(review.post_id), "--as", person.email)


def through_a_deputy(desk: Desk, review: Review, person: Person) -> None:
    """Who is nobody that may approve, but for whoever is away."""
    today = clock.now().date()
    actions.set_steps(desk.channel, [Asked(people=(person.pk,))], by=BY)
    Review.objects.filter(pk=review.pk).update(steps=[Asked(people=(person.pk,)).as_json()])
    people.set_absence(person, today, today + timedelta(days=3), desk.dee, by=BY)
    by_action(desk, the_review(review.post), desk.dee)


def though_it_is_late(desk: Desk, review: Review, person: Person) -> None:
    """Somebody else has said yes to it, after its time."""
    yesterday = clock.now() - timedelta(days=1)
    Review.objects.filter(pk=review.pk).update(due_at=yesterday)
    by_action(desk, review, desk.ben)
    with suppress(Refusal):
        actions.send_late(the_review(review.post), by=person)


def by_letting_go_what_is_held(desk: Desk, review: Review, person: Person) -> None:
    """It has been approved by somebody else, and a hold has come up since."""
    hold = Hold.objects.filter(wording__variant__post=review.post).first()
    if not hold:
        by_action(desk, review, desk.ben)
        words = Wording.objects.filter(variant__post=review.post).latest("pk")
        hold = Hold.objects.create(
            wording=words, check_id="SE-1", message="Mourning.", began_at=clock.now()
        )
    with suppress(Refusal):
        actions.release(hold, reason="It may go.", by=person)


DOORS: list[Callable[[Desk, Review, Person], None]] = [
    by_action,
    on_the_page,
    on_the_command_line,
    though_it_is_late,
    by_letting_go_what_is_held,
    through_a_deputy,
]


def may_go(post: Post) -> bool:
    held = Hold.objects.filter(wording__variant__post=post, ended_at=None)
    approved = the_review(post).state == Review.State.APPROVED
    return approved and not held.exists()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_door_opens_to_an_author(desk: Desk, way: Callable[[Desk], Post]) -> None:
    for door in DOORS:
        post = way(desk)
        if post.is_draft:
            post = actions.hand_in(post, by=desk.wyn)
        door(desk, the_review(post), desk.asha)
        assert not may_go(post), door.__name__
        door(desk, the_review(post), desk.ben)
        assert may_go(post), door.__name__


def test_whoever_approves_or_publishes_cannot_end_the_asking() -> None:
    """Else the second person would be there only as long as the first one liked."""
    channel = a_channel()
    actions.set_steps(channel, [Asked(role=APPROVER)], by=BY)
    for role in set(ROLES) - {ADMINISTRATOR}:
        person = people.invite(f"{role}@council.example", name=role, role=role, by=BY)
        people.give(person, duties=DUTIES, by=BY)
        for steps in ([], [Asked(role=APPROVER)]):
            with pytest.raises(NotAllowed):
                actions.set_steps(channel, steps, by=person)
    assert queries.steps_for([channel]) == [Asked(role=APPROVER)]
    ada = people.invite("ada@council.example", name="Ada", role=ADMINISTRATOR, by=BY)
    actions.set_steps(channel, [], by=ada)
    assert queries.steps_for([channel]) == []


def test_whoever_approves_can_do_all_else_that_is_decided() -> None:
    all_there_is = {one.name for one in vars(events).values() if isinstance(one, Kind)}
    assert all_there_is - set(DECIDES) == {"decisions.steps_set"}
