"""Our own Atom and JSON Feed: what they say, who may read them, and when they say "no news"."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client

from oyez.channels import queries as channels
from oyez.deliveries import queries as deliveries
from oyez.formats.reading import read
from oyez.networks.contract import Standing
from oyez.people import actions as people
from tests.factories import BY, a_channel, a_feed, a_post, an_item
from tests.fakes.networks import Findable, fakes
from tests.jobs import run_jobs

ADDRESSES = ["/news.atom", "/news.json"]
ATOM = "{http://www.w3.org/2005/Atom}"
HERE = "https://social.council.example"


def published(*texts):
    town = channels.linked().filter(name="Town").first() or a_channel(name="Town")
    for text in texts:
        a_post(text, to=[town])
        run_jobs()


@pytest.mark.parametrize("address", ADDRESSES)
def test_our_own_reader_reads_it_back(public, address):
    published("The bridge is shut.", "The bridge is open. See https://council.example/b")
    said = Client().get(address)
    document = read(said.content, content_type=said["Content-Type"], url=f"{HERE}{address}")
    newest = deliveries.published().first()
    assert document.title == "News of social.council.example"
    assert document.home_url == f"{HERE}/news"
    assert [entry.title[:18] for entry in document.entries] == [
        "The bridge is open",
        "The bridge is shut",
    ]
    assert document.entries[0].guid == document.entries[0].url == f"{HERE}/news/{newest.key}"
    assert abs(document.entries[0].published_at - newest.settled_at) < timedelta(seconds=1)


def test_atom_has_what_the_standard_asks_of_every_feed(public):
    """RFC 4287, 4.1: id, title and updated on feed and entry, an author, and a link to itself."""
    published("The bridge is open.")
    root = ElementTree.fromstring(Client().get("/news.atom").content)
    entry = root.find(f"{ATOM}entry")
    for part in (root, entry):
        assert all(len(part.findall(f"{ATOM}{name}")) == 1 for name in ("id", "title", "updated"))
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "social.council.example"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {"alternate": f"{HERE}/news", "self": f"{HERE}/news.atom"}


def test_json_feed_has_what_the_standard_asks(public):
    """JSON Feed 1.1: version and title; an id and content for each item."""
    an_item(a_feed(to=[a_channel(name="Town")]), title="Road closed")
    run_jobs()
    feed = json.loads(Client().get("/news.json").content)
    (item,) = feed["items"]
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert item["content_text"].startswith("Road closed\n\nUntil further notice.")
    assert item["external_url"] == "https://council.example/1"
    assert item["id"] == item["url"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_has_it_already_gets_no_body(public, address):
    published("The bridge is open.")
    first = Client().get(address)
    for name, value in (
        ("If-None-Match", first["ETag"]),
        ("If-Modified-Since", first["Last-Modified"]),
    ):
        again = Client().get(address, headers={name: value})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_something_new_changes_the_etag(public, address):
    published("The bridge is open.")
    first = Client().get(address)
    published("The bridge is shut.")
    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert b"shut" in again.content


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_empty_feed_is_a_feed_and_stays_the_same(public, address):
    first, second = Client().get(address), Client().get(address)
    assert first.status_code == 200
    assert first.content == second.content
    assert not read(first.content, content_type=first["Content-Type"], url=HERE).entries


@pytest.mark.parametrize("address", ADDRESSES)
def test_hostile_words_do_no_harm(public, address):
    published("<script>alert(1)</script> & \x0bvertical ]]> tab 🧊 عربي")
    said = Client().get(address)
    (entry,) = read(said.content, content_type=said["Content-Type"], url=HERE).entries
    assert "<script>alert(1)</script> &" in entry.title
    assert b"<script>" not in said.content or address.endswith("json")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_needs_no_sign_in_and_gets_no_cookie(public, address):
    said = Client().get(address)
    assert not said.cookies
    assert "Cookie" not in said.get("Vary", "")
    assert said["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_a_public_address_there_is_no_feed(public, settings, address):
    settings.OYEZ = replace(settings.OYEZ, url="")
    said = Client().get(address)
    assert (said.status_code, said.content.decode()) == (404, "There is no public feed here.\n")


def test_staff_are_told_what_to_set(public, settings):
    settings.OYEZ = replace(settings.OYEZ, url="")
    client = Client()
    client.force_login(people.invite("ada@council.example", by=BY))
    assert "Set OYEZ_URL" in client.get("/news.atom").content.decode()


class Pretend(Findable):
    name = "fake_pretend"
    title = "Pretend"
    standing = Standing.PRETEND


@pytest.mark.parametrize("address", ADDRESSES)
def test_practice_never_gets_out(public, address):
    with fakes(Pretend) as log:
        a_post("The dam has burst. (Practice)", to=[a_channel(Pretend)])
        run_jobs()
        assert log.texts == ["The dam has burst. (Practice)"]
        assert b"dam" not in Client().get(address).content
        assert b"dam" not in Client().get("/news").content
