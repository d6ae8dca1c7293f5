"""Is each kind of server told apart when a channel is linked?"""

import json

import pytest

from oyez.kit.fetch import Answer, NotSent
from oyez.networks.contract import Later, Refused, SignedOut
from oyez.networks.mastodon import Mastodon

HOME = "https://social.example.org"
PATHS = {
    "/api/v2/instance": {"domain": "example.org", "configuration": {}},
    "/api/v1/accounts/verify_credentials": {"id": "7", "username": "council", "url": ""},
}


class Server:
    """Answers what it is told; `doors` are the paths that want the token."""

    def __init__(self, *, doors=("/api/v1/accounts/verify_credentials",), status=None, **answers):
        self.doors, self.status, self.answers = doors, status, {**PATHS, **answers}

    def ask(self, method, url, *, headers, json=None):
        path = url.removeprefix(HOME)
        allowed = headers.get("Authorization") == "Bearer right" or path not in self.doors
        if self.status:
            return answer(self.status, b"<html>")
        if not allowed:
            return answer(401, {"error": "The access token is invalid"})
        if path not in self.answers:
            return answer(404, {"error": "Record not found"})
        return answer(200, self.answers[path])


def answer(status, said) -> Answer:
    return Answer(status, {}, said if isinstance(said, bytes) else json.dumps(said).encode(), HOME)


def link(server, secret="right"):
    return Mastodon.link(server, {"server": "social.example.org", "secret": f" {secret}\n"})


def test_the_handle_has_the_domain_that_the_server_is_known_by():
    linked = link(Server())
    assert linked.handle == "@council@example.org"
    assert linked.url == f"{HOME}/@council"
    assert linked.secrets == {"token": "right"}


@pytest.mark.parametrize("doors", [(), tuple(PATHS)])
def test_a_server_that_shows_itself_to_its_own_people_only_can_be_linked(doors):
    assert link(Server(doors=doors)).identity == "social.example.org/7"


@pytest.mark.parametrize("doors", [tuple(PATHS), ("/api/v1/accounts/verify_credentials",)])
def test_a_wrong_token_is_told_whatever_else_is_closed(doors):
    with pytest.raises(SignedOut, match="does not accept this access token"):
        link(Server(doors=doors), "wrong")


@pytest.mark.parametrize("secret", ["", "two words", "tökén", "line\nbreak"])
def test_what_cannot_be_a_token_is_not_even_sent(secret):
    with pytest.raises(Refused, match="Enter the access token"):
        link(None, secret)


@pytest.mark.parametrize("status", [200, 302, 404, 403])
def test_a_web_site_is_no_such_server(status):
    with pytest.raises(Refused, match="does not answer as a Mastodon server does"):
        link(Server(status=status))


def test_another_api_is_no_such_server():
    other = {path: {"hello": "world"} for path in PATHS}
    with pytest.raises(Refused, match="does not answer as a Mastodon server does"):
        link(Server(**other))


def test_a_server_in_trouble_is_not_taken_for_another_kind():
    with pytest.raises(Later, match="has a fault of its own"):
        link(Server(status=503))


def test_a_server_that_cannot_be_reached_is_told_as_it_was_found():
    class Nobody:
        def ask(self, *what, **more):
            raise NotSent("social.example.org was not found.")

    with pytest.raises(Later, match="was not found"):
        link(Nobody())
