"""Can those on duty stop sending, with a reason, and nobody else?"""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from oyez.emergency import queries as emergency
from tests.factories import a_channel
from tests.web.conftest import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("log")]


def test_a_stop_without_a_reason_is_asked_for_it(officer: Client) -> None:
    answer = officer.post("/stop/all", {"why": "  "})
    seen = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    assert seen.select_one("[name=why]")
    assert seen.select_one(".govuk-error-summary a")["href"] == "#id_why"
    assert "Say why, so that the next person on duty knows" in page(answer)
    assert not emergency.in_force()


def test_a_reason_that_is_too_long_is_kept_on_the_page(officer: Client) -> None:
    answer = officer.post("/stop/all", {"why": "x" * 301})
    assert answer.status_code == 422
    assert "x" * 301 in answer.content.decode()


def test_the_stop_shows_on_every_page_for_those_inside_alone(
    officer: Client, reader: Client, client: Client
) -> None:
    officer.post("/stop/all", {"why": "<b>Hacked</b>"})
    assert "All sending is stopped. <b>Hacked</b>" in page(reader.get("/messages"))
    assert "Hacked" not in page(client.get("/sign-in"))


def test_resuming_what_is_not_stopped_says_so(officer: Client) -> None:
    answer = officer.post("/stop/all/resume")
    assert answer.status_code == 422
    assert "Nothing is stopped." in page(answer)


@pytest.mark.parametrize("address", ["/stop/all", "/stop/all/resume"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_reader_may_look_and_not_touch(reader: Client, address: str, method: str) -> None:
    assert reader.get("/stop").status_code == 200
    answer = getattr(reader, method)(address, {"why": "x"})
    assert answer.status_code == 403
    assert "Your role does not allow it." in page(answer)
    assert not emergency.in_force()


def test_one_channel_is_stopped_by_its_number_and_an_unknown_one_is_not_found(
    officer: Client,
) -> None:
    channel = a_channel(name="Mastodon")
    officer.post(f"/stop/channels/{channel.pk}", {"why": "Odd posts."})
    assert emergency.stop_on(channel)
    assert "Sending by Mastodon is stopped." in page(officer.get("/stop"))
    assert officer.get("/stop/channels/99999").status_code == 404


def test_who_stops_once_more_learns_that_the_first_reason_stays(officer: Client) -> None:
    officer.post("/stop/all", {"why": "Storm"})
    seen = page(officer.post("/stop/all", {"why": "Flood"}, follow=True))
    assert "It was stopped before, and that reason stays: Storm" in seen
