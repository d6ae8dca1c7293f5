"""Writing a message on a page: kept, looked at, sent, undone, merged."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from oyez.decisions import actions as decisions
from oyez.decisions.rules import Asked
from oyez.deliveries.models import Delivery
from oyez.emergency import actions as emergency
from oyez.kit import clock
from oyez.people.rules import APPROVER
from oyez.posts import actions as posts
from oyez.posts.draft import Draft
from oyez.posts.models import Post
from tests.factories import BY, a_channel, a_post, a_request
from tests.fakes.networks import Findable, Keyed, Log
from tests.formats.gallery import png
from tests.jobs import run_jobs
from tests.web.conftest import page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def networks(log: Log) -> None:
    """Every test here has channels to write to."""


def written(
    *channels: Any, text: str = "The bridge is open.", do: str = "send", **more: Any
) -> dict[str, Any]:
    usual = {"to": [c.pk for c in channels], "text": text, "when": "now", "language": "en"}
    return {**usual, "do": do, **more}


def test_while_sending_is_stopped_no_time_is_promised(officer: Client) -> None:
    emergency.stop(None, why="Storm", by=BY)
    answer = officer.post("/write", written(a_channel()), follow=True)
    assert "Sending is stopped, so it waits." in page(answer)
    assert "ten seconds" not in page(answer)


def test_hidden_characters_of_what_is_out_are_written_out(officer: Client) -> None:
    post = a_post("Fair on Sun\u200bday.", to=[a_channel()])
    run_jobs()
    assert "Fair on Sun⟨U+200B⟩day." in page(officer.get(f"/messages/{post.pk}"))


def test_a_message_is_written_sent_and_can_be_undone(officer: Client, log: Log) -> None:
    answer = officer.post("/write", written(a_channel()), follow=True)
    assert "It goes out in ten seconds. You can still undo that." in page(answer)
    assert buttons(answer)[0] == "Undo"
    post = Post.objects.get()
    run_jobs()
    assert log.texts == []
    answer = officer.post(f"/write/{post.pk}/undo", follow=True)
    assert "It is a draft again" in page(answer)
    assert Post.objects.get().is_draft
    run_jobs()
    assert log.texts == []


def buttons(answer: HttpResponse) -> list[str]:
    seen = BeautifulSoup(answer.content, "html.parser")
    return [one.text.strip() for one in seen.select("main button")]


def test_what_waits_for_longer_than_a_second_thought_is_taken_back(officer: Client) -> None:
    when = f"{clock.now() + timedelta(days=1):%Y-%m-%d}"
    given = written(a_channel(), when="at", day=when, hour="12:05")
    planned = officer.post("/write", given, follow=True)
    assert "Planned." in page(planned)
    assert buttons(planned)[0] == "Take it back to change it"


def test_each_network_has_its_own_words(officer: Client, log: Log) -> None:
    one, other = a_channel(Findable), a_channel(Keyed)
    given = written(one, other, **{f"words_{other.pk}": "Open again!"})
    officer.post("/write", given)
    texts = {w.channel: w.text for w in Post.objects.get().variants.all()}
    assert texts == {one: "The bridge is open.", other: "Open again!"}


def test_a_draft_keeps_every_field(officer: Client) -> None:
    channel = a_channel()
    more = {
        "link": "https://council.example/bridge",
        "title": "Bridge",
        "language": "cy",
        "when": "at",
        "day": "2027-05-06",
        "hour": "09:30",
        "late_after": "15",
    }
    given = written(channel, do="save", **more, **{f"words_{channel.pk}": "Its own."})
    officer.post("/write", given)
    draft = Post.objects.get().draft
    assert draft.wall == "2027-05-06T09:30"
    assert (draft.title, draft.language, draft.late_after) == ("Bridge", "cy", 15)
    shown = officer.get(f"/write/{Post.objects.get().pk}").content.decode()
    for value in ("2027-05-06", "09:30", "https://council.example/bridge", "Its own."):
        assert value in shown


@pytest.mark.parametrize(
    ("day", "hour", "says"),
    [
        ("2027-03-28", "01:30", "The clocks skip 01:30 on 28 March 2027. Choose an hour later."),
        ("2027-10-31", "01:30", "Choose the first or the second"),
        ("2020-01-01", "10:00", "That time has passed."),
        ("", "10:00", "Enter the day"),
        ("2027-02-30", "10:00", "Enter a day that exists"),
    ],
)
def test_a_time_that_cannot_be_meant_is_said_in_words(
    officer: Client, day: str, hour: str, says: str
) -> None:
    given = written(a_channel(), when="at", day=day, hour=hour)
    answer = officer.post("/write", given)
    assert answer.status_code == 422
    assert says in page(answer)
    assert "The bridge is open." in page(answer)


def test_the_second_of_two_equal_times_is_an_hour_later(officer: Client) -> None:
    moments = []
    for fold in (0, 1):
        given = written(a_channel(name=f"C{fold}"), when="at", day="2027-10-31", hour="01:30")
        officer.post("/write", {**given, "fold": fold})
        moments.append(Post.objects.latest("pk").variants.get().wordings.get().goes_at)
    assert (moments[1] - moments[0]).total_seconds() == 3600


def test_too_long_is_said_with_the_same_figure_everywhere(officer: Client) -> None:
    channel = a_channel(Findable)
    answer = officer.post("/write", written(channel, text="x" * 501))
    assert answer.status_code == 422
    assert "It is 501" in page(answer)
    assert "1 over the limit of 500 characters" in page(answer)
    assert not Post.objects.filter(state="submitted").exists()


@pytest.mark.parametrize("text", ["", "  \n", "\u200b"])
def test_an_empty_message_is_refused(officer: Client, text: str) -> None:
    answer = officer.post("/write", written(a_channel(), text=text))
    assert answer.status_code == 422
    assert "The message is empty" in page(answer)


def test_nowhere_to_go_is_refused(officer: Client) -> None:
    answer = officer.post("/write", written())
    assert answer.status_code == 422
    assert "tick at least one channel" in page(answer)


def test_a_channel_that_asks_for_two_sends_nothing_yet(officer: Client, log: Log) -> None:
    channel = a_channel()
    decisions.set_steps(channel, [Asked(role=APPROVER)], by=BY)
    answer = officer.post("/write", written(channel), follow=True)
    assert "Sent for approval" in page(answer)
    run_jobs()
    assert log.texts == []


def test_autosave_makes_a_draft_and_goes_on_with_it(officer: Client) -> None:
    channel = a_channel()
    answer = officer.post("/write/autosave", written(channel, text="The bri"))
    post = Post.objects.get()
    assert answer["HX-Replace-Url"] == f"/write/{post.pk}"
    again = written(channel, post=post.pk, version=1)
    assert "Draft saved at" in page(officer.post("/write/autosave", again))
    post.refresh_from_db()
    assert (post.draft.text, post.version) == ("The bridge is open.", 2)


def test_nothing_written_makes_no_draft(officer: Client) -> None:
    officer.post("/write/autosave", written(a_channel(), text=""))
    assert not Post.objects.exists()


def test_two_editors_lose_nothing(officer: Client) -> None:
    channel = a_channel()
    post = posts.start(Draft(text="First.", to=(channel.pk,)), by=BY)
    posts.save(post, Draft(text="Theirs.", to=(channel.pk,)), based_on=1, by=BY)
    given = written(channel, text="Mine.", do="save", version=1)
    answer = officer.post(f"/write/{post.pk}", given, follow=True)
    assert "Two people changed this message" in page(answer)
    assert {"Mine.", "Theirs."} <= set(page(answer).split())
    merge = answer.request["PATH_INFO"]
    officer.post(merge, {"text": "mine", "version": 2})
    post.refresh_from_db()
    assert post.draft.text == "Mine."
    kept = [version.draft.text for version in post.versions.all()]
    assert {"Theirs.", "Mine."} <= set(kept)


def test_the_preview_keeps_nothing(officer: Client) -> None:
    answer = officer.post("/write/looks", written(a_channel(), text="How long am I?"))
    assert "486 characters left of 500" in page(answer)
    assert not Post.objects.exists()


def test_a_template_begins_a_message(officer: Client) -> None:
    template = posts.keep_template("Road closed", "The road at … is closed.", by=BY)
    assert "The road at … is closed." in page(officer.get(f"/write?template={template.pk}"))
    assert officer.get("/write?template=999").status_code == 404


def test_a_reader_may_not_write(reader: Client) -> None:
    assert reader.get("/write").status_code == 403
    assert reader.post("/write", {}).status_code == 403


def test_a_picture_is_added_described_and_shown(officer: Client, log: Log) -> None:
    channel = a_channel()
    file = SimpleUploadedFile("bridge.png", png(8, 8, b"\x20" * 3 * 64), "image/png")
    given = written(channel, picture=file, alt="A bridge in snow", source="Jo Reed, 2026")
    officer.post("/write", given)
    post = Post.objects.get()
    assert len(post.draft.media) == 1
    run_jobs()
    wording = post.variants.get().wordings.get()
    assert wording.media[0]["alt"] == "A bridge in snow"


def test_a_picture_without_alt_text_or_owner_is_not_sent(officer: Client) -> None:
    file = SimpleUploadedFile("bridge.png", png(8, 8, b"\x20" * 3 * 64), "image/png")
    answer = officer.post("/write", written(a_channel(), picture=file))
    assert answer.status_code == 422
    assert "Add alt text to bridge.png" in page(answer)
    assert "Who owns bridge.png?" in page(answer)


def test_a_picture_that_is_not_described_stays_and_is_described_there(officer: Client) -> None:
    channel = a_channel()
    file = SimpleUploadedFile("bridge.png", png(8, 8, b"\x20" * 3 * 64), "image/png")
    answer = officer.post("/write", written(channel, picture=file))
    shown = BeautifulSoup(answer.content, "html.parser")
    post = Post.objects.get()
    (pk,) = [placed.attachment for placed in post.draft.media]
    assert [box["value"] for box in shown.select("[name=pictures][checked]")] == [str(pk)]
    given = written(channel, pictures=pk, version=1, **{f"alt_{pk}": "A bridge"})
    answer = officer.post(f"/write/{post.pk}", given)
    assert "Who owns bridge.png?" in page(answer)
    assert "Describe bridge.png" not in page(answer)
    given = written(channel, pictures=pk, version=1, **{f"source_{pk}": "Jo Reed"})
    officer.post(f"/write/{post.pk}", {**given, f"alt_{pk}": "Other words"})
    wording = Post.objects.get().variants.get().wordings.get()
    assert [one["alt"] for one in wording.media] == ["A bridge"]


def test_what_is_mended_twice_is_no_change_by_somebody_else(officer: Client) -> None:
    channel = a_channel()
    post = posts.start(Draft(text="First.", to=(channel.pk,)), by=BY)
    for text in ("LOOK AGAIN PLEASE everybody", "LOOK AGAIN PLEASE all of you"):
        shown = officer.post(f"/write/{post.pk}", written(channel, text=text, version=post.version))
        assert "Please look first" in page(shown)
        post.refresh_from_db()
        here = BeautifulSoup(shown.content, "html.parser").select_one("[name=version]")
        assert here
        assert here["value"] == str(post.version)
    given = written(channel, text="All is well.", version=post.version)
    assert "It goes out in ten seconds" in page(
        officer.post(f"/write/{post.pk}", given, follow=True)
    )


def test_a_description_without_its_picture_asks_for_the_picture(officer: Client) -> None:
    answer = officer.post("/write", written(a_channel(), alt="A bridge in snow"))
    assert answer.status_code == 422
    assert "Choose the picture that you describe" in page(answer)
    assert "A bridge in snow" in page(answer)


def test_what_is_no_picture_is_said_and_the_words_stay(officer: Client) -> None:
    file = SimpleUploadedFile("bridge.svg", b"<svg><script>alert(1)</script></svg>")
    answer = officer.post("/write", written(a_channel(), picture=file))
    assert answer.status_code == 422
    assert "SVG" in page(answer)
    assert "The bridge is open." in page(answer)


def test_a_request_begins_a_message_and_stays_with_it(officer: Client) -> None:
    asked = a_request(what="Open the pond on Sunday.")
    assert "Open the pond on Sunday." in page(officer.get(f"/write?request={asked.pk}"))
    officer.post("/write", written(a_channel(), do="save", request=asked.pk))
    assert Post.objects.get().asked_for == asked
    assert Post.objects.get().draft.request == asked.pk


def test_a_page_that_is_sent_twice_makes_one_message(officer: Client, log: Log) -> None:
    channel = a_channel()
    seen = BeautifulSoup(officer.get("/write").content, "html.parser")
    once = seen.select_one("input[name=once]")["value"]
    sent = {"text": "Hello there.", "to": str(channel.pk), "when": "now", "language": "en"}
    for _ in range(2):
        answer = officer.post("/write", {**sent, "once": once, "do": "send"})
        assert answer.status_code == 302
    run_jobs()
    assert Post.objects.count() == 1


@pytest.mark.parametrize("odd", ["9" * 5000, "9" * 19, "\u0663", "-1", "\0", "x"])
def test_numbers_that_are_none_break_no_page(officer: Client, log: Log, odd: str) -> None:
    channel = a_channel()
    sent = {"text": "Hello.", "to": str(channel.pk), "when": "now", "language": "en", "do": "save"}
    for name in ("post", "version", "pictures", "request"):
        answer = officer.post("/write", {**sent, name: odd})
        assert answer.status_code in {302, 404, 422}, name
    for name in ("template", "request"):
        assert officer.get("/write", {name: odd}).status_code in {200, 404}


def test_a_day_of_another_age_is_refused_in_words(officer: Client, log: Log) -> None:
    sent = {"text": "Hello.", "to": str(a_channel().pk), "when": "at", "language": "en"}
    answer = officer.post("/write", {**sent, "day": "0001-01-01", "hour": "10:00", "do": "send"})
    assert (answer.status_code, "Enter a day of this age" in page(answer)) == (422, True)


def test_what_colleagues_call_a_message_is_not_published(officer: Client, log: Log) -> None:
    sent = {"text": "The pool opens.", "to": str(a_channel().pk), "when": "now", "language": "en"}
    officer.post("/write", {**sent, "title": "Jan, hurry up", "do": "send"})
    Delivery.objects.update(due_at=clock.now())
    run_jobs()
    wordings = {one.wording.headline for one in Delivery.objects.select_related("wording")}
    assert wordings == {"The pool opens."}
