"""A message's own page before it is out: its draft, its versions, and what can be done with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from oyez.channels.models import Channel
from oyez.decisions import actions as decisions
from oyez.decisions.rules import Asked
from oyez.kit import clock
from oyez.people.rules import APPROVER
from oyez.posts import actions, queries
from oyez.posts.draft import Draft
from oyez.posts.models import Post
from oyez.web import times
from tests.factories import BY, a_channel, a_post
from tests.fakes.networks import Log
from tests.jobs import run_jobs
from tests.web.conftest import page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(log: Log) -> Post:
    return actions.start(Draft(text="The bridge is open.", to=(a_channel().pk,)), by=BY)


def test_a_draft_is_listed_and_shown_as_it_would_look(officer: Client, draft: Post) -> None:
    a_post("Sent already", to=[a_channel(name="Other")])
    seen = BeautifulSoup(officer.get("/messages?show=drafts").content, "html.parser")
    assert [row.text for row in seen.select(".oyez-row__title")] == ["The bridge is open."]
    shown = page(officer.get(f"/messages/{draft.pk}"))
    assert "481 characters left of 500" in shown
    assert "Go on writing" in shown


def test_what_a_name_hides_is_written_out(officer: Client, log: Log) -> None:
    sly = Draft(text="Words.", to=(a_channel().pk,), title="Good \u202egnp\u200b.exe")
    post = actions.start(sly, by=BY)
    token = actions.share(post, by=BY)
    Client().post(f"/preview/{token}", {"name": "Sam\u202e)knil", "text": "Fine by me."})
    for path in (f"/messages/{post.pk}", "/messages?show=drafts", f"/write/{post.pk}"):
        seen = officer.get(path).content.decode()
        assert "\u202e" not in seen.replace('value="Good \u202egnp\u200b.exe"', ""), path
    assert "Good ⟨U+202E⟩gnp⟨U+200B⟩.exe" in page(officer.get("/messages?show=drafts"))


def test_a_draft_is_thrown_away_and_brought_back(officer: Client, draft: Post) -> None:
    here = f"/messages/{draft.pk}"
    assert "You can bring it back." in page(officer.get(f"{here}/discard"))
    assert "Thrown away" in page(officer.post(f"{here}/discard", follow=True))
    assert "Go on writing" not in page(officer.get(here))
    assert "It is a draft again." in page(officer.post(f"{here}/restore", follow=True))
    assert queries.one(draft.pk).is_draft


def test_what_waits_is_taken_back_and_what_is_out_is_not(officer: Client, log: Log) -> None:
    channel = a_channel()
    waiting = a_post("Fair on Sunday", to=[channel], at=clock.now() + timedelta(hours=5))
    run_jobs()
    out = a_post("Out", to=[channel])
    run_jobs()
    assert "Take it back to change it" in page(officer.get(f"/messages/{waiting.pk}"))
    assert "Take it back to change it" not in page(officer.get(f"/messages/{out.pk}"))
    officer.post(f"/write/{waiting.pk}/undo")
    run_jobs()
    shown = page(officer.get(f"/messages/{waiting.pk}"))
    assert "Its author took it back before it was sent." in shown
    assert "On its way" not in shown


def test_what_waits_is_moved_from_its_own_page_and_one_comes_back_there(
    officer: Client, log: Log
) -> None:
    waiting = a_post("Fair on Sunday", at=clock.now() + timedelta(days=2))
    run_jobs()
    here = f"/messages/{waiting.pk}"
    move = f"/planner/{waiting.pk}/move?from=message"
    assert f'href="{move}"' in officer.get(here).content.decode()
    assert "Back to the message" in page(officer.get(move))
    new = (clock.now() + timedelta(days=3)).date()
    answer = officer.post(move, {"day": new, "hour": "14:05"}, follow=True)
    assert answer.redirect_chain == [(here, 302)]
    assert "It goes out at 14:05," in page(answer)


def test_move_is_offered_to_nobody_who_may_not_and_not_for_what_has_left(
    officer: Client, reader: Client, log: Log
) -> None:
    channel = a_channel()
    waiting = a_post("Fair", to=[channel], at=clock.now() + timedelta(days=2))
    out = a_post("Out", to=[channel])
    run_jobs()
    assert "Move it" in page(officer.get(f"/messages/{waiting.pk}"))
    assert "Move it" not in page(reader.get(f"/messages/{waiting.pk}"))
    assert "Move it" not in page(officer.get(f"/messages/{out.pk}"))


def test_a_copy_is_a_new_draft_with_the_same_words(officer: Client, draft: Post) -> None:
    answer = officer.post(f"/messages/{draft.pk}/copy", follow=True)
    made = Post.objects.latest("pk")
    assert made.pk != draft.pk
    assert made.draft.text == "The bridge is open."
    assert answer.request["PATH_INFO"] == f"/write/{made.pk}"


def test_a_message_from_before_there_were_drafts_is_copied_whole(officer: Client, log: Log) -> None:
    post = a_post("Old words")
    Post.objects.filter(pk=post.pk).update(content={})
    officer.post(f"/messages/{post.pk}/copy")
    assert Post.objects.latest("pk").draft.text == "Old words"


def test_versions_say_what_changed_and_what_lost(officer: Client, draft: Post) -> None:
    later = Draft(text="The bridge is closed.", to=draft.draft.to)
    changed = actions.save(draft, later, based_on=1, by=_named("root"))
    with pytest.raises(actions.Changed):
        actions.save(draft, Draft(text="Mine.", to=later.to), based_on=1, by=BY)
    answer = officer.get(f"/messages/{changed.pk}")
    seen = BeautifulSoup(answer.content, "html.parser")
    assert "open" in [one.text for one in seen.select("del")]
    assert "closed" in [one.text for one in seen.select("ins")]
    assert "wrote at the same time" in page(answer)


def _named(user: str):
    from oyez.people.rules import console

    return console(user)


def test_nobody_sees_buttons_they_may_not_press(reader: Client, draft: Post) -> None:
    here = f"/messages/{draft.pk}"
    shown = page(reader.get(here))
    for words in ("Go on writing", "Throw away", "Copy", "Add a comment"):
        assert words not in shown
    for verb in ("discard", "restore", "copy", "comment", "unshare"):
        assert reader.post(f"{here}/{verb}").status_code == 403


def test_a_comment_is_kept_without_what_no_column_holds(officer: Client, draft: Post) -> None:
    answer = officer.post(f"/messages/{draft.pk}/comment", {"text": "Read\0 it."}, follow=True)
    assert "Your comment is kept." in page(answer)
    assert draft.comments.get().text == "Read it."
    answer = officer.post(f"/messages/{draft.pk}/comment", {"text": "\0"}, follow=True)
    assert "Enter a comment." in page(answer)


def test_an_empty_comment_is_refused_in_words(officer: Client, draft: Post) -> None:
    answer = officer.post(f"/messages/{draft.pk}/comment", {"text": " "}, follow=True)
    assert "Enter a comment." in page(answer)


def test_a_page_names_the_decisions_on_the_version_that_is_asked_about(
    officer: Client, log: Log
) -> None:
    post = a_post("Fair on Sunday", at=clock.now() + timedelta(hours=5))
    run_jobs()
    here = f"/messages/{post.pk}"
    assert "Approved by" in page(officer.get(here))
    decisions.set_steps(Channel.objects.get(), [Asked(role=APPROVER)], by=BY)
    back = actions.take_back(post, by=BY)
    back = actions.save(back, back.draft.saying("On Monday"), based_on=back.version, by=BY)
    decisions.hand_in(back, by=BY)
    shown = page(officer.get(here))
    assert "It waits for approval" in shown
    assert "Approved by" not in shown


def test_what_is_planned_says_when_before_anything_has_been_made_of_it(
    officer: Client, log: Log
) -> None:
    at = clock.now() + timedelta(days=2)
    post = a_post("Fair on Sunday", at=at)
    says = f"To go out at {times.in_full(at)}."
    assert says in page(officer.get(f"/messages/{post.pk}"))
    run_jobs()
    assert says in page(officer.get(f"/messages/{post.pk}"))
    now = a_post("Open now")
    assert "To go out at" not in page(officer.get(f"/messages/{now.pk}"))


def test_what_was_never_handed_in_does_not_say_so(officer: Client, draft: Post) -> None:
    here = f"/messages/{draft.pk}"
    told = page(officer.get(here))
    assert ("Last changed" in told, "Handed in" in told) == (True, False)
    officer.post(f"{here}/discard")
    facts = BeautifulSoup(officer.get(here).content, "html.parser").select_one("dl")
    assert facts
    assert "Thrown away" in facts.text
    assert "Handed in" not in facts.text
    assert facts.select_one("time")
