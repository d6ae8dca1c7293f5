"""A message in two languages, on the page where it is written and on its own."""

from __future__ import annotations

import pytest
from django.test import Client

from oyez.channels.models import Channel
from oyez.decisions import actions as decisions
from oyez.deliveries import actions as deliveries
from oyez.policy import actions as policy
from oyez.posts import actions as posts
from oyez.posts import queries
from oyez.posts.draft import Draft, Placed
from oyez.posts.models import Post
from tests.deliveries.test_pairing import held_in_welsh_alone
from tests.factories import BY, a_channel
from tests.fakes.networks import Log
from tests.jobs import run_jobs
from tests.library.shelf import an_attachment
from tests.web.conftest import page, questions
from tests.web.test_write_pages import written

pytestmark = pytest.mark.django_db(transaction=True)
OPEN, AGOR = "The bridge is open.", "Mae’r bont ar agor."


@pytest.fixture(autouse=True)
def channel(log: Log) -> Channel:
    return a_channel()


@pytest.fixture
def bilingual() -> None:
    policy.set_fact("languages", ["en", "cy"], by=BY)


def a_draft(text: str = OPEN, language: str = "en", **more: object) -> Post:
    to = tuple(Channel.objects.values_list("pk", flat=True))
    return posts.start(Draft(text=text, language=language, to=to, **more), by=BY)  # type: ignore[arg-type]


@pytest.mark.usefixtures("bilingual")
def test_the_other_version_is_begun_while_writing_and_nothing_is_lost(
    officer: Client, channel: Channel
) -> None:
    assert "Write the Welsh version" in page(officer.get("/write"))
    answer = officer.post("/write", written(channel, do="pair:cy"), follow=True)
    welsh = Post.objects.get(language="cy")
    assert answer.request["PATH_INFO"] == f"/write/{welsh.pk}"
    assert "Now say the same in the other language." in page(answer)
    assert f"The English version It is a draft. Neither goes out without the other. {OPEN}" in page(
        answer
    )
    assert "Write the Welsh version" not in page(answer)
    assert welsh.pair
    assert welsh.pair.draft.text == OPEN


@pytest.mark.usefixtures("bilingual")
def test_what_pictures_show_is_asked_in_the_language_of_the_message(officer: Client) -> None:
    picture = an_attachment(alt="A bridge in snow", licence="Ours")
    english = a_draft(media=(Placed(picture.pk),))
    asks = f"Describe {picture.name} in Welsh"
    assert asks not in page(officer.get(f"/write/{english.pk}"))
    officer.post(f"/messages/{english.pk}/pair/begin", {"language": "cy"})
    welsh = Post.objects.get(language="cy")
    shown = page(officer.get(f"/write/{welsh.pk}"))
    assert asks in shown
    assert "In the library it says: A bridge in snow" in shown
    given = written(
        *Channel.objects.all(), text=AGOR, do="save", language="cy", version=welsh.version,
        pictures=[picture.pk], **{f"told_{picture.pk}": "Pont yn yr eira"},
    )  # fmt: skip
    officer.post(f"/write/{welsh.pk}", given)
    draft = queries.one(welsh.pk).draft
    assert (draft.text, draft.media) == (AGOR, (Placed(picture.pk, "Pont yn yr eira"),))
    assert "Pont yn yr eira" in page(officer.get(f"/messages/{welsh.pk}"))
    del given[f"told_{picture.pk}"]  # a page that did not ask
    officer.post(f"/write/{welsh.pk}", {**given, "text": AGOR + " Diolch.", "version": 2})
    assert queries.one(welsh.pk).draft.media == draft.media


@pytest.mark.usefixtures("bilingual")
def test_the_page_of_a_message_shows_the_other_and_what_waits(officer: Client) -> None:
    english, welsh = a_draft(), a_draft(AGOR, "cy")
    shown = officer.get(f"/messages/{english.pk}/pair")
    assert "Mae’r bont ar agor. (Welsh. It is a draft.)" in page(shown)
    assert officer.post(f"/messages/{english.pk}/pair").status_code == 422
    answer = officer.post(f"/messages/{english.pk}/pair", {"other": welsh.pk}, follow=True)
    assert "From now on neither goes out without the other." in page(answer)
    assert f"The Welsh version It is a draft. Neither goes out without the other. {AGOR}" in page(
        answer
    )
    decisions.hand_in(queries.one(english.pk), by=BY)
    run_jobs()
    assert "Waits for its other language" in page(officer.get(f"/messages/{english.pk}"))
    assert "Waits for its other language" in page(officer.get("/messages"))
    decisions.hand_in(queries.one(welsh.pk), by=BY)
    assert "It is handed in." in page(officer.get(f"/messages/{english.pk}"))
    run_jobs()
    assert "Published" in page(officer.get(f"/messages/{english.pk}"))


@pytest.mark.usefixtures("bilingual")
def test_one_half_alone_is_promised_no_time(officer: Client, channel: Channel) -> None:
    english, welsh = a_draft(), a_draft(AGOR, "cy")
    posts.pair(english, welsh, by=BY)
    given = written(channel, text=OPEN, version=1)
    sent = page(officer.post(f"/write/{english.pk}", given, follow=True))
    assert "It goes out together with its other language." in sent
    assert "ten seconds" not in sent
    assert "Take it back to change it" in sent
    given = written(channel, text=AGOR, language="cy", version=1)
    sent = page(officer.post(f"/write/{welsh.pk}", given, follow=True))
    assert "It goes out in ten seconds." in sent
    assert "Undo" in sent


def test_the_two_are_parted_unless_one_could_go_alone(officer: Client) -> None:
    english, welsh = a_draft(), a_draft(AGOR, "cy")
    posts.pair(english, welsh, by=BY)
    decisions.hand_in(queries.one(english.pk), by=BY)
    at = f"/messages/{welsh.pk}/part"
    assert "Part the two versions?" in page(officer.get(at))
    answer = officer.post(at)
    assert answer.status_code == 422
    assert "Take it back first." in page(answer)
    posts.take_back(queries.one(english.pk), by=BY)
    assert "Parted." in page(officer.post(at, follow=True))
    assert queries.one(welsh.pk).pair is None


def test_a_body_of_one_language_is_asked_nothing(officer: Client) -> None:
    assert "Write the Welsh version" not in page(officer.get("/write"))
    shown = page(officer.get(f"/messages/{a_draft().pk}"))
    assert "Write the Welsh version" not in shown
    assert "in another language" not in shown


def test_with_nothing_to_choose_the_page_says_so(officer: Client) -> None:
    at = f"/messages/{a_draft().pk}/pair"
    a_draft("Another in English.")
    assert "There is no message in another language that could be paired." in page(officer.get(at))
    assert officer.post(at, {"other": "999"}).status_code == 422


@pytest.mark.usefixtures("bilingual")
def test_a_refusal_is_said_on_the_message(officer: Client) -> None:
    at = f"/messages/{a_draft().pk}/pair/begin"
    for language in ("en", "xyzzy", ""):
        assert "There is a problem" not in page(officer.post(at, {"language": language}))
        assert Post.objects.count() == 1


@pytest.mark.usefixtures("bilingual")
def test_a_reader_sees_both_and_changes_nothing(reader: Client) -> None:
    english, welsh = a_draft(), a_draft(AGOR, "cy")
    posts.pair(english, welsh, by=BY)
    shown = page(reader.get(f"/messages/{english.pk}"))
    assert AGOR in shown
    assert "Part the two" not in shown
    for way in ("pair", "pair/begin", "part"):
        assert reader.post(f"/messages/{english.pk}/{way}").status_code == 403


def test_what_holds_the_other_language_is_said_on_both(officer: Client) -> None:
    one, welsh = held_in_welsh_alone()
    shown = page(officer.get(f"/messages/{one.pk}"))
    assert "Its other language is held back on" in shown
    assert f"See message {welsh.pk}" in shown
    assert "Let it go on" not in shown  # that is decided where the words are
    shown = page(officer.get(f"/messages/{welsh.pk}"))
    assert "Only the monitoring officer may let this go on. Here that is nobody yet." in shown


def test_many_pairs_cost_the_list_no_more_questions_than_few(officer: Client) -> None:
    def handed_in(text: str) -> None:
        english = a_draft(text)
        deliveries.begin_pair(english, "cy", by=BY)
        decisions.hand_in(queries.one(english.pk), by=BY)

    handed_in("One.")
    handed_in("Two.")
    few = questions(officer, "/messages")
    for number in range(3):
        handed_in(f"More {number}.")
    assert page(officer.get("/messages")).count("Waits for its other language") == 5
    assert questions(officer, "/messages") == few
