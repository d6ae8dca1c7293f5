"""Does practice take pictures, edits and replies as such a server does, and show them safely?"""

from __future__ import annotations

import pytest

from oyez.practice import actions, rules
from oyez.practice.models import Note, Picture
from tests.conformance.members import a_png
from tests.practice.conftest import Server

WORDS = '"><script>alert(1)</script> Die Brücke,\n“neu”'
JPEG, WEBP = b"\xff\xd8\xff\xe0" + bytes(20), b"RIFF\0\0\0\0WEBPVP8 "


def test_a_picture_comes_back_with_its_words_and_bytes(server):
    sent = server.bring(a_png(7), description=WORDS, focus="0.5,-1").json()
    assert (sent["description"], sent["meta"]["focus"]) == (WORDS, {"x": 0.5, "y": -1.0})
    status = server.post("Look", media_ids=[sent["id"]]).json()
    assert status["media_attachments"] == [sent]
    assert server.ask("GET", f"/api/v1/media/{sent['id']}").json() == sent
    answer = server.client.get(sent["url"])
    assert (answer.content, answer["content-type"]) == (a_png(7), "image/png")
    assert answer["x-content-type-options"] == "nosniff"


def test_the_wall_shows_pictures_in_order_with_their_words(server, soup):
    ids = [server.bring(a_png(n), description=f"{n} {WORDS}").json()["id"] for n in range(3)]
    server.post("Look", media_ids=ids[::-1])
    card = soup("/").select_one("article")
    assert [one["alt"] for one in card.select("img")] == [f"{n} {WORDS}" for n in (2, 1, 0)]
    assert not card.select("script")


@pytest.mark.parametrize(
    ("content", "kind"),
    [(JPEG, "image/jpeg"), (WEBP, "image/webp"), (b"GIF89a" + bytes(9), "image/gif")],
)
def test_a_kind_is_what_the_bytes_say(server, content, kind):
    url = server.bring(content, "a.html", "text/html").json()["url"]
    assert server.client.get(url)["content-type"] == kind


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "pictures only"),
        (b"<!doctype html><script>alert(1)</script>", "pictures only"),
        (b"RIFF\0\0\0\0WAVEfmt ", "pictures only"),
        (b"\0\0\0\x18ftypmp42", "pictures only"),
        (b"\x89PNG\r\n\x1a\n" + bytes(rules.PICTURE_BYTES), "less than 8 MB"),
    ],
)
def test_what_is_no_picture_or_too_big_is_refused_and_not_kept(server, content, why):
    answer = server.bring(content)
    assert answer.status_code == 422
    assert why in answer.json()["error"]
    assert not Picture.objects.exists()


def test_words_that_are_too_long_are_refused_not_cut(server):
    assert server.bring(a_png(), description="é" * 1_500).status_code == 200
    answer = server.bring(a_png(), description="é" * 1_501)
    assert "Description is too long" in answer.json()["error"]


@pytest.mark.parametrize("focus", ["", "left", "2,0", "0.5", "nan,0", "0,0,0"])
def test_a_focus_that_is_none_is_left_out(server, focus):
    assert server.bring(a_png(), focus=focus).json()["meta"] == {}


def test_no_file_and_no_token_are_told_apart(server):
    assert server.ask("POST", "/api/v2/media").json()["error"].endswith("File can't be blank")
    server.token = "wrong"
    assert server.bring(a_png()).status_code == 401


def test_at_most_four_of_ones_own_each_shown_once(server):
    ids = [server.bring(a_png(n)).json()["id"] for n in range(5)]
    stranger = Server(actions.make_token("Somebody else"))
    assert "more than 4" in server.post("x", media_ids=ids).json()["error"]
    for wrong in (["7777"], ["x"], [ids[0], ids[0]], ["99999999999999999999"]):
        assert server.post("x", media_ids=wrong).status_code == 422
    assert stranger.post("x", media_ids=ids[:1]).status_code == 422
    assert stranger.ask("GET", f"/api/v1/media/{ids[0]}").status_code == 404
    assert server.post("x", media_ids=ids[:4]).status_code == 200
    assert server.post("y", media_ids=ids[:1]).status_code == 422
    assert [note.text for note in Note.objects.all()] == ["x"]


def test_the_same_key_with_the_same_picture_is_the_same_note(server):
    ids = [server.bring(a_png()).json()["id"]]
    first = server.post("Once", key="k", media_ids=ids).json()
    assert server.post("Once", key="k", media_ids=ids).json() == first


def test_a_picture_alone_is_a_note(server):
    ids = [server.bring(a_png()).json()["id"]]
    assert server.post("", media_ids=ids).status_code == 200


def test_a_picture_nobody_shows_goes_within_a_day(server, time):
    shown, forgotten = (server.bring(a_png(n)).json()["id"] for n in (1, 2))
    server.post("Look", media_ids=[shown])
    time.passes(hours=25)
    server.bring(a_png(3))
    assert server.ask("GET", f"/api/v1/media/{forgotten}").status_code == 404
    assert server.ask("GET", f"/api/v1/media/{shown}").status_code == 200


def test_a_picture_goes_with_its_note(server):
    picture = server.bring(a_png()).json()
    note = server.post("Wrong", media_ids=[picture["id"]]).json()["id"]
    server.ask("DELETE", f"/api/v1/statuses/{note}?delete_media=true")
    assert server.client.get(picture["url"]).status_code == 404
    assert not Picture.objects.exists()


def test_a_picture_has_one_address(server):
    url = server.bring(a_png()).json()["url"]
    assert server.client.get(url.replace(".png", ".jpg")).status_code == 404


def test_an_edit_is_seen_and_said_so(server, soup, time):
    first, second = (server.bring(a_png(n), description=str(n)).json() for n in (1, 2))
    note = server.post("Befroe", media_ids=[first["id"]], language="cy").json()
    time.passes(minutes=5)
    path = f"/api/v1/statuses/{note['id']}"
    after = server.ask("PUT", path, {"status": "After", "media_ids": [second["id"]]}).json()
    assert (after["id"], after["content"], after["language"]) == (note["id"], "<p>After</p>", "cy")
    assert after["media_attachments"] == [second]
    assert after["edited_at"].startswith("2026-11-23T14:05")
    card = soup("/").select_one("article")
    assert "edited" in card.text
    assert [one["alt"] for one in card.select("img")] == ["2"]
    assert server.client.get(first["url"]).status_code == 404


def test_an_edit_that_names_no_pictures_keeps_them_and_an_empty_list_takes_them(server):
    picture = server.bring(a_png()).json()
    path = f"/api/v1/statuses/{server.post('x', media_ids=[picture['id']]).json()['id']}"
    assert server.ask("PUT", path, {"status": "y"}).json()["media_attachments"] == [picture]
    assert (
        server.ask("PUT", path, {"status": "z", "media_ids": []}).json()["media_attachments"] == []
    )


@pytest.mark.parametrize("text", ["", "x" * 501])
def test_an_edit_that_may_not_stand_changes_nothing(server, text):
    path = f"/api/v1/statuses/{server.post('Stays').json()['id']}"
    assert server.ask("PUT", path, {"status": text}).status_code == 422
    assert Note.objects.get().text == "Stays"


def test_only_the_writer_can_edit(server):
    path = f"/api/v1/statuses/{server.post('Mine').json()['id']}"
    stranger = Server(actions.make_token("Somebody else"))
    assert stranger.ask("PUT", path, {"status": "Theirs"}).status_code == 404
    assert Note.objects.get().text == "Mine"


def test_a_reply_leads_to_what_it_answers(server, soup):
    first = server.post("First").json()
    second = server.post("Second", in_reply_to_id=first["id"]).json()
    assert second["in_reply_to_id"] == first["id"]
    link = soup("/").select_one("article a[href*='/@']:-soup-contains('Reply to')")
    assert first["url"].endswith(link["href"])
    assert server.post("Third", in_reply_to_id="777").status_code == 404
