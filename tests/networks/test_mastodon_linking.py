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

    def ask(self, method, url, *, headers, **content):
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


MEDIA = {"error": "This action is outside the authorized scopes"}


def test_a_token_that_may_not_upload_is_told_when_linking():
    class WithoutMedia(Server):
        def ask(self, method, url, **more):
            if url.endswith("/api/v2/media"):
                return answer(403, MEDIA)
            return super().ask(method, url, **more)

    with pytest.raises(SignedOut, match="may post but not bring pictures.*write:media"):
        link(WithoutMedia())


def test_the_limits_of_the_instance_are_facts_and_become_limits():
    said = {
        "statuses": {"max_media_attachments": 6},
        "media_attachments": {
            "supported_mime_types": ["image/png", "audio/mp3", "video/mp4", 7],
            "image_size_limit": 1_000,
            "image_matrix_limit": 2_000,
            "video_size_limit": 3_000,
            "video_matrix_limit": 4_000,
            "description_limit": 5_000,
        },
    }
    linked = link(Server(**{"/api/v2/instance": {"domain": "a.uk", "configuration": said}}))
    assert json.loads(json.dumps(linked.facts)) == linked.facts
    limits = Mastodon(None, linked.facts, None).limits
    assert (limits.media, limits.media_bytes, limits.media_pixels) == (6, 1_000, 2_000)
    assert (limits.film_bytes, limits.film_pixels, limits.alt_text) == (3_000, 4_000, 5_000)
    assert limits.kinds == {"image/png", "video/mp4"}


def test_a_server_that_says_nothing_of_pictures_takes_what_most_do():
    limits = Mastodon(None, link(Server()).facts, None).limits
    assert (limits.media, limits.alt_text, limits.media_bytes) == (4, 1_500, 8_388_608)
    assert {"image/png", "image/jpeg", "video/mp4"} <= limits.kinds


def test_facts_of_an_older_version_know_no_pictures_and_still_give_limits():
    old = {"server": HOME, "account_id": "7", "characters": 321, "per_link": 23}
    limits = Mastodon(None, old, None).limits
    assert (limits.text[0].limit, limits.media) == (321, 4)


@pytest.mark.parametrize("senseless", [-1, "4", True, None, 10**15, 4.5])
def test_limits_that_make_no_sense_are_those_of_most(senseless):
    said = {
        "statuses": {"max_media_attachments": senseless},
        "media_attachments": {"image_size_limit": senseless, "supported_mime_types": senseless},
    }
    linked = link(Server(**{"/api/v2/instance": {"domain": "a.uk", "configuration": said}}))
    limits = Mastodon(None, linked.facts, None).limits
    assert (limits.media, limits.media_bytes) == (4, 8_388_608)
    assert "image/png" in limits.kinds


def test_a_server_that_takes_none_is_believed():
    said = {"statuses": {"max_media_attachments": 0}}
    linked = link(Server(**{"/api/v2/instance": {"domain": "a.uk", "configuration": said}}))
    assert Mastodon(None, linked.facts, None).limits.media == 0
