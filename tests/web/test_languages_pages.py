"""Which language does a page speak, to whom, and does it say so?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils import translation

from oyez.channels import actions as channels
from oyez.emergency import actions as emergency
from oyez.people import queries as people
from tests.entering import signed_in
from tests.factories import BY, a_channel
from tests.fakes.networks import Findable, Keyed, Log
from texts import catalogue

WELSH = {"accept-language": "cy,en;q=0.5"}
A_NUMBER = "Ring Jo Bloggs on 07700 900123"  # a check has something to say


def soup(response: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def lang(response: HttpResponse) -> tuple[str, str]:
    """Of the whole page, and of its own part where that differs."""
    page = soup(response)
    return page.html["lang"], page.select_one(".oyez-page").get("lang", "")


def places(response: HttpResponse) -> list[str]:
    return [link.text.strip() for link in soup(response).select(".oyez-places--wide a")]


def test_a_browser_that_prefers_welsh_gets_write_in_welsh(officer: Client, log: Log) -> None:
    page = officer.get("/write", headers=WELSH)
    assert lang(page) == ("cy", "")
    assert soup(page).h1.text == "Ysgrifennu neges"
    assert page["Content-Language"] == "cy"


def test_a_place_without_welsh_is_english_in_a_welsh_frame_and_says_so(officer: Client) -> None:
    page = officer.get("/settings", headers=WELSH)
    assert lang(page) == ("cy", "en-gb")
    assert (soup(page).h1.text, soup(page).title["lang"]) == ("Settings", "en-gb")
    assert places(page)[:2] == ["Hafan", "Ysgrifennu"]


def test_everybody_else_gets_english(officer: Client) -> None:
    page = officer.get("/settings", headers={"accept-language": "de,en-US;q=0.5"})
    assert lang(page) == ("en-gb", "")
    assert places(page)[:2] == ["Home", "Write"]


def test_a_choice_at_the_foot_brings_back_the_same_page_and_holds(officer: Client) -> None:
    offered = soup(officer.get("/settings")).select_one("footer button[name=language]")
    assert (offered["value"], offered["lang"], offered.text) == ("cy", "cy", "Cymraeg")
    came_from = {"referer": "http://testserver/settings?a=1"}
    answer = officer.post("/language", {"language": "cy"}, headers=came_from)
    assert (answer.status_code, answer["Location"]) == (302, "/settings?a=1")
    page = officer.get("/write", headers={"accept-language": "en"})
    assert lang(page) == ("cy", "")
    assert soup(page).select_one("footer button[name=language]").text == "English"


def test_the_choice_goes_with_the_person_to_another_machine(officer: Client) -> None:
    officer.post("/language", {"language": "cy"})
    elsewhere = signed_in(people.person("sam@council.example"))
    assert places(elsewhere.get("/settings"))[0] == "Hafan"


def test_a_language_that_is_not_here_changes_nothing(officer: Client) -> None:
    assert officer.post("/language", {"language": "tlh"}).status_code == 302
    assert people.person("sam@council.example").language == ""
    assert settings.LANGUAGE_COOKIE_NAME not in officer.cookies


def test_a_choice_needs_a_pressed_button_of_ours(officer: Client) -> None:
    assert officer.get("/language").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/language", {"language": "cy"}).status_code == 403


def test_nobody_is_led_away_by_a_choice(officer: Client) -> None:
    answer = officer.post("/language", {"language": "cy"}, headers={"referer": "https://evil.test"})
    assert answer["Location"] == "/"


@pytest.mark.django_db
def test_the_door_speaks_welsh_before_anybody_is_in(client: Client) -> None:
    page = client.get("/sign-in", headers=WELSH)
    assert (lang(page), soup(page).h1.text) == (("cy", ""), "Mewngofnodi")
    client.post("/language", {"language": "cy"})
    assert lang(client.get("/sign-in")) == ("cy", "")


@pytest.mark.django_db
def test_a_page_for_the_public_stays_as_it_is_for_every_cache(client: Client, settings) -> None:
    settings.OYEZ = replace(settings.OYEZ, url="https://oyez.example")
    channels.open_our_own(by=BY)
    page = client.get("/news", headers=WELSH)
    assert lang(page) == ("en-gb", "")
    assert "Accept-Language" not in page.get("Vary", "")
    assert not soup(page).select("form")


def test_a_failure_is_told_in_welsh(officer: Client) -> None:
    page = officer.get("/nowhere", headers=WELSH)
    assert page.status_code == 404
    assert (lang(page), soup(page).h1.text) == (("cy", ""), "Heb ddod o hyd i’r dudalen")


def test_a_message_keeps_its_language_on_the_next_page(officer: Client, log: Log) -> None:
    channel = a_channel(Findable)
    data = {"do": "send", "to": channel.pk, "text": "Open.", "when": "now", "language": "cy"}
    page = officer.post("/write", {**data, "late_after": 120}, headers=WELSH, follow=True)
    told = soup(page).select_one(".govuk-notification-banner__heading")
    assert told["lang"] == "cy"
    assert told.text.startswith("Bydd yn mynd allan ymhen deg eiliad")
    assert lang(page) == ("cy", "en-gb")


def test_the_strip_is_part_of_the_frame(officer: Client) -> None:
    emergency.stop(None, why="Storm", by=BY)
    page = officer.get("/settings", headers=WELSH)
    assert "Mae pob anfon wedi’i atal." in soup(page).select_one(".oyez-strip").text


@pytest.mark.parametrize("text", ["", "Open at nine.", A_NUMBER])
def test_no_english_of_ours_is_left_on_the_welsh_page(officer: Client, log: Log, text: str) -> None:
    one, other = a_channel(Findable), a_channel(Keyed)
    data = {"do": "look", "to": [one.pk, other.pk], "text": text, "when": "at"}
    answer = officer.post("/write", data, headers=WELSH)
    page = soup(
        answer if answer.status_code == 422 else officer.get(answer["Location"], headers=WELSH)
    )
    assert page.h1.text == "Ysgrifennu neges"
    for english in page.select("[lang=en-gb]"):
        english.decompose()
    said = {" ".join(words.split()) for words in page.find_all(string=True)}
    assert said & in_english() == set()


def test_it_would_be_seen(officer: Client, log: Log) -> None:
    said = {" ".join(words.split()) for words in soup(officer.get("/write")).find_all(string=True)}
    assert {"Message", "Send", "Show how it looks"} <= said & in_english()


def in_english() -> set[str]:
    """Every text of the catalogue that says something else in Welsh."""
    catalog = catalogue.read(catalogue.Words("cy"))
    texts = {message.id for message in catalog if isinstance(message.id, str) and message.id}
    with translation.override("cy"):
        return {text for text in texts if translation.gettext(text) != text}
