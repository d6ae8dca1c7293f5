"""Does the list find a message by its state, and does each decision keep to who may and when?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from oyez.deliveries.models import Delivery
from oyez.feeds import actions as feeds
from oyez.kit import clock
from oyez.networks.contract import Refused
from oyez.posts import actions as posts
from oyez.posts.draft import Draft
from oyez.posts.models import Post
from tests.factories import BY, a_channel, a_feed, a_post, an_item, the_delivery
from tests.fakes.networks import Log, raises
from tests.jobs import run_jobs
from tests.web.conftest import page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asking(log: Log) -> Delivery:
    """A delivery of which nobody knows whether it is there, with two posts that may be it."""
    a_post("Flood warning")
    run_jobs()
    found = [{"remote_id": n, "url": f"https://fake.example/{n}"} for n in ("7", "8")]
    Delivery.objects.update(
        state="asking", why="Two posts say this.", remote_id="", evidence={"candidates": found}
    )
    return the_delivery()


@pytest.fixture
def waiting(log: Log) -> Delivery:
    a_post("Fair on Sunday", at=clock.now() + timedelta(hours=5))
    run_jobs()
    return the_delivery()


def test_each_filter_shows_the_messages_in_its_states(reader: Client, log: Log) -> None:
    channel = a_channel(name="Mastodon")
    log.trouble.append(raises(Refused("Too long.")))
    a_post("Refused one", to=[channel])
    run_jobs()
    a_post("Published one", to=[channel])
    run_jobs()
    a_post("Later one", to=[channel], at=clock.now() + timedelta(hours=5))
    run_jobs()
    found = {"not-sent": "Refused", "published": "Published", "going-out": "Later"}
    for show, title in found.items():
        seen = BeautifulSoup(reader.get(f"/messages?show={show}").content, "html.parser")
        assert [row.text for row in seen.select(".oyez-row__title")] == [f"{title} one"]
    assert "No message is in this list." in page(reader.get("/messages?show=needs-you"))
    assert page(reader.get("/messages?show=nonsense")).count(" one ") == 3


def test_the_list_goes_by_pages_and_keeps_its_filter(reader: Client, log: Log) -> None:
    channel = a_channel()
    for number in range(26):
        a_post(f"Message {number}", to=[channel], at=clock.now() + timedelta(hours=5))
    run_jobs()
    first, second = (reader.get(f"/messages?show=going-out&page={n}") for n in (1, 2))
    assert "Message 25" in page(first)
    assert "Message 0 " not in page(first)
    assert "Message 0 " in page(second)
    assert "?show=going-out&amp;page=2" in first.content.decode()


def test_a_message_that_nobody_approved_says_so(reader: Client, log: Log) -> None:
    feed = a_feed(to=[a_channel(name="Mastodon")])
    item = an_item(feed)
    feeds.release_due(by=BY)
    feed.template = "{link}"
    feed.save()  # the rule is another one now
    run_jobs()
    post = Post.objects.get(item=item)
    assert "Not approved" in page(reader.get("/messages"))
    assert "Held back" in page(reader.get(f"/messages/{post.pk}"))


def test_there_is_no_page_for_no_message(reader: Client) -> None:
    assert reader.get("/messages/999").status_code == 404


def test_one_of_several_must_be_picked_and_every_answer_is_kept(
    officer: Client, asking: Delivery
) -> None:
    answer = officer.post(f"/messages/deliveries/{asking.pk}/there", {"address": "no address"})
    seen = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    assert seen.title.text.strip().startswith("Error:")
    assert [one.text for one in seen.select(".govuk-error-summary a")] == [
        "Select the one that is ours",
        "Enter the whole address, with https:// in front",
    ]
    assert len(seen.select("[name=candidate]")) == 2
    assert seen.find(id="id_address")["value"] == "no address"
    assert the_delivery().state == "asking"


def test_the_one_picked_becomes_the_receipt(officer: Client, asking: Delivery) -> None:
    officer.post(f"/messages/deliveries/{asking.pk}/there", {"candidate": "8", "address": ""})
    linked = the_delivery()
    assert (linked.state, linked.remote_id, linked.url) == (
        "arrived",
        "8",
        "https://fake.example/8",
    )


def test_a_decision_that_comes_too_late_is_refused_in_words(
    officer: Client, waiting: Delivery
) -> None:
    answer = officer.post(f"/messages/deliveries/{waiting.pk}/again")
    assert answer.status_code == 422
    assert "This delivery is not asking; it is: waiting." in page(answer)


def test_keeping_back_needs_a_reason_and_works_once(officer: Client, waiting: Delivery) -> None:
    here = f"/messages/deliveries/{waiting.pk}/withhold"
    empty = officer.post(here, {"why": ""})
    assert empty.status_code == 422
    assert "Say why it is not sent" in page(empty)
    assert officer.post(here, {"why": "It rains."}).status_code == 302
    assert (the_delivery().state, the_delivery().why) == ("withheld", "It rains.")
    assert officer.post(here, {"why": "It rains."}).status_code == 422


@pytest.mark.parametrize("verb", ["there", "again", "withhold"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_reader_decides_nothing(reader: Client, asking: Delivery, verb: str, method: str) -> None:
    answer = getattr(reader, method)(f"/messages/deliveries/{asking.pk}/{verb}")
    assert answer.status_code == 403
    assert "Your role does not allow it." in page(answer)
    assert the_delivery().state == "asking"


def test_an_address_that_is_no_web_address_is_never_a_link(reader: Client, log: Log) -> None:
    a_post("Flood warning")
    run_jobs()
    Delivery.objects.update(url="javascript:alert(1)")
    shown = reader.get(f"/messages/{Post.objects.get().pk}").content.decode()
    assert 'href="javascript' not in shown


def test_what_a_link_and_a_title_hide_is_written_out(reader: Client, log: Log) -> None:
    link = "https://council.example/\u202egnp"
    for draft in (Draft("", link=link), Draft("Fair", title="Fair\u202egnp")):
        post = posts.start(draft, by=BY)
        posts.comment(post, f"Where does {link} lead?", by=BY)
        for answer in (reader.get("/messages"), reader.get(f"/messages/{post.pk}")):
            assert "⟨U+202E⟩" in page(answer)
            assert "\u202e" not in page(answer)
            assert "%E2%80%AE" not in answer.content.decode()


def test_the_part_behind_a_refused_one_says_that_it_does_not_go(reader: Client, log: Log) -> None:
    calls = iter([None, Refused("Too rude.")])

    def trouble() -> None:
        if wrong := next(calls, None):
            raise wrong

    log.trouble += [trouble, trouble]
    post = a_post("One.\n---\nTwo.\n---\nThree.", to=[a_channel()])
    run_jobs()
    shown = page(reader.get(f"/messages/{post.pk}"))
    assert "The part of the thread before it did not go out, so this part is not sent." in shown
    assert "Goes out next" not in shown
