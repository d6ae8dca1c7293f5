"""Does every page have the frame that people find their way by?"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from oyez.web import assets, places
from oyez.web.strip import Strip, gather

PAGES = ["/", "/channels/", "/feeds/add/", "/confirm/", "/nowhere/", "/breaks/", "/away/"]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_one_heading_a_title_and_no_inline_code(gallery, soup, address):
    page = soup(gallery.get(address))
    assert len(page.find_all("h1")) == 1
    assert page.title.text.strip().endswith("– Oyez")
    assert not page.find_all("style")
    assert not page.find_all(style=True)
    assert all(script["src"].startswith("/static/") for script in page.find_all("script"))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_at_most_one_green_button(gallery, soup, address):
    buttons = soup(gallery.get(address)).select(".govuk-button:not(.govuk-button--warning)")
    assert len(buttons) <= 1


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_small_and_needs_few_requests(gallery, soup, address):
    response = gallery.get(address)
    parts = {
        tag.get("src") or tag["href"]
        for tag in soup(response).select("link[href], script[src], img[src]")
    }
    size = len(gzip.compress(response.content))
    for part in parts:
        size += len(gallery.get(part, headers={"accept-encoding": "gzip"}).content)
    assert len(parts) + 1 <= 10
    assert size <= 60_000


def test_the_place_we_are_in_is_lit_and_said(gallery, soup):
    lit = soup(gallery.get("/feeds/add/")).select(".oyez-places--wide [aria-current]")
    assert [(link.text.strip(), link["aria-current"]) for link in lit] == [("Feeds", "true")]
    lit = soup(gallery.get("/channels/")).select(".oyez-bar [aria-current]")
    assert [(link.text.strip(), link["aria-current"]) for link in lit] == [("Channels", "page")]


def test_a_place_without_an_address_is_left_out_and_a_count_is_shown(gallery, rf):
    request = rf.get("/")
    request.resolver_match = None
    given = (
        places.Place("Inbox", "channels:list", lambda request: 6),
        places.Place("Mars", "mars:list"),
    )
    shown = places.shown(request, given)
    assert [(place.label, place.count) for place in shown] == [("Inbox", 6)]


def test_the_menu_of_a_phone_opens_without_javascript(gallery, soup):
    menu = soup(gallery.get("/")).select_one("details.oyez-menu")
    assert [link["href"] for link in menu.select("nav a")] == [
        "/",
        "/messages/",
        "/channels/",
        "/feeds/",
    ]


def test_strips_are_for_people_who_are_signed_in_and_a_stop_comes_first(rf):
    practice, stop = Strip("practice", "Practice is on."), Strip("stop", "Sending is stopped.")
    providers = [lambda request: practice, lambda request: None, lambda request: stop]
    request = rf.get("/")
    assert gather(request, providers) == []
    request.user = type("Person", (), {"is_authenticated": True})()
    assert gather(request, providers) == [stop, practice]


def test_the_address_of_a_file_changes_with_its_bytes(monkeypatch, tmp_path):
    file = tmp_path / "a.css"
    monkeypatch.setattr("oyez.web.assets.finders.find", lambda name: str(file))
    addresses = []
    for words in ("one", "two"):
        file.write_text(words)
        assets.address.cache_clear()
        addresses.append(assets.address("a.css"))
    assets.address.cache_clear()
    assert len(set(addresses)) == 2


def test_a_static_file_is_compressed_only_for_who_takes_it(gallery):
    packed = gallery.get("/static/oyez/oyez.css", headers={"accept-encoding": "gzip"})
    plain = gallery.get("/static/oyez/oyez.css")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Content-Encoding" not in plain
    again = gallery.get("/static/oyez/oyez.css", headers={"if-none-match": plain["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_nothing_of_the_licensed_look_is_shipped():
    css = Path(finders.find("oyez/oyez.css")).read_text().lower()
    assert "gds" not in css
    assert "@font-face" not in css
    assert "govuk-header" not in css
    assert "govuk-footer" not in css
    assert "url(" not in css
