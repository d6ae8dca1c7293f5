"""What is out is corrected and taken down from its own page, and the public page follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from django.conf import LazySettings
from django.test import Client

from oyez.channels import actions as channels
from oyez.cli.verbs import GROUPS
from oyez.decisions import actions as decisions
from oyez.deliveries import actions as deliveries
from oyez.deliveries import queries
from oyez.deliveries.models import Delivery
from oyez.kit import clock
from oyez.posts import actions as posts
from oyez.posts.draft import Draft, Placed
from oyez.posts.models import Post
from tests.factories import BY, a_channel, a_post
from tests.fakes.networks import Log
from tests.jobs import run_jobs
from tests.library.shelf import ready
from tests.web.conftest import page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def out(log: Log, settings: LazySettings) -> Post:
    settings.OYEZ = replace(settings.OYEZ, url="https://social.council.example")
    channels.open_our_own(by=BY)
    post = a_post("Frist words.", to=[a_channel(name="Town")])
    run_jobs()
    return post


def corrected(post: Post) -> None:
    draft = deliveries.correct(post, by=BY)
    saved = posts.save(draft, draft.draft.saying("First words."), based_on=draft.version, by=BY)
    decisions.hand_in(saved, by=BY)
    run_jobs()


def run(verb: str, *words: str) -> tuple[int, str]:
    answer = CliRunner().invoke({one.name: one for one in GROUPS}[verb], list(words))
    return answer.exit_code, answer.output


def down() -> None:
    Delivery.objects.filter(kind="delete").update(due_at=clock.now())
    run_jobs()


def test_correcting_leads_to_writing_and_leaves_what_is_out(
    officer: Client, out: Post, log: Log
) -> None:
    answer = officer.post(f"/messages/{out.pk}/correct", follow=True)
    assert answer.request["PATH_INFO"] == f"/write/{out.pk}"
    assert "What is out stays as it is" in page(answer)
    assert log.texts == ["Frist words."]
    assert "Published, being corrected" in page(officer.get("/messages"))
    assert "Frist words." in page(Client().get("/news"))


def test_a_correction_that_is_thrown_away_leaves_it_published(officer: Client, out: Post) -> None:
    deliveries.correct(out, by=BY)
    posts.discard(out, by=BY)
    listed = page(officer.get("/messages"))
    assert ("Published" in listed, "Thrown away" in listed) == (True, False)


def test_the_public_page_and_its_feeds_say_the_newer_words(officer: Client, out: Post) -> None:
    corrected(out)
    key = queries.published().get().key
    shown = page(Client().get(f"/news/{key}"))
    assert ("First words." in shown, "Frist" in shown, "Corrected" in shown) == (True, False, True)
    (item,) = Client().get("/news.json").json()["items"]
    assert item["content_text"] == "First words."
    assert item["date_modified"] > item["date_published"]
    mine = page(officer.get(f"/messages/{out.pk}"))
    assert "Town has the newer words" in mine


def test_what_is_taken_down_is_gone_for_everybody_and_says_so(
    officer: Client, out: Post, log: Log
) -> None:
    key = queries.published().get().key
    Delivery.objects.update(settled_at=clock.now() - timedelta(minutes=1))
    was = Client().get("/news.json")
    asks = officer.get(f"/messages/{out.pk}/take-down")
    assert "Take this message down?" in page(asks)
    where = [str(one.channel_id) for one in queries.there(out)]
    empty = officer.post(f"/messages/{out.pk}/take-down", {"channels": where, "reason": ""})
    assert (empty.status_code, "Say why it is taken down" in page(empty)) == (422, True)
    nowhere = officer.post(f"/messages/{out.pk}/take-down", {"reason": "Wrong."})
    assert (nowhere.status_code, "Select at least one channel" in page(nowhere)) == (422, True)
    said = officer.post(
        f"/messages/{out.pk}/take-down",
        {"channels": where, "reason": "The date is wrong."},
        follow=True,
    )
    assert "in ten seconds" in page(said)
    assert "Taking it down from Town" in page(said)
    assert "Take it back to change it" not in page(said)  # nothing of it is still to be said
    assert "Take it down" not in page(said)
    assert log.texts == ["Frist words."]  # the ten seconds
    down()
    assert log.texts == []
    gone = Client().get(f"/news/{key}")
    assert (gone.status_code, "taken down" in page(gone)) == (410, True)
    again = Client().get("/news.json", headers={"if-modified-since": was["last-modified"]})
    assert again.json()["items"] == []
    mine = page(officer.get(f"/messages/{out.pk}"))
    assert "Taken down" in mine
    assert "The date is wrong." in mine
    assert "Take it down" not in mine
    assert "Taken down" in page(officer.get("/messages"))


def test_what_a_card_shows_carries_its_pictures_before_and_after(officer: Client, log: Log) -> None:
    picture, channel = ready(alt="A bridge in snow"), a_channel(name="Town")
    draft = Draft(text="Open.", to=(channel.pk,), media=(Placed(picture.pk),))
    post = decisions.hand_in(posts.start(draft, by=BY), by=BY)
    src = f"/library/{picture.pk}/thumb.picture"
    for _moment in ("before it is planned", "once it is out"):
        seen = BeautifulSoup(officer.get(f"/messages/{post.pk}").content, "html.parser")
        (shown,) = seen.select("section.oyez-card img")
        assert (shown["src"], shown["alt"]) == (src, "A bridge in snow")
        run_jobs()
    Delivery.objects.update(state="asking", remote_id="")
    assert src in officer.get(f"/messages/{post.pk}").content.decode()


def test_what_is_being_taken_down_is_shown_as_it_stands_there(
    officer: Client, out: Post, log: Log
) -> None:
    corrected(out)
    deliveries.take_down(out, reason="Wrong.", wait=deliveries.UNDO, by=BY)
    shown = page(officer.get(f"/messages/{out.pk}"))
    _before, _, going = shown.partition("Taking it down from Town")
    assert going.index("First words.") < going.index("Leave it there")
    assert "Frist words." not in going.partition("Leave it there")[0]


def test_what_is_being_taken_down_can_be_left_there(officer: Client, out: Post, log: Log) -> None:
    (waiting, *_) = deliveries.take_down(out, reason="Wrong.", by=BY)
    asks = page(officer.get(f"/messages/deliveries/{waiting.pk}/withhold"))
    assert "Leave it on" in asks
    said = officer.post(
        f"/messages/deliveries/{waiting.pk}/withhold", {"why": "Right after all."}, follow=True
    )
    assert "It stays on" in page(said)


def test_who_may_only_write_cannot_take_down(writer: Client, out: Post, log: Log) -> None:
    answer = writer.post(f"/messages/{out.pk}/take-down", {"channels": "1", "reason": "No."})
    assert answer.status_code == 403
    assert "Take it down" not in page(writer.get(f"/messages/{out.pk}"))


def test_the_command_line_takes_down_and_corrects(out: Post, log: Log) -> None:
    code, said = run("posts", "take-down", str(out.pk), "--why", "Wrong.", "--from", "Village")
    assert (code, "does not stand on “Village”" in said) == (1, True)
    code, said = run("posts", "correct", str(out.pk))
    assert (code, "is a draft again" in said) == (0, True)
    code, said = run("posts", "take-down", str(out.pk), "--why", "Wrong.", "--from", "town")
    assert (code, "from Town" in said) == (0, True)
    run_jobs()
    assert log.texts == []


def test_newer_words_that_stay_here_are_not_listed_as_published(reader: Client, out: Post) -> None:
    draft = deliveries.correct(out, by=BY)
    saved = posts.save(
        draft, draft.draft.saying("First.\n---\nSecond."), based_on=draft.version, by=BY
    )
    decisions.hand_in(saved, by=BY)
    run_jobs()
    seen = BeautifulSoup(reader.get("/messages").content, "html.parser")
    assert [one.text.strip() for one in seen.select(".oyez-row__state")] == [
        "Not corrected everywhere"
    ]


def test_words_handed_in_unchanged_are_published_all_the_same(reader: Client, out: Post) -> None:
    decisions.hand_in(deliveries.correct(out, by=BY), by=BY)
    run_jobs()
    seen = BeautifulSoup(reader.get("/messages").content, "html.parser")
    assert [one.text.strip() for one in seen.select(".oyez-row__state")] == ["Published"]
