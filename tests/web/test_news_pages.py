"""The public page: everything published, for everybody, once the house has a public address."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from oyez.channels import actions
from oyez.deliveries import queries as deliveries
from tests.factories import BY, a_channel, a_feed, a_post, an_item
from tests.jobs import run_jobs
from tests.web.conftest import page

pytestmark = [pytest.mark.usefixtures("log"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def public(settings):
    settings.OYEZ = replace(settings.OYEZ, url="https://social.council.example")
    actions.open_our_own(by=BY)


def published(*texts):
    town = a_channel(name="Town")
    for text in texts:
        a_post(text, to=[town])
        run_jobs()
    return list(deliveries.published())


def test_a_stranger_reads_everything_published_newest_first(public):
    published("The bridge is shut.", "The bridge is open. See https://council.example/b?x=1&y=2")
    said = Client().get("/news")
    assert page(said).index("is open") < page(said).index("is shut")
    assert 'href="https://council.example/b?x=1&amp;y=2"' in said.content.decode()


def test_the_public_pages_hold_nothing_of_the_staff(public, officer):
    (message,) = published("The bridge is open.")
    for address in ("/news", f"/news/{message.key}"):
        stranger, staff = Client().get(address), officer.get(address)
        assert stranger.content == staff.content
        assert "Sign out" not in page(stranger)
        assert "no-store" not in stranger.headers.get("Cache-Control", "")


def test_a_receipt_leads_to_its_message(public):
    (message,) = published("The bridge is open.\nPlease drive slowly.")
    assert message.url == f"https://social.council.example/news/{message.key}"
    said = page(Client().get(f"/news/{message.key}"))
    assert "The bridge is open." in said
    assert said.count("Please drive slowly.") == 1


def test_an_item_of_a_feed_stands_there_in_full(public):
    an_item(a_feed(to=[a_channel(name="Town")]), title="Road closed")
    run_jobs()
    (message,) = deliveries.published()
    said = page(Client().get(f"/news/{message.key}"))
    assert "Until further notice." in said
    assert "https://council.example/1" in said


def test_markup_in_a_message_is_only_text(public):
    (message,) = published("<script>alert(1)</script> & more")
    for address in ("/news", f"/news/{message.key}"):
        assert b"<script>alert" not in Client().get(address).content


def test_an_unknown_address_is_not_found(public):
    assert Client().get("/news/nothing").status_code == 404


def test_twenty_to_a_page(public):
    published(*(f"Notice {n}" for n in range(21)))
    assert Client().get("/news").content.count(b"<article") == 20
    assert Client().get("/news?page=2").content.count(b"<article") == 1


def test_without_a_public_address_strangers_are_told_one_sentence(settings):
    actions.open_our_own(by=BY)
    (message,) = published("The bridge is open.")
    for address in ("/news", f"/news/{message.key}"):
        said = Client().get(address)
        assert said.status_code == 404
        assert "Its publisher has not opened it to the public." in page(said)
        assert "bridge" not in page(said)


def test_without_a_public_address_staff_see_the_page_and_what_to_set(officer):
    actions.open_our_own(by=BY)
    published("The bridge is open.")
    said = page(officer.get("/news"))
    assert "set OYEZ_URL to the public address" in said
    assert "The bridge is open." in said
