"""Does the adapter of practice understand the house's own practice server?"""

from __future__ import annotations

import json as as_json
import uuid
from typing import Any

import pytest
from django.test import Client

from oyez.kit.fetch import Answer
from oyez.networks.contract import SignedOut
from oyez.networks.practice_wall import PracticeWall
from oyez.practice import actions, serving
from tests.conformance.members import Keys, Member, Notebook, a_message

HOME = "http://127.0.0.1:8001"
LONG = "https://example.gov.uk/news/" + "a-long-way-" * 50


class AtHome:
    """A Fetch that asks the practice server in this process."""

    def ask(self, method: str, url: str, *, headers=None, json=None, **more: Any) -> Answer:
        assert url.startswith(HOME)
        body = b"" if json is None else as_json.dumps(json).encode()
        said = Client(headers={"host": "127.0.0.1:8001"}).generic(
            method, url[len(HOME) :], body, "application/json", headers=headers
        )
        kept = {name.lower(): value for name, value in said.headers.items()}
        return Answer(said.status_code, kept, said.content, url)


@pytest.fixture
def practice(settings, db) -> Member:
    settings.ROOT_URLCONF = serving.ROOT_URLCONF
    settings.MIDDLEWARE = serving.MIDDLEWARE
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    token = actions.make_token("Tamarshire County Council")
    return Member(PracticeWall, {"server": HOME, "secret": token}, AtHome())


def test_its_token_links_and_no_other(practice):
    assert practice.link().handle.startswith("@")
    with pytest.raises(SignedOut, match="does not accept this access token"):
        practice.link(secret="mock_token")


def test_a_good_channel_gives_its_facts_and_a_dead_one_is_signed_out(practice):
    assert practice.network().check() == practice.link().facts
    with pytest.raises(SignedOut):
        practice.network(Keys({"token": "dead"})).check()


@pytest.mark.parametrize(
    "text",
    [
        "Roads open",
        "👩‍👩‍👧‍👦 #Bins @clerk@b.uk",
        "مرحبا بالعالم",
        "Two\r\n\r\nparagraphs\r\nand a line & <b>",
        "*stars* and `code` and\u200bmore",
    ],
)
def test_what_was_sent_is_found_word_for_word(practice, text):
    network, message = practice.network(), a_message(text, LONG)
    since = network.newest()
    receipt = network.publish(message, Notebook(str(uuid.uuid4())))
    assert network.find(message, "", since) == [receipt]
    assert network.find(a_message(f"{text}!", LONG), "", since) == []
    assert network.find(message, "", network.newest()) == []


def test_the_same_key_again_is_the_same_note(practice):
    network, message, key = practice.network(), a_message("Said once"), str(uuid.uuid4())
    assert network.publish(message, Notebook(key)) == network.publish(message, Notebook(key))
    assert len(network.find(message, key, "")) == 1


def test_both_count_alike(practice):
    network = practice.network()
    limit = network.limits.text[0]
    longest = "é" * (limit.limit - limit.count(f" @clerk@b.uk {LONG}")) + f" @clerk@b.uk {LONG}"
    assert network.publish(a_message(longest, LONG), Notebook(str(uuid.uuid4()))).url
