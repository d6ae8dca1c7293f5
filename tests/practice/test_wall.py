"""Do people see on the wall what was sent, safely, and are they told when more has come?"""

from __future__ import annotations

import pytest

from oyez.practice import actions

HOSTILE = (
    '<script>alert(1)</script> "><img src=x onerror=alert(1)> https://a.example/"onmouseover=x'
)


def test_an_empty_wall_says_what_will_be_here(soup):
    wall = soup("/")
    assert "Nothing here yet" in wall.main.text
    assert "Nothing here leaves this machine." in wall.text


def test_notes_stand_newest_first_with_name_and_time(server, soup, time):
    server.post("First")
    time.passes(minutes=5)
    server.post("Second")
    cards = soup("/").select("article")
    assert [card.select_one(".oyez-note__words").text for card in cards] == ["Second", "First"]
    assert "Tamarshire County Council" in cards[0].h2.text
    assert cards[0].time.text == "14:05, Monday 23 November (GMT)"


def test_somebodys_words_cannot_become_markup(server, soup):
    server.post(HOSTILE, spoiler_text=HOSTILE[:40])
    words = soup("/").select_one("article")
    assert not words.select("script, img, [onmouseover], [onerror]")
    assert [link["href"] for link in words.select(".oyez-note__words a")] == ["https://a.example/"]
    assert "<script>" in words.text


def test_a_link_can_be_followed_and_says_nothing_of_us(server, soup):
    server.post("See https://www.tamarshire.example/a?b=1&c=2, please. Or tamarshire.example")
    links = soup("/").select(".oyez-note__words a")
    assert [link["href"] for link in links] == ["https://www.tamarshire.example/a?b=1&c=2"]
    assert links[0]["rel"] == ["nofollow", "noopener", "noreferrer"]


def test_a_receipt_leads_to_the_note(server, soup):
    address = server.post("Mae’r bont ar gau", language="cy").json()["url"]
    words = soup(address.removeprefix("http://testserver")).select_one(".oyez-note__words")
    assert (words.text, words["lang"]) == ("Mae’r bont ar gau", "cy")


def test_who_sees_a_note_is_said_unless_it_is_everybody(server, soup):
    server.post("To all")
    server.post("To followers", visibility="private")
    assert [tag.text for tag in soup("/").select("article .govuk-tag")] == ["Followers only"]


def test_a_long_wall_has_pages_and_only_the_first_looks_for_more(server, soup):
    for number in range(21):
        server.post(f"Note {number}")
    first, second = soup("/"), soup("/?page=2")
    assert (len(first.select("article")), len(second.select("article"))) == (20, 1)
    assert first.select("[hx-get]")
    assert not second.select("[hx-get]")
    assert first.select_one(".govuk-pagination__next a")["href"] == "?page=2"


def test_new_notes_are_offered_and_never_pushed_in(server, soup):
    shown = int(server.post("Seen").json()["id"])
    poll = soup("/").select_one("[hx-get]")["hx-get"]
    assert poll == f"/new?since={shown}&shown=0"
    assert server.client.get(poll).status_code == 204
    server.post("One")
    offer = soup(poll)
    assert offer.a.text == "Show 1 new message"
    assert offer.a["href"] == "/"
    assert server.client.get(offer.select_one("[hx-get]")["hx-get"]).status_code == 204


@pytest.mark.parametrize("path", ["/@nobody", "/@nobody/1", "/@tamarshire_county_council/99", "/x"])
def test_what_is_not_there_has_a_page_that_says_so(server, path):
    answer = server.client.get(path)
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()


def test_nonsense_in_an_address_does_no_harm(server):
    assert server.client.get("/new?since=x&shown=-1").status_code == 204
    assert server.client.get("/?page=banana").status_code == 200


def test_the_wall_sets_no_cookie_and_is_strict(server):
    answer = server.client.get("/")
    assert not answer.cookies
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_the_wall_says_how_far_the_sample_feed_is(served, soup, time):
    assert "sample feed" not in soup("/").text
    actions.start_sample()
    time.passes(seconds=60)
    assert "3 of 20 notices of a made-up council have come. A new one" in soup("/").text
    actions.stop_sample()
    assert "ended because a channel on a real network is linked. No more will" in soup("/").text
    actions.start_sample(again=True)
    time.passes(seconds=2_000)
    assert "ended because" not in soup("/").text
    assert "No more will come." in soup("/").text
