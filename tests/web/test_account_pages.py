"""Does everybody see where they are signed in, and end it there? Does it end by itself in time?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from oyez.kit import clock
from oyez.people import actions as people
from oyez.people import queries
from oyez.people.browsers import called
from oyez.people.models import Person, Sitting
from tests.factories import BY
from tests.web.conftest import page

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0"
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0"
)
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/19.0 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def rae(db: None) -> Person:
    return people.invite("rae@council.example", name="Rae", by=BY)


def comes(person: Person, agent: str = FIREFOX, where: str = "192.0.2.1") -> Client:
    client = Client(headers={"user-agent": agent}, REMOTE_ADDR=where)
    client.post(f"/sign-in/{people.make_link(person, by=BY)}")
    assert client.get("/account").status_code == 200
    return client


@pytest.fixture
def later() -> Iterator[Callable[..., None]]:
    now = clock.now()

    def moves(**far: Any) -> None:
        clock.set_reader(lambda: now + timedelta(**far))

    yield moves
    clock.set_reader(None)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (EDGE, "Edge on Windows"),
        (PHONE, "Safari on iPhone"),
        ("curl/8.0 (Linux)", "A browser on Linux"),
        ("<script>alert(1)</script>", "A browser"),
        ("", "A browser"),
    ],
)
def test_browsers_are_called_as_people_call_them(agent: str, words: str) -> None:
    assert called(agent) == words


def test_each_session_is_listed_and_this_one_is_marked(rae: Person) -> None:
    here, there = comes(rae), comes(rae, PHONE, "192.0.2.9")
    shown = page(here.get("/account"))
    assert "Firefox on Linux From 192.0.2.1." in shown
    assert "Safari on iPhone From 192.0.2.9." in shown
    assert shown.count("This one") == 1
    assert there.get("/account").status_code == 200


def test_one_is_ended_with_its_next_click_and_no_other(rae: Person) -> None:
    here, there = comes(rae), comes(rae, PHONE)
    phone = Sitting.objects.get(browser=PHONE)
    assert "Ended." in page(here.post(f"/account/sessions/{phone.pk}/end", follow=True))
    assert there.get("/account").status_code == 302
    assert "iPhone" not in page(here.get("/account"))
    assert "ended already" in page(here.post(f"/account/sessions/{phone.pk}/end", follow=True))


def test_nobody_ends_a_colleague_s(rae: Person) -> None:
    theirs = comes(rae)
    eve = comes(people.invite("eve@council.example", by=BY))
    sitting = Sitting.objects.get(person=rae)
    assert "ended already" in page(eve.post(f"/account/sessions/{sitting.pk}/end", follow=True))
    assert theirs.get("/account").status_code == 200


def test_all_others_end_and_this_one_stays_under_another_number(rae: Person) -> None:
    here, there, third = comes(rae), comes(rae, PHONE), comes(rae, EDGE)
    number = here.session.session_key
    assert "signed out everywhere else" in page(
        here.post("/account/sessions/end-others", follow=True)
    )
    assert [one.get("/account").status_code for one in (here, there, third)] == [200, 302, 302]
    assert here.session.session_key != number
    assert queries.sittings(Person.objects.get()).get().key == here.session.session_key


def test_a_new_password_leaves_this_session_in_the_list(rae: Person) -> None:
    here, there = comes(rae), comes(rae, PHONE)
    here.post("/account/password", {"password": "kettle-orbit-lichen"})
    assert "Firefox on Linux" in page(here.get("/account"))
    assert "iPhone" not in page(here.get("/account"))
    assert there.get("/account").status_code == 302


def test_an_idle_hour_ends_it_and_clicks_keep_it(rae: Person, later: Callable[..., None]) -> None:
    busy, idle = comes(rae), comes(rae, PHONE)
    later(minutes=50)
    assert busy.get("/account").status_code == 200
    later(minutes=65)
    assert busy.get("/account").status_code == 200
    assert idle.get("/messages")["Location"] == "/sign-in?next=/messages"


def test_a_working_day_ends_it_whatever_is_done(rae: Person, later: Callable[..., None]) -> None:
    busy = comes(rae)
    for half_hours in range(1, 25):
        later(minutes=30 * half_hours)
        assert busy.get("/account").status_code == 200
    later(minutes=30 * 24 + 1)
    assert busy.get("/account").status_code == 302


def test_whoever_is_removed_is_out_with_the_next_click(rae: Person) -> None:
    here = comes(rae)
    people.remove(rae, by=BY)
    assert here.get("/account").status_code == 302
    assert here.post("/account/sessions/end-others").status_code == 302


def test_one_changes_how_one_is_called(rae: Person) -> None:
    here = comes(rae)
    assert "Enter your name" in page(here.post("/account/name", {"name": " "}))
    here.post("/account/name", {"name": "Rae  Reader"})
    assert queries.person("rae@council.example").name == "Rae Reader"
