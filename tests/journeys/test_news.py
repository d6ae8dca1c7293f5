"""A stranger reads what the house has published."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.factories import a_channel, a_feed, a_post, an_item
from tests.journeys.house import House
from tests.journeys.walker import Walker


def test_a_stranger_reads_the_news(visitor: Walker, house: House) -> None:
    visitor.opens("/news").sees("Nothing has been published yet.").photographs("news-empty")
    town = a_channel(name="Town")
    an_item(a_feed(to=[town]), title="A388 closed at Polson Bridge until 17:00")
    house.works()
    a_post("Gritting tonight. 🧊\nMae’r lorïau graeanu allan heno.", to=[town])
    house.works()
    visitor.opens("/news").sees("Until further notice.", "Gritting tonight. 🧊").photographs("news")
    visitor.follows("A388 closed").reads_the_heading("A388 closed at Polson Bridge until 17:00")
    visitor.does_not_see("Sign out").photographs("news-one")


def test_without_a_public_address_only_staff_see_it(
    visitor: Walker, house: House, settings: Any
) -> None:
    settings.OYEZ = replace(settings.OYEZ, url="")
    visitor.opens("/news").sees("Its publisher has not opened it").photographs("news-closed")


def test_staff_are_told_what_to_set(officer: Walker, house: House, settings: Any) -> None:
    settings.OYEZ = replace(settings.OYEZ, url="")
    officer.opens("/news").sees("set OYEZ_URL to the public address").photographs("news-private")
