"""Home asks each person what is theirs to do, and calls nothing lost that went out after all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from oyez.channels.models import Channel
from oyez.decisions import actions as decisions
from oyez.decisions import queries as reviews
from oyez.decisions.rules import Asked
from oyez.kit import clock
from oyez.networks.contract import Refused
from oyez.partners import actions as partners
from oyez.partners.rules.figures import Said as Figure
from oyez.people import actions as people
from oyez.people.models import Person
from oyez.people.rules import APPROVER, MONITORING_OFFICER, OFFICER, READER, WRITER
from oyez.posts import actions as posts
from oyez.posts.draft import Draft
from oyez.posts.models import Post
from tests.deliveries.desk import ahead, browser, someone
from tests.factories import BY, a_channel, a_pre_election, a_request, a_worker_lives
from tests.fakes.networks import Log, raises
from tests.jobs import run_jobs
from tests.web.conftest import page, questions

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def channel(log: Log) -> Channel:
    a_worker_lives()
    return a_channel(name="Town")


@pytest.fixture
def asha() -> Person:
    return people.invite("asha@council.example", name="Asha", role=OFFICER, by=BY)


def come_in(role: str, name: str, *duties: str) -> tuple[Person, Client]:
    person = someone(name, role, *duties)
    return person, browser(person)


def handed_in(text: str, channel: Channel, by: Person, **more: str) -> Post:
    return decisions.say(Draft(text, (channel.pk,), **more), by=by)  # type: ignore[arg-type]


def test_those_who_are_asked_for_a_yes_see_it_and_the_author_does_not(
    channel: Channel, asha: Person
) -> None:
    decisions.set_steps(channel, [Asked(role=APPROVER)], by=BY)
    handed_in("Bins move.", channel, asha)
    _ben, his = come_in(APPROVER, "Ben")
    assert "1 thing needs you." in page(his.get("/"))
    assert "Approve “Bins move.”? from Asha" in page(his.get("/"))
    assert "Nothing needs you." in page(browser(asha).get("/"))
    handed_in("“Bins” is a play.", channel, asha)
    assert "Approve “‘Bins’ is a play.”? from Asha" in page(his.get("/"))


def test_an_author_sees_which_changes_are_asked_for(channel: Channel, asha: Person) -> None:
    decisions.set_steps(channel, [Asked(role=APPROVER)], by=BY)
    post = handed_in("Bins move.", channel, asha)
    ben, his = come_in(APPROVER, "Ben")
    review = reviews.review_of(post)
    assert review
    decisions.ask_for_changes(review, {"text": "Say which day."}, digest=review.digest, by=ben)
    assert "Change “Bins move.” Say which day." in page(browser(asha).get("/"))
    assert "Bins move." not in page(his.get("/"))
    decisions.hand_in(Post.objects.get(), by=asha)
    assert "Change “Bins move.”" not in page(browser(asha).get("/"))


def test_new_requests_are_shown_to_those_who_answer_them(asha: Person) -> None:
    a_request(what="The library opens on Sunday.")
    assert "Answer “The library opens on Sunday.”" in page(browser(asha).get("/"))
    _rhys, his = come_in(READER, "Rhys")
    assert "The library opens" not in page(his.get("/"))


def held_by_a_period(channel: Channel, by: Person) -> Post:
    post = handed_in("Ann Pryce opens the bridge.", channel, by, **ahead(days=1))
    partners.add_figure(Figure(name="Ann Pryce", kind="candidate"), by=BY)
    a_pre_election()
    run_jobs()
    return post


def test_what_is_held_asks_whoever_may_let_it_go_on_and_goes_out_nowhere(
    channel: Channel, asha: Person
) -> None:
    post = held_by_a_period(channel, asha)
    _elin, hers = come_in(READER, "Elin", MONITORING_OFFICER)
    assert "May “Ann Pryce opens the bridge.” go on?" in page(hers.get("/"))
    officer = browser(asha)
    home = page(officer.get("/"))
    assert "“Ann Pryce opens the bridge.” is held back" in home
    assert "Here that is Elin." in home
    assert "May “Ann" not in home
    assert "Nothing is waiting to go out." in home
    listed = page(officer.get("/messages")).partition("Ann Pryce opens the bridge.")[2]
    assert "Held back" in listed
    assert "Going out" not in listed
    shown = page(officer.get(f"/messages/{post.pk}"))
    assert "Goes out next" not in shown
    assert "It is held back: " in shown


def test_what_was_taken_back_and_went_out_since_is_published(
    channel: Channel, asha: Person
) -> None:
    post = handed_in("Open until 7pm.", channel, asha, **ahead(days=1))
    run_jobs()
    posts.take_back(Post.objects.get(), by=asha)
    run_jobs()
    officer = browser(asha)
    assert "did not go to" not in page(officer.get("/"))
    draft = Post.objects.get()
    said = draft.draft.saying("Open until 8pm.").without_time()
    decisions.hand_in(posts.save(draft, said, based_on=draft.version, by=asha), by=asha)
    run_jobs()
    assert "did not go to" not in page(officer.get("/"))
    assert "Open until 8pm." not in page(officer.get("/messages?show=not-sent"))
    listed = page(officer.get("/messages"))
    assert "Published" in listed.partition("Open until 8pm.")[2]
    assert "Not sent" not in listed.partition("Open until 8pm.")[2]
    before_its_record = page(officer.get(f"/messages/{post.pk}")).partition("The record")[0]
    assert "Not sent" not in before_its_record


def test_what_was_refused_and_went_out_in_other_words_is_published(
    channel: Channel, asha: Person, log: Log
) -> None:
    log.trouble.append(raises(Refused("Too many links.")))
    handed_in("First words.", channel, asha)
    run_jobs()
    officer = browser(asha)
    assert "“First words.” did not go to Town" in page(officer.get("/"))
    posts.take_back(Post.objects.get(), by=asha)
    draft = Post.objects.get()
    said = draft.draft.saying("Second words.")
    decisions.hand_in(posts.save(draft, said, based_on=draft.version, by=asha), by=asha)
    run_jobs()
    assert log.texts == ["Second words."]
    assert "did not go to" not in page(officer.get("/"))


def test_a_stranger_s_name_is_shown_as_it_was_typed() -> None:
    _asha, home = come_in(OFFICER, "Cara")
    a_request(from_name="job:x")
    assert "job:x" in page(home.get("/"))


def test_many_that_ask_a_deputy_cost_no_more_questions_than_few(
    channel: Channel, asha: Person
) -> None:
    ben, _his = come_in(APPROVER, "Ben")
    dee, hers = come_in(READER, "Dee", MONITORING_OFFICER)
    today = clock.now().date()
    people.set_absence(ben, today, today + timedelta(days=3), dee, by=BY)
    decisions.set_steps(channel, [Asked(people=(ben.pk,))], by=BY)
    handed_in("One.", channel, asha)
    handed_in("Two.", channel, asha)
    few = [questions(hers, path) for path in ("/", "/approve")]
    for number in range(3):
        handed_in(f"More {number}.", channel, asha)
    assert "Approve (5)" in page(hers.get("/approve"))
    assert [questions(hers, path) for path in ("/", "/approve")] == few


def test_many_sent_back_cost_no_more_questions_than_few(channel: Channel) -> None:
    ben, _his = come_in(APPROVER, "Ben")
    wyn, hers = come_in(WRITER, "Wyn")

    def sent_back(text: str) -> None:
        review = reviews.review_of(handed_in(text, channel, wyn))
        assert review
        decisions.ask_for_changes(review, {"": f"{text} No."}, digest=review.digest, by=ben)

    sent_back("One.")
    sent_back("Two.")
    few = questions(hers, "/needs-you")
    for number in range(3):
        sent_back(f"More {number}.")
    assert "More 2. No." in page(hers.get("/needs-you"))
    assert questions(hers, "/needs-you") == few
