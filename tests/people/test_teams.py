"""Teams own channels: who acts on which, and who is asked?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from oyez.channels import actions as channels
from oyez.channels.models import Channel
from oyez.decisions import actions as decisions
from oyez.decisions import queries as reviews
from oyez.decisions.rules import Asked
from oyez.emergency import actions as emergency
from oyez.feeds import actions as feeds
from oyez.feeds.models import Feed
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.people import actions, queries
from oyez.people.models import Person, Team
from oyez.people.rules import OfTeams
from oyez.posts import actions as posts
from oyez.posts.draft import Draft
from oyez.posts.models import Post
from tests.cli.test_verbs import oyez
from tests.factories import BY, a_channel, a_feed
from tests.fakes.networks import Findable, fakes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def networks() -> Iterator[None]:
    with fakes(Findable):
        yield


@pytest.fixture
def roads() -> Team:
    return actions.make_team("Roads", by=BY)


@pytest.fixture
def parks() -> Team:
    return actions.make_team("Parks", by=BY)


def somebody(name: str, role: str = "officer", *teams: Team) -> Person:
    person = actions.invite(f"{name.lower()}@council.example", name=name, role=role, by=BY)
    for team in teams:
        actions.join(team, person, by=BY)
    return person


def a_channel_of(team: Team | None, name: str) -> Channel:
    return channels.give_to(a_channel(name=name), team, by=BY)


def a_draft(*to: Channel) -> Post:
    return posts.start(Draft(text="Hello.", to=tuple(one.pk for one in to)), by=BY)


def may_edit(person: Person, post: Post) -> bool:
    try:
        posts.save(
            post, replace(post.draft, text=f"{person} was here"), based_on=post.version, by=person
        )
    except NotAllowed:
        return False
    post.refresh_from_db()
    return True


def test_who_is_in_a_team_acts_on_its_channels_and_on_nobody_s(roads: Team, parks: Team) -> None:
    ann = somebody("Ann", "officer", roads)
    theirs, other = a_channel_of(roads, "Roads"), a_channel_of(parks, "Parks")
    everybody = a_channel_of(None, "Council")
    assert [may_edit(ann, a_draft(one)) for one in (theirs, everybody, other)] == [
        True,
        True,
        False,
    ]


def test_who_is_in_no_team_acts_everywhere_and_so_does_an_administrator(
    roads: Team, parks: Team
) -> None:
    both = a_draft(a_channel_of(roads, "Roads"), a_channel_of(parks, "Parks"))
    assert may_edit(somebody("Ann"), both)
    assert may_edit(somebody("Ada", "administrator", roads), both)


def test_a_message_for_two_teams_needs_somebody_of_both(roads: Team, parks: Team) -> None:
    both = a_draft(a_channel_of(roads, "Roads"), a_channel_of(parks, "Parks"))
    assert not may_edit(somebody("Ann", "officer", roads), both)
    assert may_edit(somebody("Ben", "officer", roads, parks), both)


def test_nobody_takes_another_team_s_channel_out_of_a_message_or_puts_it_in(
    roads: Team, parks: Team
) -> None:
    ann = somebody("Ann", "officer", roads)
    theirs, other = a_channel_of(roads, "Roads"), a_channel_of(parks, "Parks")
    for before, after in [((theirs, other), (theirs,)), ((theirs,), (theirs, other))]:
        post = a_draft(*before)
        draft = post.draft.going_to(one.pk for one in after)
        with pytest.raises(NotAllowed):
            posts.save(post, draft, based_on=post.version, by=ann)


def test_a_copy_goes_only_where_its_maker_may_write(roads: Team, parks: Team) -> None:
    theirs, other = a_channel_of(roads, "Roads"), a_channel_of(parks, "Parks")
    copied = posts.copy(a_draft(theirs, other), by=somebody("Ann", "writer", roads))
    assert copied.draft.to == (theirs.pk,)


def test_the_approver_of_another_team_is_not_asked(roads: Team, parks: Team) -> None:
    ann, ben = somebody("Ann", "approver", roads), somebody("Ben", "approver", parks)
    channel = a_channel_of(roads, "Roads")
    decisions.set_steps(channel, [Asked(role="approver")], by=BY)
    review = reviews.review_of(handed_in(channel))
    assert review
    assert [len(reviews.waiting_for(one)) for one in (ann, ben)] == [1, 0]
    assert [one.people for one in reviews.standing(review)] == [[ann]]
    with pytest.raises(NotAllowed):
        decisions.vote_yes(review, digest=review.digest, by=ben)
    assert decisions.vote_yes(review, digest=review.digest, by=ann).state == review.State.APPROVED


def handed_in(*to: Channel) -> Post:
    post = posts.hand_in(a_draft(*to), by=BY)
    decisions.open_review(post, by=BY)
    return post


def test_a_duty_is_for_the_whole_house(roads: Team, parks: Team) -> None:
    mo = somebody("Mo", "reader", parks)
    actions.give(mo, duties=["monitoring_officer"], by=BY)
    assert mo.may("decisions.released", a_channel_of(roads, "Roads"))


def test_nobody_of_another_team_is_named_in_a_step(roads: Team, parks: Team) -> None:
    ben = somebody("Ben", "approver", parks)
    with pytest.raises(Refusal, match="Ben may not approve there"):
        decisions.set_steps(a_channel_of(roads, "Roads"), [Asked(people=(ben.pk,))], by=BY)


def test_everybody_who_may_stop_stops_everything_and_who_works_for_all_lets_it_go_on(
    roads: Team, parks: Team
) -> None:
    ann, ben = somebody("Ann", "officer", roads), somebody("Ben")
    other = a_channel_of(parks, "Parks")
    for what in (None, other):
        emergency.stop(what, why="Hacked", by=ann)
        with pytest.raises(NotAllowed):
            emergency.resume(what, by=ann)
        emergency.resume(what, by=ben)
    mine = a_channel_of(roads, "Roads")
    emergency.stop(mine, why="Fire", by=ann)
    emergency.resume(mine, by=ann)


def test_a_feed_belongs_to_the_teams_of_all_its_channels(roads: Team, parks: Team) -> None:
    ann = somebody("Ann", "officer", roads)
    theirs, other = a_channel_of(roads, "Roads"), a_channel_of(parks, "Parks")
    feed = a_feed(to=[theirs])
    feeds.pause(feed, by=ann)
    with pytest.raises(NotAllowed):
        change(feed, [theirs, other], by=ann)
    change(feed, [theirs, other], by=BY)
    with pytest.raises(NotAllowed):
        feeds.resume(feed, by=ann)
    with pytest.raises(NotAllowed):
        feeds.add("https://elsewhere.example/feed", to=[other], by=ann)


def change(feed: Feed, to: list[Channel], *, by: object) -> None:
    rule = {"template": "", "templates": {}, "keep_words": [], "block_words": []}
    more = {"settle": feed.settle, "flood_cap": 5, "third_party": False}
    feeds.change(feed, to=to, by=by, **rule, **more)  # type: ignore[arg-type]


def test_our_own_page_stays_the_whole_house_s(roads: Team) -> None:
    channels.open_our_own(by=BY)
    with pytest.raises(Refusal, match="stays the whole house’s"):
        channels.give_to(Channel.objects.get(), roads, by=BY)


def test_only_an_administrator_gives_a_channel_away(roads: Team) -> None:
    ann = somebody("Ann", "officer", roads)
    with pytest.raises(NotAllowed):
        channels.give_to(a_channel(), roads, by=ann)
    with pytest.raises(NotAllowed):
        actions.leave(roads, ann, by=ann)


def test_a_team_ends_only_when_nothing_hangs_on_it(roads: Team) -> None:
    ann, channel = somebody("Ann", "officer", roads), a_channel_of(roads, "Roads")
    with pytest.raises(Refusal, match="still has people or channels"):
        actions.end_team(roads, by=BY)
    actions.leave(roads, ann, by=BY)
    with pytest.raises(Refusal, match="still has people or channels"):
        actions.end_team(roads, by=BY)
    channels.give_to(channel, None, by=BY)
    actions.end_team(roads, by=BY)
    assert not queries.teams()


@pytest.mark.parametrize("name", ["roads", "  ", "x" * 101])
def test_a_team_has_a_name_of_its_own(roads: Team, name: str) -> None:
    with pytest.raises(Refusal):
        actions.make_team(name, by=BY)


def test_the_command_line_does_it_too() -> None:
    a_channel(name="Roads")
    somebody("Ann")
    assert "teams join 'Bins and Roads' EMAIL" in oyez("teams", "make", "Bins and Roads").output
    assert "teams join Highways EMAIL" in oyez("teams", "make", "Highways").output
    said = oyez("teams", "join", "highways", "ann@council.example").output
    assert said == "Ann is in Highways.\n"
    assert (
        oyez("channels", "give", "Roads", "--to", "Highways").output
        == "Roads belongs to Highways.\n"
    )
    assert "ann@council.example" in oyez("teams", "list", "--json").output
    said = oyez("teams", "leave", "Highways", "ann@council.example").output
    assert said == "Ann is in no team, and so acts everywhere their role lets them.\n"
    again = oyez("teams", "leave", "Highways", "ann@council.example")
    assert (again.exit_code, again.output) == (1, "Error: Ann is not in Highways.\n")


HOUSE_WIDE = {
    "channels.Secret",
    "posts.Variant",
    "posts.Wording",
    "feeds.Target",
    "decisions.Step",
    "listening.Watch",
}
"""Nothing is done to these rows but with the channel, message or feed that they belong to."""


def test_whatever_names_a_channel_says_whose_it_is() -> None:
    """Else a new kind of thing on a channel would be everybody's without anybody noticing."""
    naming = {
        model
        for model in apps.get_models()
        if any(isinstance(f, ForeignKey) and f.related_model is Channel for f in model._meta.fields)
    }
    silent = {m._meta.label for m in naming if not issubclass(m, OfTeams)}
    assert silent == HOUSE_WIDE
