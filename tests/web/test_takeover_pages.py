"""The page for when somebody else is posting as us: evidence, two clicks, the way back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from oyez.channels.models import Channel, Secret
from oyez.emergency import queries as emergency
from oyez.listening import actions as listening
from oyez.listening.models import Stray
from oyez.networks.contract import Change, Seen
from tests.factories import BY, a_channel
from tests.fakes.networks import Log, Watched, fakes
from tests.web.conftest import page

pytestmark = pytest.mark.django_db(transaction=True)
LURE = "Coins for all <script>alert(1)</script>\u202e!"


@pytest.fixture
def log() -> Iterator[Log]:
    with fakes(Watched) as log:
        yield log


@pytest.fixture
def taken(log: Log) -> Channel:
    channel = a_channel(Watched, name="Town")
    listening.look(channel, by=BY)
    log.somebody_posts(LURE)
    listening.look(channel, by=BY)
    return channel


def test_the_evidence_is_shown_as_it_stands_and_does_nothing(
    officer: Client, taken: Channel
) -> None:
    answer = officer.get("/stop/takeover")
    seen = page(answer)
    assert "Town shows a post that Oyez did not send." in seen
    assert "Coins for all <script>alert(1)</script>⟨U+202E⟩!" in seen
    assert "Nothing is sent there until somebody answers." in seen
    link = BeautifulSoup(answer.content, "html.parser").select_one('a[href^="https://fake"]')
    assert link
    assert link["href"] == "https://fake.example/1"


def test_a_change_is_told_from_a_post(officer: Client, taken: Channel, log: Log) -> None:
    log.written += [
        Seen("1", "It says something else", "", version="2"),
        Seen("profile", "Coin town", "", version="2", change=Change.ACCOUNT),
    ]
    listening.look(taken, by=BY)
    seen = page(officer.get("/stop/takeover"))
    assert "Changed to: “It says something else”" in seen
    assert "The profile now says: “Coin town”" in seen


def test_every_page_and_home_say_so_until_somebody_answers(officer: Client, taken: Channel) -> None:
    for address in ("/", "/messages"):
        assert "Is somebody else posting as us?" in page(officer.get(address))
    assert "Town shows something that Oyez did not send" in page(officer.get("/"))
    said = page(officer.post(f"/stop/takeover/channels/{taken.pk}/ours", follow=True))
    assert "Answered for Town." in said
    assert "Is somebody else posting as us?" not in page(officer.get("/"))
    assert Stray.objects.get().state == "ours"


def test_two_clicks_cut_all_off(officer: Client, taken: Channel, log: Log) -> None:
    first = officer.get("/stop/takeover/all")
    assert "Sending stops at once." in page(first)
    assert Secret.objects.exists()
    said = page(officer.post("/stop/takeover/all", follow=True))
    assert "Now do by hand what stands below." in said
    for words in ("The token is ended.", "In the settings, under Password.", "How to come back"):
        assert words in said
    assert log.revoked == ["s3cret"]
    assert emergency.in_force().get().channel is None


def test_a_drill_is_kept_as_a_record(officer: Client, taken: Channel, log: Log) -> None:
    assert "No drill has been held yet." in page(officer.get("/stop/takeover"))
    said = page(officer.post("/stop/takeover/drill", follow=True))
    assert "Last drill" in said
    assert "It answers; nothing was ended." in said
    assert (log.revoked, emergency.in_force().exists()) == ([], False)


def test_it_is_over_lets_the_channel_send_again(officer: Client, taken: Channel) -> None:
    officer.post(f"/stop/takeover/channels/{taken.pk}/over")
    taken.refresh_from_db()
    assert (taken.state, Stray.objects.get().state) == ("active", "not_ours")


def test_answering_twice_says_so(officer: Client, taken: Channel) -> None:
    officer.post(f"/stop/takeover/channels/{taken.pk}/ours")
    again = officer.post(f"/stop/takeover/channels/{taken.pk}/ours")
    assert again.status_code == 422
    assert "Nothing on Town waits for an answer." in page(again)


@pytest.mark.parametrize("what", ["all", "drill", "channels/{}", "channels/{}/ours"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_reader_may_look_and_not_touch(
    reader: Client, taken: Channel, what: str, method: str
) -> None:
    assert reader.get("/stop/takeover").status_code == 200
    answer = getattr(reader, method)(f"/stop/takeover/{what.format(taken.pk)}")
    assert answer.status_code == 403
    assert Secret.objects.exists()


def test_with_nothing_to_say_it_says_so(officer: Client, log: Log) -> None:
    assert "Our channels show nothing that Oyez did not send." in page(
        officer.get("/stop/takeover")
    )
