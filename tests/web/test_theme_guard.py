"""Is every page closed unless it says it is open, and is every answer strict?"""

from __future__ import annotations

import pytest

from oyez.web.guard import where_they_were


def test_a_stranger_is_sent_to_sign_in_and_back_again(gallery):
    response = gallery.get("/closed/?page=2")
    assert (response.status_code, response["Location"]) == (
        302,
        "/signin/?next=/closed/%3Fpage%3D2",
    )


def test_a_page_marked_open_is_open(gallery):
    assert gallery.get("/channels/").status_code == 200


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(gallery):
    asked = {"hx-request": "true", "hx-current-url": "http://testserver/feeds/?page=3"}
    response = gallery.get("/closed/", headers=asked)
    assert response["HX-Redirect"] == "/signin/?next=/feeds/%3Fpage%3D3"


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/feeds/add/", "/feeds/add/"),
        ("https://elsewhere.example/feeds/", "/"),
        ("", "/"),
    ],
)
def test_after_a_form_a_stranger_returns_to_the_form_and_never_elsewhere(rf, referer, back):
    assert where_they_were(rf.post("/closed/", headers={"referer": referer})) == back


@pytest.mark.parametrize("address", ["/", "/closed/", "/nowhere/", "/breaks/", "/away/"])
def test_every_answer_is_strict(gallery, address):
    headers = gallery.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
