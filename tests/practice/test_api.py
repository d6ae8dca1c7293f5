"""Does the practice network answer a Mastodon client as such a server does?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from oyez.practice import actions
from oyez.practice.models import Note, Token
from tests.conformance.members import a_png
from tests.practice.conftest import Server

LINK = "https://www.tamarshire.example/" + "a" * 200
CONTRACT = Path(__file__).parents[2].parent / "shared" / "contracts" / "mastodon-openapi.json"


def test_a_note_comes_back_as_it_was_sent(server):
    sent = server.post("Gritting tonight 🧊\nHeno", visibility="unlisted", language="cy").json()
    assert sent["content"] == "<p>Gritting tonight 🧊<br>Heno</p>"
    assert (sent["visibility"], sent["language"]) == ("unlisted", "cy")
    assert sent["account"]["username"] == "tamarshire_county_council"
    assert server.ask("GET", f"/api/v1/statuses/{sent['id']}").json() == sent
    source = server.ask("GET", f"/api/v1/statuses/{sent['id']}/source").json()
    assert source["text"] == "Gritting tonight 🧊\nHeno"


def test_a_form_is_taken_as_well_as_json(server):
    headers = {"authorization": f"Bearer {server.token}"}
    answer = server.client.post("/api/v1/statuses", {"status": "By form"}, headers=headers)
    assert answer.json()["content"] == "<p>By form</p>"


def test_the_same_key_within_the_hour_makes_one_note(server, time):
    first = server.post("Once", key="k").json()
    time.passes(minutes=59)
    assert server.post("Once", key="k").json()["id"] == first["id"]
    time.passes(minutes=2)
    assert server.post("Once", key="k").json()["id"] != first["id"]


def test_a_key_belongs_to_its_account(server):
    other = Server(actions.make_token("Tamar Fire"))
    assert server.post("Once", key="k").json()["id"] != other.post("Once", key="k").json()["id"]


@pytest.mark.parametrize(
    "text",
    ["x" * 500, "x" * 476 + " " + LINK, "x" * 490 + " @somebody@a.very.long.example"],
)
def test_a_text_that_fits_as_this_network_counts_is_taken(server, text):
    assert server.post(text).status_code == 200


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("x" * 501, "Text character limit of 500 exceeded"),
        ("x" * 477 + " " + LINK, "Text character limit of 500 exceeded"),
        ("", "Text can't be blank"),
        (" \u200b\n", "Text can't be blank"),
    ],
)
def test_a_text_that_may_not_stand_is_refused_and_not_kept(server, text, why):
    answer = server.post(text)
    assert (answer.status_code, answer.json()) == (422, {"error": f"Validation failed: {why}"})
    assert not Note.objects.exists()


def test_what_practice_does_not_have_is_refused_in_words(server):
    assert server.post("x", visibility="secret").status_code == 422
    assert "schedule" in server.post("x", scheduled_at="2027-01-01").json()["error"]


@pytest.mark.parametrize("token", ["", "Bearer ", "Bearer wrong", "Basic eDp5"])
def test_without_our_token_nothing_is_posted(server, token):
    answer = server.ask("POST", "/api/v1/statuses", {"status": "x"}, authorization=token)
    assert (answer.status_code, answer.json()) == (401, {"error": "The access token is invalid"})
    assert server.ask("GET", "/api/v1/accounts/verify_credentials").status_code == 200


def test_a_token_is_kept_only_as_a_digest(server):
    assert server.token not in str(list(Token.objects.values_list()))
    again = Server(actions.make_token("Tamarshire County Council"))
    assert again.post("x").json()["account"]["id"] == server.post("y").json()["account"]["id"]


def test_an_accounts_notes_come_newest_first_in_pages(server):
    ids = [server.post(f"Note {number}").json()["id"] for number in range(5)]
    account = server.ask("GET", "/api/v1/accounts/verify_credentials").json()["id"]

    def page(query: str) -> list[str]:
        answer = server.ask("GET", f"/api/v1/accounts/{account}/statuses?{query}")
        return [status["id"] for status in answer.json()]

    assert page("limit=2") == [ids[4], ids[3]]
    assert page(f"limit=2&max_id={ids[3]}") == [ids[2], ids[1]]
    assert page(f"since_id={ids[2]}") == [ids[4], ids[3]]
    assert page(f"min_id={ids[0]}&limit=2") == [ids[2], ids[1]]
    assert page(f"since_id={ids[4]}") == []


def test_a_page_says_where_the_next_one_is(server):
    ids = [server.post(f"Note {number}").json()["id"] for number in range(3)]
    account = server.ask("GET", "/api/v1/accounts/verify_credentials").json()["id"]
    answer = server.ask("GET", f"/api/v1/accounts/{account}/statuses?limit=2")
    path = f"http://testserver/api/v1/accounts/{account}/statuses"
    assert answer["Link"].startswith(f'<{path}?limit=2&max_id={ids[1]}>; rel="next"')


def test_a_private_note_is_for_its_writer(server):
    note = server.post("Only for us", visibility="private").json()["id"]
    stranger = Server(actions.make_token("Somebody else"))
    assert stranger.ask("GET", f"/api/v1/statuses/{note}").status_code == 404
    assert stranger.ask("DELETE", f"/api/v1/statuses/{note}").status_code == 404
    assert server.ask("GET", f"/api/v1/statuses/{note}").status_code == 200


def test_only_the_writer_can_remove_a_note(server):
    note = server.post("Wrong day").json()["id"]
    stranger = Server(actions.make_token("Somebody else"))
    assert stranger.ask("DELETE", f"/api/v1/statuses/{note}").status_code == 404
    assert server.ask("DELETE", f"/api/v1/statuses/{note}").json()["text"] == "Wrong day"
    assert server.ask("GET", f"/api/v1/statuses/{note}").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/statuses/0", 404),
        ("GET", "/api/v1/statuses/01HZZZZZZZZZZZZZZZZZZZZZZZ", 404),
        ("GET", "/api/v1/statuses/99999999999999999999999", 404),
        ("GET", "/api/v1/accounts/0/statuses", 404),
        ("GET", "/api/v1/timelines/home", 404),
        ("PUT", "/api/v1/statuses", 405),
    ],
)
def test_every_error_is_json(server, method, path, status):
    answer = server.ask(method, path)
    assert answer.status_code == status
    assert answer.json()["error"]


def test_a_broken_body_is_an_error_of_the_client(server):
    headers = {"authorization": f"Bearer {server.token}"}
    for body in ("{", "[1]"):
        answer = server.client.post(
            "/api/v1/statuses", body, content_type="application/json", headers=headers
        )
        assert answer.status_code == 400


def test_the_server_says_its_limits(server):
    for version in (1, 2):
        said = server.ask("GET", f"/api/v{version}/instance").json()["configuration"]["statuses"]
        assert (said["max_characters"], said["characters_reserved_per_url"]) == (500, 23)


@pytest.mark.skipif(not CONTRACT.exists(), reason="the Mastodon contract document is not here")
@pytest.mark.parametrize(
    ("shape", "path"),
    [
        ("Instance", "/api/v2/instance"),
        ("V1Instance", "/api/v1/instance"),
        ("CredentialAccount", "/api/v1/accounts/verify_credentials"),
        ("Account", "/api/v1/accounts/{account}"),
        ("Status", "/api/v1/statuses/{status}"),
        ("StatusSource", "/api/v1/statuses/{status}/source"),
        ("MediaAttachment", "/api/v1/media/{picture}"),
    ],
)
def test_the_answers_have_the_shape_of_the_contract(server, shape, path):
    from openapi_schema_validator import OAS31Validator

    contract = json.loads(CONTRACT.read_text())
    picture = server.bring(a_png(), description="A bridge", focus="0.5,-1").json()["id"]
    status = server.post("See https://www.tamarshire.example/", media_ids=[picture]).json()
    path = path.format(status=status["id"], account=status["account"]["id"], picture=picture)
    schema = {"$ref": f"#/components/schemas/{shape}", "components": contract["components"]}
    OAS31Validator(schema).validate(server.ask("GET", path).json())
