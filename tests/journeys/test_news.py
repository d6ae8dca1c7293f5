"""A stranger reads what the house has published."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from oyez.library import actions as library
from oyez.posts import actions as posts
from oyez.posts.draft import Draft, Placed
from tests.factories import BY, a_channel, a_feed, a_post, an_item
from tests.formats.cinema import a_film
from tests.formats.gallery import noise
from tests.formats.test_captions import SRT
from tests.journeys.house import House
from tests.journeys.walker import Walker
from tests.library.shelf import ready


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


def test_a_stranger_sees_the_pictures(visitor: Walker, house: House) -> None:
    film = library.caption(ready(a_film(), "walk.mp4", alt="A walk"), SRT.encode(), by=BY)
    bridge = ready(noise((60, 40)), alt="The bridge at noon, open in both directions")
    lorry = ready(noise((40, 80)), "tall.jpg", alt="A gritting lorry from behind")
    town = a_channel(name="Town")
    for text, media in (("A walk in spring.", [film]), ("The bridge is open.", [bridge, lorry])):
        placed = tuple(Placed(one.pk) for one in media)
        draft = Draft(text=text, to=(town.pk,), media=placed)
        posts.hand_in(posts.start(draft, by=BY), by=BY)
        house.works()
    visitor.opens("/news").sees("All 2 pictures and films").photographs("news-pictures")
    visitor.follows("The bridge is open").photographs("news-one-pictures")
    for alt in (bridge.alt, lorry.alt):
        picture = visitor.page.get_by_alt_text(alt)
        assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
