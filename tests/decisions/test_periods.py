"""A sensitive period holds what is about politics, only that, and lets it go on when it is over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from oyez.decisions import actions, queries
from oyez.decisions.models import Hold
from oyez.deliveries.models import Delivery
from oyez.emergency import actions as emergency
from oyez.kit import clock
from oyez.ledger.actor import Refusal
from oyez.library import actions as library
from oyez.partners import actions as partners
from oyez.partners.rules.figures import Said as Figure
from oyez.people.rules import MONITORING_OFFICER, READER
from oyez.posts import actions as posts
from oyez.posts.draft import Draft, Placed
from oyez.posts.models import Post
from oyez.strategy import actions as strategy
from oyez.strategy.rules import Said as Aim
from tests.decisions.conftest import SomeBody
from tests.factories import BY, a_channel, a_pre_election
from tests.fakes.networks import Log
from tests.formats.gallery import png
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def a_picture(*, politician: bool) -> Placed:
    shade = b"\x10" if politician else b"\x90"
    kept = library.upload(png(8, 8, shade * 3 * 64), "bridge.png", by=BY)
    library.describe(kept, alt="A bridge", licence="Our own", politician=politician, by=BY)
    return Placed(kept.pk)


def planned(text: str, picture: Placed, by: object) -> Post:
    soon = clock.now() + timedelta(days=3)
    channel = a_channel(name=text)
    draft = Draft(
        text=text,
        to=(channel.pk,),
        media=(picture,),
        wall=f"{soon:%Y-%m-%dT%H:%M}",
        zone="UTC",
    )
    return actions.hand_in(posts.start(draft, by=by), by=by)  # type: ignore[arg-type]


def test_a_new_period_holds_the_right_items_and_only_those(log: Log, someone: SomeBody) -> None:
    asha, elin = someone("Asha"), someone("Elin", READER, MONITORING_OFFICER)
    held = planned("With the leader", a_picture(politician=True), asha)
    free = planned("Bins move to Tuesday", a_picture(politician=False), asha)
    run_jobs()
    a_pre_election()
    run_jobs()
    assert [hold.wording.variant.post_id for hold in Hold.objects.all()] == [held.pk]
    assert queries.what_holds(Delivery.objects.get(wording__variant__post=held).wording)
    assert not queries.what_holds(Delivery.objects.get(wording__variant__post=free).wording)
    hold = Hold.objects.get()
    with pytest.raises(Refusal, match="Only the monitoring officer"):
        actions.release(hold, reason="It is fine.", by=someone("Ben"))
    with pytest.raises(Refusal, match="Say why"):
        actions.release(hold, reason=" ", by=elin)
    actions.release(hold, reason="An officer is quoted, not the leader.", by=elin)
    assert not queries.what_holds(hold.wording)


def test_what_is_let_go_on_is_not_held_again(someone: SomeBody) -> None:
    elin = someone("Elin", READER, MONITORING_OFFICER)
    held = planned("With the leader", a_picture(politician=True), someone("Asha"))
    run_jobs()
    period = a_pre_election()
    run_jobs()
    actions.release(Hold.objects.get(), reason="Genuine need.", by=elin)
    emergency.change_period(period, name="Another name", by=BY)  # type: ignore[arg-type]
    run_jobs()
    assert not queries.holds_on(held).filter(ended_at=None).exists()


def test_a_period_closed_early_lets_everything_go_on(someone: SomeBody) -> None:
    held = planned("With the leader", a_picture(politician=True), someone("Asha"))
    run_jobs()
    period = a_pre_election()
    run_jobs()
    assert queries.holds_on(held).filter(ended_at=None).exists()
    emergency.close_period(period, why="Called off", by=BY)  # type: ignore[arg-type]
    run_jobs()
    assert not queries.holds_on(held).filter(ended_at=None).exists()


def test_what_is_handed_in_within_the_period_asks_the_monitoring_officer(
    log: Log, someone: SomeBody
) -> None:
    a_pre_election()
    elin = someone("Elin", READER, MONITORING_OFFICER)
    post = planned("With the leader", a_picture(politician=True), someone("Asha"))
    review = queries.review_of(post)
    assert review
    with pytest.raises(Refusal, match="that is not you"):
        actions.vote_yes(review, digest=review.digest, by=someone("Ben"))
    actions.vote_yes(review, digest=review.digest, by=elin)
    run_jobs()
    assert Delivery.objects.filter(state="waiting").exists()


def test_the_register_decides_who_is_political(log: Log, someone: SomeBody) -> None:
    asha = someone("Asha")
    named = planned("Jo Penrose opens the bridge", a_picture(politician=False), asha)
    free = planned("The bridge opens", a_picture(politician=False), asha)
    run_jobs()
    partners.add_figure(Figure(name="Jo Penrose", kind="candidate"), by=BY)
    a_pre_election()
    run_jobs()
    assert [hold.check_id for hold in queries.holds_on(named)] == ["EL-1"]
    assert not queries.holds_on(free).exists()


def test_a_campaign_without_an_aim_asks_first(someone: SomeBody) -> None:
    campaign = strategy.add_campaign(Aim(name="Budget", tag="budget"), by=BY)
    channel = a_channel()
    draft = Draft(text="Have your say", to=(channel.pk,), campaign=campaign.pk)
    post = actions.hand_in(posts.start(draft, by=BY), by=BY)
    review = queries.review_of(post)
    assert review
    assert [found.check_id for found in queries.findings(review)] == ["CO-5"]


def test_a_name_that_joins_the_register_holds_what_speaks_of_it(someone: SomeBody) -> None:
    soon = clock.now() + timedelta(days=3)
    channel = a_channel()
    draft = Draft(
        "Ann Pryce opens the bridge.", (channel.pk,), wall=f"{soon:%Y-%m-%dT%H:%M}", zone="UTC"
    )
    post = actions.hand_in(posts.start(draft, by=someone("Asha")), by=someone("Ben"))
    a_pre_election()
    run_jobs()
    assert not queries.holds_on(post).exists()
    partners.add_figure(Figure(name="Ann Pryce", kind="candidate"), by=BY)
    run_jobs()
    assert queries.holds_on(post).get().message


def test_what_goes_soonest_is_looked_at_first(
    someone: SomeBody, monkeypatch: pytest.MonkeyPatch
) -> None:
    asha, channel, now = someone("Asha"), a_channel(), clock.now()
    for days in (5, 2, 9):
        wall = f"{now + timedelta(days=days):%Y-%m-%dT%H:%M}"
        draft = Draft(f"In {days} days.", (channel.pk,), wall=wall, zone="UTC")
        actions.hand_in(posts.start(draft, by=asha), by=asha)
    run_jobs()
    looks: list[str] = []
    monkeypatch.setattr(actions, "re_evaluate", lambda post, **_: looks.append(post.draft.text))
    partners.add_figure(Figure(name="Ann Pryce", kind="candidate"), by=BY)
    run_jobs()
    assert looks == ["In 2 days.", "In 5 days.", "In 9 days."]


def test_of_many_changes_in_a_row_the_last_one_looks(
    someone: SomeBody, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned("Bins move to Tuesday", a_picture(politician=False), someone("Asha"))
    run_jobs()
    looks: list[Post] = []
    monkeypatch.setattr(actions, "re_evaluate", lambda post, **_: looks.append(post))
    for number in range(5):
        partners.add_figure(Figure(name=f"Candidate {number}", kind="candidate"), by=BY)
    run_jobs()
    assert len(looks) == 1
