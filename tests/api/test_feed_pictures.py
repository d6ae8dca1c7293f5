"""Pictures in our own feeds, as the standards have them: with their words, their kind and size."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from oyez.deliveries import queries as deliveries
from oyez.formats.reading import read
from oyez.library import actions as library
from oyez.posts import actions as posts
from oyez.posts.draft import Draft, Placed
from tests.api.conftest import Log
from tests.factories import BY, a_channel
from tests.formats.cinema import a_film
from tests.formats.gallery import noise, opened
from tests.formats.test_captions import SRT
from tests.jobs import run_jobs
from tests.library.shelf import ready

ATOM = "{http://www.w3.org/2005/Atom}"
HERE = "https://social.council.example"
ALT = 'A bridge & "snow" <b>'


def published(*pictures: Any) -> None:
    media = tuple(Placed(one.pk) for one in pictures)
    draft = Draft(text="The bridge is open.", to=(a_channel().pk,), media=media)
    posts.hand_in(posts.start(draft, by=BY), by=BY)
    run_jobs()


def atom() -> ElementTree.Element:
    entry = ElementTree.fromstring(Client().get("/news.atom").content).find(f"{ATOM}entry")
    assert entry is not None
    return entry


def item() -> dict[str, Any]:
    (found,) = json.loads(Client().get("/news.json").content)["items"]
    return found


def bytes_at(address: str) -> bytes:
    assert address.startswith(f"{HERE}/news/")
    answer = Client().get(address.removeprefix(HERE))
    assert answer.status_code == 200
    return answer.content


def test_atom_links_each_file_as_an_enclosure_with_its_kind_and_length(public: Log) -> None:
    """RFC 4287, 4.2.7.2 and 4.2.7.6: rel "enclosure", and the length in octets."""
    published(ready(noise((1_500, 1_000)), alt=ALT), ready(noise((30, 20), "PNG")))
    links = [one for one in atom().findall(f"{ATOM}link") if one.get("rel") == "enclosure"]
    assert [one.get("type") for one in links] == ["image/jpeg", "image/png"]
    for one in links:
        assert len(bytes_at(one.get("href", ""))) == int(one.get("length", ""))


def test_atom_shows_the_picture_in_the_words_with_its_alt_text(public: Log) -> None:
    published(ready(noise((1_500, 1_000)), alt=ALT))
    words = BeautifulSoup(atom().findtext(f"{ATOM}summary", ""), "html.parser")
    assert words.img is not None
    assert words.img["alt"] == ALT
    assert opened(bytes_at(str(words.img["src"]))).size == (1200, 800)
    assert words.b is None


def test_json_feed_attaches_each_file(public: Log) -> None:
    """JSON Feed 1.1: url and mime_type must be there; size_in_bytes and title may."""
    published(ready(noise((1_500, 1_000)), alt=ALT))
    (one,) = item()["attachments"]
    assert (one["mime_type"], one["title"]) == ("image/jpeg", ALT)
    assert len(bytes_at(one["url"])) == one["size_in_bytes"]
    assert "duration_in_seconds" not in one
    words = BeautifulSoup(item()["content_html"], "html.parser")
    assert words.img is not None
    assert (words.img["src"], words.img["alt"]) == (item()["image"], ALT)
    assert item()["content_text"] == "The bridge is open."


def test_a_film_is_attached_with_its_length_and_linked_in_the_words(public: Log) -> None:
    film = library.caption(ready(a_film(), "walk.mp4", alt="A walk"), SRT.encode(), by=BY)
    published(film)
    (one,) = item()["attachments"]
    assert (one["mime_type"], one["duration_in_seconds"]) == ("video/mp4", 12)
    assert "image" not in item()
    link = BeautifulSoup(item()["content_html"], "html.parser").a
    assert link is not None
    assert (link["href"], link.text) == (one["url"], "A walk")


def test_a_message_without_pictures_stays_as_it_was(public: Log) -> None:
    published()
    assert {"attachments", "content_html", "image"} & set(item()) == set()
    assert all(one.get("rel") != "enclosure" for one in atom().findall(f"{ATOM}link"))


@pytest.mark.parametrize("address", ["/news.atom", "/news.json"])
def test_our_own_reader_still_reads_it_back(public: Log, address: str) -> None:
    published(ready(alt="Snow \x0bfalling"))
    said = Client().get(address)
    (entry,) = read(said.content, content_type=said["Content-Type"], url=f"{HERE}{address}").entries
    assert entry.title == "The bridge is open."
    assert entry.guid == f"{HERE}/news/{deliveries.published().get().key}"
