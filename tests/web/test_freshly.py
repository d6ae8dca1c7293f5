"""Is somebody asked again before what matters, and let on when they have answered?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from oyez.kit import clock
from oyez.people import actions as people
from oyez.people import queries
from oyez.web.guard import freshly
from tests.factories import BY
from tests.web.conftest import page


@freshly
def vault(request: HttpRequest) -> HttpResponse:
    return HttpResponse("gold")


urlpatterns = [path("vault", vault), path("", include("oyez.project.urls"))]
handler404 = "oyez.web.failures.not_found"


@pytest.fixture
def ada_here(settings, db: None, client: Client) -> Client:
    settings.ROOT_URLCONF = "tests.web.test_freshly"
    person = people.invite("ada@council.example", name="Ada", by=BY)
    client.post(f"/sign-in/{people.make_link(person, by=BY)}")
    return client


@pytest.fixture
def later():
    now = clock.now()
    yield lambda **far: clock.set_reader(lambda: now + timedelta(**far))
    clock.set_reader(None)


def test_whoever_has_just_signed_in_is_not_asked(ada_here: Client) -> None:
    assert ada_here.get("/vault").content == b"gold"


def test_a_quarter_of_an_hour_later_they_are_and_come_back(ada_here: Client, later) -> None:
    later(minutes=16)
    there = ada_here.get("/vault?room=2")["Location"]
    assert there == "/sign-in/again?next=/vault%3Froom%3D2"
    assert "Show that it is you" in page(ada_here.get(there))
    token = people.make_link(queries.person("ada@council.example"), by=BY)
    assert ada_here.post(f"/sign-in/{token}")["Location"] == "/vault?room=2"
    assert ada_here.get("/vault").content == b"gold"


def test_a_clock_set_back_makes_nobody_fresh(ada_here: Client, later) -> None:
    later(minutes=-5)
    assert ada_here.get("/vault").status_code == 302


def test_htmx_sends_the_whole_page_there(ada_here: Client, later) -> None:
    later(minutes=16)
    asked = {"HX-Request": "true", "HX-Current-URL": "http://testserver/channels"}
    answer = ada_here.post("/vault", headers=asked)
    assert answer["HX-Redirect"] == "/sign-in/again?next=/channels"


def test_a_session_that_says_nothing_is_not_fresh(ada_here: Client) -> None:
    session = ada_here.session
    del session["oyez_proved_at"]
    session.save()
    assert ada_here.get("/vault").status_code == 302
