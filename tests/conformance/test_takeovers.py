"""One suite for every network: what others post as us is seen, and our own access can be ended."""

from __future__ import annotations

import dataclasses
import time
import urllib.error
from datetime import UTC, datetime

import pytest

from oyez.networks.contract import Later, Revokes, Shows, SignedOut
from tests.conformance.members import Member, Notebook, a_message
from tests.conformance.test_networks import a_key, unique
from tests.servers import faulty, mastodon

pytestmark = pytest.mark.server


def newest(member: Member) -> str:
    shown = member.network().shown("")
    return shown[0].remote_id if shown else ""


class TestShowing:
    def test_every_network_of_others_shows_what_stands_there(self, wired):
        assert isinstance(wired.network(), Shows)

    def test_our_own_and_anybodys_posts_are_shown_newest_first(self, wired):
        since = newest(wired)
        message = dataclasses.replace(a_message(unique("Ours.")), made_at=datetime.now(UTC))
        ours = wired.network().publish(message, Notebook(a_key()))
        theirs = wired.somebody_posts(said := unique("Send <b>money</b> & coins"))
        shown = wired.network().shown(since)
        assert {one.remote_id for one in shown} >= {theirs, ours.remote_id}
        found = next(one for one in shown if one.remote_id == theirs)
        assert said.split()[-1] in found.words
        assert found.url.startswith("http")
        assert found.at is not None
        assert not found.boost

    def test_what_is_no_newer_is_left_out(self, wired):
        first = wired.somebody_posts(unique("First"))
        time.sleep(1.1)  # keys of one second are all of the same age
        last = wired.somebody_posts(unique("Last"))
        shown = {one.remote_id for one in wired.network().shown(last)}
        assert not shown & {first, last}

    def test_a_boost_is_shown_as_one(self, wired):
        first = wired.somebody_posts(unique("Passed on"))
        boost = wired.somebody_boosts(first)
        shown = {one.remote_id: one.boost for one in wired.network().shown(first)}
        assert shown.get(boost) is True

    def test_a_flood_is_shown_as_far_as_the_newest(self, wired):
        since = wired.somebody_posts(unique("Before"))
        ids = [wired.somebody_posts(unique("Flood")) for _ in range(45)]
        shown = [one.remote_id for one in wired.network().shown(since)]
        assert set(shown) >= set(ids)

    def test_a_network_that_cannot_be_asked_is_for_later(self, wired):
        network = wired.network()
        for path in ("/statuses?", "listRecords"):
            wired.front.once(faulty.fail_before, on=path)
        with pytest.raises(Later):
            network.shown("")


class TestRevoking:
    def test_every_network_of_others_says_where_a_person_ends_it(self, wired):
        network = wired.network()
        assert isinstance(network, Revokes)
        assert "password" in network.by_hand()

    def test_an_app_password_that_stands_alone_is_ended(self, bluesky):
        bluesky.forgets_app_passwords()
        secret = bluesky.app_password("Oyez")
        keys = bluesky.keys(**bluesky.link(secret=secret).secrets)
        told = bluesky.network(keys).revoke()
        assert "ended the app password “Oyez”" in told[0]
        assert "ended our session" in told[1]
        with pytest.raises(urllib.error.HTTPError):
            bluesky.signs_in(secret)
        with pytest.raises(SignedOut):
            bluesky.network(bluesky.keys(**{**keys.secrets, "access": "stale"})).check()

    def test_of_several_app_passwords_none_is_guessed_to_be_ours(self, bluesky):
        secret, other = bluesky.app_password(a_key()[:8]), bluesky.app_password(a_key()[:8])
        keys = bluesky.keys(**bluesky.link(secret=secret).secrets)
        told = bluesky.network(keys).revoke()
        assert [one for one in told if "app password" in one] == []
        assert bluesky.signs_in(other)["did"]

    def test_doing_it_again_is_harmless(self, bluesky):
        keys = bluesky.keys(**bluesky.link(secret=bluesky.app_password(a_key()[:8])).secrets)
        bluesky.network(keys).revoke()
        assert isinstance(bluesky.network(keys).revoke(), list)

    def test_without_the_client_key_a_person_must_end_it(self, findable):
        assert findable.network().revoke() == []

    def test_with_the_client_key_the_token_is_ended(self, findable):
        spare = mastodon.SPARE[findable.kind.name]
        keys = findable.keys(token=spare, client_id="id", client_secret="proof")
        assert findable.network(keys).revoke() == [f"{host(findable)} has ended our access token."]
        (seen,) = [one for one in findable.front.requests if one.path == "/oauth/revoke"]
        for said in (b"id", b"proof", spare.encode()):
            assert said in seen.body
        with pytest.raises(SignedOut):
            findable.network(keys).check()


def host(member: Member) -> str:
    return str(member.linked.facts["server"]).removeprefix("http://")
