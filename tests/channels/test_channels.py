"""Linking, checking and removing; tokens stay sealed in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from oyez.channels import actions, queries
from oyez.channels.events import LINKED
from oyez.channels.keyring import ChannelKeyring
from oyez.channels.models import Channel, Secret
from oyez.ledger.actor import Refusal
from oyez.ledger.models import Event
from oyez.networks.contract import SignedOut
from tests.factories import BY, a_channel
from tests.fakes.networks import Findable, Keyed, Log, fakes, raises
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable, Keyed) as log:
        yield log


def test_a_token_is_kept_sealed_and_opens_for_its_channel() -> None:
    channel = a_channel()
    assert "s3cret" not in Secret.objects.get().sealed
    assert ChannelKeyring(channel.pk).read("secret") == "s3cret"


def test_a_token_moved_to_another_channel_does_not_open() -> None:
    first, second = a_channel(), a_channel(Keyed)
    Secret.objects.filter(channel=second).delete()
    Secret.objects.filter(channel=first).update(channel=second)
    with pytest.raises(SignedOut, match="cannot be opened"):
        ChannelKeyring(second.pk).read("secret")


def test_linking_the_same_account_again_renews_it() -> None:
    first = a_channel()
    assert a_channel().pk == first.pk
    assert Channel.objects.count() == 1


def test_a_network_nobody_knows_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refusal, match="There are:"):
        actions.link("myspace", {}, by=BY)


def test_a_name_is_given_once() -> None:
    a_channel(name="Council")
    with pytest.raises(Refusal, match="already a channel called"):
        actions.link(Keyed.name, {"secret": "x", "handle": "other"}, name="council", by=BY)


def test_removing_destroys_the_secrets_and_keeps_the_channel() -> None:
    channel = a_channel()
    actions.remove(channel, by=BY)
    assert (Secret.objects.count(), Channel.objects.get().state) == (0, "retired")
    assert list(queries.linked()) == []


def test_our_own_page_is_made_once_and_stays() -> None:
    actions.open_our_own(by=BY)
    actions.open_our_own(by=BY)
    (ours,) = queries.ours()
    with pytest.raises(Refusal, match="always on"):
        actions.remove(ours, by=BY)


def test_many_workers_that_start_at_once_make_it_once() -> None:
    at_once(*[partial(actions.open_our_own, by=BY)] * 4)
    assert Channel.objects.count() == len(queries.ours()) > 0
    assert Event.objects.filter(kind=LINKED.name).count() == len(queries.ours())


def test_two_who_link_the_same_account_at_once_have_one_channel() -> None:
    at_once(a_channel, a_channel)
    assert Channel.objects.count() == 1


def test_a_dead_token_is_found_by_a_check(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = a_channel()

    def dead(self: Findable) -> dict[str, str]:
        raise SignedOut("The token was revoked. Link the channel again.")

    monkeypatch.setattr(Findable, "check", dead)
    checked = actions.check(channel, by=BY)
    assert (checked.health, checked.health_why[:9]) == ("signed_out", "The token")
    assert list(queries.needing_attention()) == [channel]


def linked_again_meanwhile(monkeypatch: pytest.MonkeyPatch, then: Callable[[], object]) -> None:
    def check(self: Findable) -> object:
        actions.link(Findable.name, {"secret": "fresh", "handle": "Findable"}, by=BY)
        Channel.objects.update(facts={"server": "new"})
        return then()

    monkeypatch.setattr(Findable, "check", check)


def test_a_check_of_the_old_link_says_nothing_about_the_new_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a_channel()
    Channel.objects.update(facts={"server": "old"})
    linked_again_meanwhile(monkeypatch, lambda: {"limit": 500})
    checked = actions.check(Channel.objects.get(), by=BY)
    assert Channel.objects.get().facts == {"server": "new"}
    assert checked.facts == {"server": "new"}


def test_a_dead_old_token_does_not_sign_the_new_one_out(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = a_channel()
    linked_again_meanwhile(monkeypatch, raises(SignedOut("The token was revoked.")))
    assert actions.check(channel, by=BY).health == "working"
    assert Channel.objects.get().health == "working"


def test_a_check_of_a_channel_overtaken_by_another_keeps_both_facts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    channel = a_channel()
    Channel.objects.update(facts={"server": "mended"})
    monkeypatch.setattr(Findable, "check", lambda self: {"limit": 500})
    assert actions.check(channel, by=BY).facts == {"server": "mended", "limit": 500}


def test_a_refresh_that_brings_nothing_overwrites_nothing() -> None:
    channel = a_channel()
    ring = ChannelKeyring(channel.pk)
    assert ring.renew("secret", "s3cret", lambda: {"secret": ""}) == "s3cret"


def test_the_second_to_refresh_gets_the_first_one_s_token() -> None:
    ring = ChannelKeyring(a_channel().pk)
    assert ring.renew("secret", "s3cret", lambda: {"secret": "fresh"}) == "fresh"
    assert ring.renew("secret", "s3cret", lambda: pytest.fail("asked twice")) == "fresh"


def test_an_unknown_channel_is_named_with_those_there_are() -> None:
    a_channel()
    with pytest.raises(Refusal, match="Linked are: Findable"):
        queries.named(["Facebook"])
