"""Does the adapter of practice understand the house's own practice server?"""

from __future__ import annotations

import json as as_json
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from oyez.kit.fetch import Answer
from oyez.networks.contract import Gone, SignedOut
from oyez.networks.practice_wall import PracticeWall
from oyez.practice import actions, serving
from oyez.practice.models import Note
from tests.conformance.members import Keys, Member, Notebook, a_message, a_picture

HOME = "http://127.0.0.1:8001"
LONG = "https://example.gov.uk/news/" + "a-long-way-" * 50


class AtHome:
    """A Fetch that asks the practice server in this process."""

    def ask(
        self, method: str, url: str, *, headers=None, json=None, form=None, files=None, **more: Any
    ) -> Answer:
        assert url.startswith(HOME)
        body, kind = b"" if json is None else as_json.dumps(json).encode(), "application/json"
        if form is not None:
            given = {
                name: SimpleUploadedFile(one.name, one.content, one.media_type)
                for name, one in (files or {}).items()
            }
            body, kind = encode_multipart(BOUNDARY, {**form, **given}), MULTIPART_CONTENT
        said = Client(headers={"host": "127.0.0.1:8001"}).generic(
            method, url[len(HOME) :], body, kind, headers=headers
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


def a_key() -> str:
    return str(uuid.uuid4())


def test_pictures_are_shown_found_and_told_apart(practice):
    network, since = practice.network(), practice.network().newest()
    message = a_message("Look", media=(a_picture("A bridge", 1, focus=(0, 1)), a_picture("B", 2)))
    network.publish(a_message("Look", media=(a_picture("A road"),)), Notebook(a_key()))
    receipt = network.publish(message, Notebook(a_key()))
    assert network.find(message, "", since) == [receipt]
    note = Note.objects.get(pk=receipt.remote_id)
    shown = [(one.description, bytes(one.content)) for one in note.pictures.all()]
    assert shown == [(one.alt, one.load()) for one in message.media]


def test_what_it_says_of_its_limits_is_what_it_takes(practice):
    network = practice.network()
    longest = tuple(
        a_picture("é" * network.limits.alt_text, n) for n in range(network.limits.media)
    )
    assert network.publish(a_message("Look", media=longest), Notebook(a_key())).url


def test_an_edit_changes_words_and_pictures_and_a_deletion_ends_it(practice):
    network = practice.network()
    first = network.publish(a_message("Befroe", media=(a_picture("A"),)), Notebook(a_key()))
    after = a_message("Before", media=(a_picture("B", 2),))
    assert network.edit(first.remote_id, after, Notebook(a_key())) == first
    note = Note.objects.get()
    assert (note.text, [one.description for one in note.pictures.all()]) == ("Before", ["B"])
    network.edit(first.remote_id, a_message("Bare"), Notebook(a_key()))
    assert not note.pictures.exists()
    for _ in range(2):
        network.delete(first.remote_id, Notebook(a_key()))
    assert not Note.objects.exists()
    with pytest.raises(Gone, match="no longer"):
        network.edit(first.remote_id, after, Notebook(a_key()))


def test_a_thread_is_a_chain_and_its_parts_are_told_apart(practice):
    network = practice.network()
    first, other = (network.publish(a_message("1"), Notebook(a_key())) for _ in range(2))
    part = a_message("Continued", answers=first.remote_id)
    receipt = network.publish(part, Notebook(a_key()))
    assert str(Note.objects.get(pk=receipt.remote_id).reply_to_id) == first.remote_id
    assert network.find(part, "", other.remote_id) == [receipt]
    assert network.find(a_message("Continued", answers=other.remote_id), "", other.remote_id) == []
    assert network.find(a_message("Continued"), "", other.remote_id) == []
