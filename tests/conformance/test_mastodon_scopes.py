"""What a token may do, and limits that change, on a server with Mastodon's API."""

import uuid

import pytest

from oyez.networks.contract import SignedOut
from tests.conformance.members import Notebook, a_message
from tests.servers import mastodon
from tests.servers.raw import reply

pytestmark = pytest.mark.server

SMALLER = b'{"domain":"a.test","configuration":{"statuses":{"max_characters":200}}}'


def smaller(seen, forward):
    return reply(SMALLER, content_type="application/json")


def missing(seen, forward):
    return reply(b"{}", "404 Not Found")


def web_page(seen, forward):
    return reply(b"<html>", content_type="text/html")


def test_a_token_that_only_reads_is_told_when_linking(findable):
    with pytest.raises(SignedOut, match="may read but not post.*write:statuses"):
        findable.link(secret=mastodon.READER)


def test_a_token_that_lost_its_scope_is_signed_out_when_posting(findable):
    keys = findable.keys(token=mastodon.READER)
    with pytest.raises(SignedOut, match="outside the authorized scopes"):
        findable.network(keys).publish(a_message("Hello"), Notebook(str(uuid.uuid4())))


def test_a_token_of_another_account_is_noticed(findable):
    keys = findable.keys(token=mastodon.OTHER)
    with pytest.raises(SignedOut, match="belongs to another account"):
        findable.network(keys).check()


def test_a_server_that_changes_its_limits_is_believed_at_the_next_check(findable):
    network = findable.network()
    findable.front.once(smaller, on="/api/v2/instance")
    facts = network.check()
    assert facts["characters"] == 200
    assert findable.network(facts=facts).limits.text[0].limit == 200


def test_a_server_without_version_two_is_asked_for_version_one(findable):
    findable.front.once(missing, on="/api/v2/instance")
    assert findable.link().facts["characters"] == 500
    assert [seen.path for seen in findable.front.requests][:2] == [
        "/api/v2/instance",
        "/api/v1/instance",
    ]


def test_a_server_silent_about_limits_keeps_those_we_know(findable):
    keys, known = findable.keys(), {**findable.link().facts, "characters": 321}
    findable.front.once(web_page, on="/api/v2/instance")
    findable.front.once(web_page, on="/api/v1/instance")
    assert findable.network(keys, known).check()["characters"] == 321


def test_every_post_says_public_its_language_and_its_key(findable):
    key = str(uuid.uuid4())
    findable.network().publish(a_message(f"Public {key}", language="cy-GB"), Notebook(key))
    seen = findable.front.writes[-1]
    assert b'"visibility":"public"' in seen.body.replace(b'": "', b'":"')
    assert b'"language":"cy"' in seen.body.replace(b'": "', b'":"')
    assert seen.headers["idempotency-key"] == key
