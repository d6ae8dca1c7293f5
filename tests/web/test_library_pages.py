"""Do the library's pages take a picture in, say what is wrong, and find it again?"""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from oyez.channels.models import Channel
from oyez.library import actions, queries
from oyez.library.models import Attachment
from oyez.posts import actions as posts
from oyez.posts.draft import Draft, Placed
from oyez.posts.models import Post
from oyez.posts.recurring import WEEKLY
from tests.factories import BY, a_channel
from tests.formats.cinema import a_film
from tests.formats.gallery import SVG, a_picture, noise, with_everything
from tests.formats.test_captions import SRT
from tests.jobs import run_jobs
from tests.library.shelf import an_attachment
from tests.web.conftest import page

pytestmark = pytest.mark.django_db(transaction=True)


def a_file(content: bytes, name: str = "bridge.jpg") -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


def test_a_picture_is_added_then_described(officer: Client) -> None:
    answer = officer.post("/library/add", {"file": a_file(with_everything())})
    one = Attachment.objects.get()
    assert answer["Location"] == f"/library/{one.pk}/describe"
    said = {"alt": "The open bridge", "licence": "Ours", "people": "no", "focus": "1.0 0.0"}
    answer = officer.post(f"/library/{one.pk}/describe", said, follow=True)
    one = queries.one(one.pk)
    assert (one.alt, one.shows_people, one.focus) == ("The open bridge", False, (1.0, 0.0))
    page = answer.content.decode()
    assert "Saved what bridge.jpg shows." in page
    assert "where it was taken" in page


def test_a_large_film_comes_in_from_a_file_on_disk(officer: Client, settings: Any) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100
    officer.post("/library/add", {"file": a_file(a_film(), "walk.mp4")})
    assert Attachment.objects.get().kind == "video/mp4"


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Choose a picture or film"),
        ({"file": a_file(b"", "x.png")}, "This file is empty"),
        ({"file": a_file(SVG, "x.png")}, "SVG picture, which can hold programs"),
    ],
)
def test_what_is_refused_is_said_on_the_page(
    officer: Client, sent: dict[str, Any], says: str
) -> None:
    answer = officer.post("/library/add", sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "There is a problem" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_words_that_cannot_stand_keep_every_answer(officer: Client) -> None:
    one = an_attachment()
    said = {"alt": "A bridge", "decorative": "on", "licence": "Ours", "focus": "0.0 0.0"}
    answer = officer.post(f"/library/{one.pk}/describe", said)
    assert answer.status_code == 422
    assert "no alt text" in answer.content.decode()
    assert 'value="Ours"' in answer.content.decode()
    assert queries.one(one.pk).licence == ""


@pytest.mark.parametrize(
    ("said", "status"), [({}, 422), ({"alt": "A bridge"}, 302), ({"decorative": "on"}, 302)]
)
def test_a_picture_is_described_or_decorative(
    officer: Client, said: dict[str, str], status: int
) -> None:
    one = an_attachment()
    assert "Alt text (optional)" not in officer.get(f"/library/{one.pk}/describe").content.decode()
    answer = officer.post(f"/library/{one.pk}/describe", {"focus": "0.5 0.5", **said})
    assert answer.status_code == status
    if status == 422:
        assert "Say what it shows, or that it is decorative" in answer.content.decode()


def test_describing_again_begins_with_what_was_said(officer: Client, soup: Any) -> None:
    one = an_attachment(alt="A bridge", focus=(0.5, 1.0), shows_people=True)
    page = soup(officer.get(f"/library/{one.pk}/describe"))
    chosen = {radio["value"] for radio in page.select("input[type=radio][checked]")}
    assert chosen == {"0.5 1.0", "yes"}
    assert page.select_one("textarea[name=alt]").text.strip() == "A bridge"


def test_the_list_finds_by_words_and_by_what_is_missing(officer: Client) -> None:
    assert "No picture or film yet" in officer.get("/library").content.decode()
    an_attachment(alt="The open bridge")
    an_attachment(a_picture("PNG"), "crest.png")
    an_attachment(a_film(), "walk.mp4")
    for asked, there in (
        ("", {"bridge.jpg", "crest.png", "walk.mp4"}),
        ("words=open", {"bridge.jpg"}),
        ("show=no-alt", {"crest.png"}),
        ("show=film", {"walk.mp4"}),
        ("show=picture&words=crest", {"crest.png"}),
        ("words=nothing", set()),
        ("show=else", {"bridge.jpg", "crest.png", "walk.mp4"}),
    ):
        page = officer.get(f"/library?{asked}").content.decode()
        names = {name for name in ("bridge.jpg", "crest.png", "walk.mp4") if name in page}
        assert names == there, asked
    assert "1 needs alt text." in officer.get("/library").content.decode()


def test_captions_are_added_and_a_wrong_line_is_said(officer: Client) -> None:
    film = an_attachment(a_film(), "walk.mp4")
    at = f"/library/{film.pk}/captions"
    wrong = officer.post(at, {"file": a_file(b"1\n00:00:01 --> x\nHello", "c.srt")})
    assert wrong.status_code == 422
    assert "line 2" in wrong.content.decode()
    officer.post(at, {"file": a_file(SRT.encode(), "c.srt")})
    page = officer.get(f"/library/{film.pk}").content.decode()
    assert f"/library/{film.pk}/captions.vtt" in page
    assert "The bridge is open." in page


@pytest.mark.usefixtures("log")
def test_a_consent_is_recorded_for_some_channels_and_taken_back(officer: Client) -> None:
    one, channel = an_attachment(), a_channel()
    sent = {
        "who": "Ffion",
        "child": "on",
        "evidence": "Form 12",
        "channels": [str(channel.pk)],
        "expires_on": "2099-03-27",
    }
    officer.post(f"/library/{one.pk}/consent", sent)
    (consent,) = queries.consents(one)
    assert (consent.channels, consent.expires_on) == ([channel.pk], date(2099, 3, 27))
    page = officer.get(f"/library/{one.pk}").content.decode()
    assert "Ffion (a child)" in page
    assert Channel.objects.get(pk=channel.pk).name in page
    officer.post(f"/library/consents/{consent.pk}/withdraw")
    assert "Taken back" in officer.get(f"/library/{one.pk}").content.decode()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"evidence": "Form"}, "Say who agreed"),
        ({"who": "Ffion"}, "Say where the consent is kept"),
        ({"who": "F", "evidence": "Form", "expires_on": "2020-01-01"}, "ended already"),
        ({"who": "F", "evidence": "Form", "expires_on": "2027-02-30"}, "a day that exists"),
        ({"who": "F", "evidence": "Form", "channels": ["999"]}, "999"),
    ],
)
def test_a_consent_that_proves_nothing_is_refused(
    officer: Client, sent: dict[str, str], says: str
) -> None:
    one = an_attachment()
    answer = officer.post(f"/library/{one.pk}/consent", sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not queries.consents(one).exists()


def test_taking_out_of_use_asks_first(officer: Client) -> None:
    one = an_attachment()
    assert (
        "Take bridge.jpg out of use?" in officer.get(f"/library/{one.pk}/retire").content.decode()
    )
    assert not queries.one(one.pk).retired_at
    officer.post(f"/library/{one.pk}/retire")
    assert queries.one(one.pk).retired_at
    assert "Out of use" in officer.get(f"/library/{one.pk}").content.decode()
    assert "bridge.jpg" not in officer.get("/library").content.decode().split("<ul", 1)[-1]


def test_a_reader_looks_and_changes_nothing(reader: Client) -> None:
    one = an_attachment()
    consent = actions.record_consent(one, "Ffion", evidence="Form 12", by=BY)
    page = reader.get(f"/library/{one.pk}").content.decode()
    assert "Ffion" in page
    assert "Describe it" not in page
    assert "They take it back" not in page
    for at in ("add", f"{one.pk}/describe", f"{one.pk}/captions", f"{one.pk}/consent",
               f"{one.pk}/retire", f"consents/{consent.pk}/withdraw"):  # fmt: skip
        assert reader.post(f"/library/{at}").status_code == 403


def a_message(one: Attachment, channel: Channel, text: str = "Cut.", **more: Any) -> Post:
    draft = Draft(text=text, to=(channel.pk,), media=(Placed(one.pk),), **more)
    return posts.start(draft, by=BY)


@pytest.mark.usefixtures("log")
def test_where_it_is_used_is_shown(officer: Client) -> None:
    one, other, channel = an_attachment(), an_attachment(a_picture("PNG"), "crest.png"), a_channel()
    assert "Nowhere yet." in page(officer.get(f"/library/{one.pk}"))
    post = a_message(one, channel, "The bridge is open.")
    a_message(other, channel, "The crest is new.")
    shown = officer.get(f"/library/{one.pk}")
    assert f'href="/messages/{post.pk}"' in shown.content.decode()
    assert "just now Draft" in page(shown)
    assert "The crest is new." not in page(shown)


@pytest.mark.usefixtures("log")
def test_where_more_messages_have_it_than_are_listed_it_says_how_many(officer: Client) -> None:
    one, channel = an_attachment(), a_channel()
    for number in range(22):
        a_message(one, channel, f"Day {number}.")
    shown = page(officer.get(f"/library/{one.pk}"))
    assert "And in 2 other messages." in shown
    assert ("Day 21." in shown, "Day 1." in shown) == (True, False)


@pytest.mark.usefixtures("log")
def test_who_takes_it_out_of_use_is_told_what_is_still_to_go(officer: Client) -> None:
    one, channel = an_attachment(alt="A bridge", licence="Ours"), a_channel()
    gone = a_message(one, channel, "Gone.")
    posts.hand_in(gone, by=BY)
    run_jobs()
    draft = a_message(one, channel, "Still a draft.")
    planned = a_message(one, channel, "On Monday.", wall="2027-05-03T09:00", zone="Europe/London")
    posts.hand_in(planned, by=BY)
    run_jobs()
    again = a_message(one, channel, "Every week.")
    begins = datetime(2027, 5, 3, 9)
    posts.repeat(again.draft, rule=WEEKLY, starts=begins, zone="Europe/London", by=BY)
    posts.discard(again, by=BY)
    asked = page(officer.get(f"/library/{one.pk}/retire"))
    for words in ("not gone out yet", draft.title, planned.title, "Every week. Comes again"):
        assert words in asked
    assert "Gone." not in asked
    officer.post(f"/library/{one.pk}/retire")
    kept = officer.get(f"/messages/{draft.pk}").content.decode()
    assert f"/library/{one.pk}/thumb.picture" in kept  # what goes out with it shows it


def test_a_picture_needs_what_the_check_asks_for_and_no_more(reader: Client) -> None:
    pages = {
        "Described": an_attachment(noise((9, 9)), "a.png", alt="A bridge", source="Ada Parks"),
        "Needs a licence or a source": an_attachment(alt="A bridge"),
    }
    for says, one in pages.items():
        shown = BeautifulSoup(reader.get(f"/library/{one.pk}").content, "html.parser")
        tag = shown.select_one("main .govuk-tag")
        assert tag
        assert tag.text == says


def test_a_null_is_found_in_no_words(officer: Client) -> None:
    an_attachment()
    assert officer.get("/library", {"words": "\0"}).status_code == 200
    assert list(queries.search("\0")) == []
