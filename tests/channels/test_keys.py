"""New keys for what is sealed: nothing is lost, whoever dies; no key goes while it is needed."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from oyez.channels import actions, queries
from oyez.channels.keyring import ChannelKeyring
from oyez.channels.models import SealKey, Secret
from oyez.kit import keys as kit_keys
from oyez.kit.keys import GivenKeys, KeyFile
from oyez.kit.seal import new_key
from oyez.ledger import keys as chain
from oyez.ledger.actor import Refusal
from oyez.ledger.models import Event
from oyez.ledger.sealing import seal
from oyez.networks.contract import Later, SignedOut
from tests.cli.test_verbs import oyez
from tests.factories import BY, a_channel
from tests.fakes.networks import Findable, Keyed, fakes
from tests.keyfile import a_key_file

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = timedelta(0)


@pytest.fixture(autouse=True)
def networks() -> Iterator[None]:
    with fakes(Findable, Keyed):
        yield


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KeyFile:
    return a_key_file(tmp_path, monkeypatch)


def token(channel_id: int) -> str:
    return ChannelKeyring(channel_id).read("secret")


def happened() -> list[str]:
    found = Event.objects.filter(on_kind="channels.sealkey").order_by("id")
    return [f"{event.kind.removeprefix('channels.')} {event.data['key']}" for event in found]


def test_a_rotation_leaves_one_new_key_and_every_token(file: KeyFile) -> None:
    channel, other = a_channel(), a_channel(Keyed)
    old = file.text()
    done = actions.rotate(by=BY, grace=AT_ONCE)
    assert (done.key, done.resealed, done.dropped, done.kept) == ("k2", 2, ["k1"], [])
    assert seal().ids == ("k2",)
    assert old not in file.text()
    assert [token(channel.pk), token(other.pk)] == ["s3cret", "s3cret"]
    assert file.path.stat().st_mode & 0o777 == 0o600
    assert happened() == ["key_added k1", "key_added k2", "secrets_resealed k2", "key_dropped k1"]


def test_an_id_is_never_given_again(file: KeyFile) -> None:
    a_channel()
    names = [actions.rotate(by=BY, grace=AT_ONCE).key for _ in range(3)]
    assert names == ["k2", "k3", "k4"]


@pytest.mark.parametrize("dies_at", ["put_first", "_record", "_reseal", "_drop", "drop"])
def test_killed_anywhere_the_next_call_goes_on(
    file: KeyFile, monkeypatch: pytest.MonkeyPatch, dies_at: str
) -> None:
    channel = a_channel()

    def die(*args: object, **more: object) -> None:
        raise KeyboardInterrupt

    where = kit_keys.KeyFile if dies_at in {"put_first", "drop"} else actions.rotating
    with monkeypatch.context() as killed:
        killed.setattr(where, dies_at, die)
        with pytest.raises(KeyboardInterrupt):
            actions.rotate(by=BY, grace=AT_ONCE)
    assert token(channel.pk) == "s3cret"
    actions.rotate(by=BY, grace=AT_ONCE)
    assert token(channel.pk) == "s3cret"
    assert seal().ids == ("k2",)
    assert happened().count("key_added k2") == happened().count("key_dropped k1") == 1


def test_killed_between_the_file_and_the_record_the_record_catches_up(
    file: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_channel()
    file.put_first(new_key("k2"))  # and then it died
    done = actions.rotate(by=BY, grace=AT_ONCE)
    assert (done.key, done.added, done.dropped) == ("k2", False, ["k1"])
    assert SealKey.objects.get(name="k1").dropped_at


def test_a_draft_of_somebody_who_died_is_no_hindrance(file: KeyFile) -> None:
    file.path.with_name(".seal.keys.new").write_text("half a k")
    assert actions.rotate(by=BY, grace=AT_ONCE).dropped == ["k1"]


def test_what_does_not_open_is_named_and_its_key_stays(file: KeyFile) -> None:
    good, bad = a_channel(), a_channel(Keyed)
    damaged = Secret.objects.get(channel=bad)
    Secret.objects.filter(pk=damaged.pk).update(sealed=damaged.sealed[:-8] + "AAAAAAA=")
    done = actions.rotate(by=BY, grace=AT_ONCE)
    assert (done.stuck, done.kept) == ([f"channel:{bad.pk}:secret"], ["k1"])
    assert "enter anew, or remove" in done.why_kept
    assert token(good.pk) == "s3cret"
    actions.remove(bad, by=BY)
    assert actions.rotate(by=BY, grace=AT_ONCE).dropped == ["k1"]


def test_the_old_key_stays_for_its_grace(file: KeyFile, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(actions.rotating.time, "sleep", waited.append)
    actions.rotate(by=BY, grace=timedelta(seconds=40))
    assert 38 < sum(waited) <= 40


def somebody_else(do: Callable[[], object]) -> threading.Thread:
    def run() -> None:
        try:
            do()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_no_key_goes_while_somebody_is_writing_with_it(
    file: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that was stopped in its tracks with the old key in hand, and wakes much later."""
    channel = a_channel()
    reached, go_on = threading.Event(), threading.Event()

    def ask() -> dict[str, str]:
        return {"secret": "fresh"}

    sealing = kit_keys._seal(file.text()).seal

    def slowly(text: str, about: str) -> str:
        sealed = sealing(text, about)
        reached.set()
        assert go_on.wait(20)
        return sealed

    monkeypatch.setattr(kit_keys._seal(file.text()), "seal", slowly)
    monkeypatch.setattr(actions.rotating, "PATIENCE", 1.0)
    writer = somebody_else(lambda: ChannelKeyring(channel.pk).renew("secret", "s3cret", ask))
    assert reached.wait(20)
    done = actions.rotate(by=BY, grace=AT_ONCE)
    assert (done.kept, done.why_kept[:8]) == (["k1"], "Somebody")
    go_on.set()
    writer.join(20)
    assert token(channel.pk) == "fresh"
    assert actions.rotate(by=BY, grace=AT_ONCE).dropped == ["k1"]
    assert token(channel.pk) == "fresh"


def test_a_row_read_before_its_key_went_is_read_again(
    file: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = a_channel()
    found = Secret.objects.get(channel=channel)
    before = [found]
    original = Secret.objects.filter

    class Stale:
        def first(self) -> Secret:
            return before.pop()

    actions.rotate(by=BY, grace=AT_ONCE)
    monkeypatch.setattr(
        Secret.objects, "filter", lambda **asked: Stale() if before else original(**asked)
    )
    assert token(channel.pk) == "s3cret"


def test_while_a_key_is_missing_messages_wait_and_nobody_is_signed_out(file: KeyFile) -> None:
    channel, kept = a_channel(), file.text()
    file.path.write_text(new_key("k9"))
    with pytest.raises(Later, match="“k1”, which is not among the keys"):
        token(channel.pk)
    file.path.unlink()
    with pytest.raises(Later, match="put the file of keys back"):
        token(channel.pk)
    file.path.write_text(kept)
    assert token(channel.pk) == "s3cret"


@pytest.mark.parametrize("move", [{"name": "refresh"}, {"channel": "other"}])
def test_a_secret_copied_to_another_row_or_field_is_refused(
    file: KeyFile, move: dict[str, str]
) -> None:
    """Row 25: also after it was sealed anew, and also where a rotation comes by later."""
    channel, other = a_channel(), a_channel(Keyed)
    actions.rotate(by=BY, grace=AT_ONCE)
    sealed = Secret.objects.get(channel=channel).sealed
    Secret.objects.filter(channel=other).delete()
    there = other if "channel" in move else channel
    name = move.get("name", "secret")
    Secret.objects.create(channel=there, name=name, sealed=sealed)
    with pytest.raises(SignedOut, match="moved from elsewhere"):
        ChannelKeyring(there.pk).read(name)
    assert actions.rotate(by=BY, grace=AT_ONCE).stuck == [f"channel:{there.pk}:{name}"]


def test_two_rotations_at_once_are_one(file: KeyFile, monkeypatch: pytest.MonkeyPatch) -> None:
    a_channel()
    refused: list[str] = []

    def meanwhile(*args: object) -> None:
        def second() -> None:
            try:
                actions.rotate(by=BY, grace=AT_ONCE)
            except Refusal as refusal:
                refused.append(str(refusal))

        somebody_else(second).join(20)

    monkeypatch.setattr(actions.rotating, "_wait", meanwhile)
    actions.rotate(by=BY, grace=AT_ONCE)
    assert refused == ["Another rotation is going on. Wait until it has ended."]


class TestCommands:
    def test_the_list_says_how_much_each_seals_and_never_the_key(self, file: KeyFile) -> None:
        a_channel()
        file.put_first(new_key("k2"))
        told = oyez("keys", "list", "--json").output
        rows = json.loads(told)
        assert [(row["id"], row["state"], row["secrets"]) for row in rows] == [
            ("k2", "seals", 0),
            ("k1", "opens", 1),
        ]
        for entry in file.text().split(","):
            assert entry.partition(":")[2] not in told
        assert str(file.path) in rows[0]["kept_in"]

    def test_a_missing_key_is_told_and_ends_with_one(self, file: KeyFile) -> None:
        a_channel()
        file.path.write_text(new_key("k9"))
        said = oyez("keys", "list")
        assert said.exit_code == 1
        assert "missing" in said.output
        assert "1 of 1 secrets sealed with k1 do not open: put that key back" in said.stderr

    def test_a_key_that_only_has_the_id_of_the_lost_one_does_not_pass_for_it(
        self, file: KeyFile
    ) -> None:
        a_channel()
        file.path.write_text(new_key("k1"))  # as a start without the file makes it
        said = oyez("keys", "list", "--json")
        (row,) = json.loads(said.stdout)
        assert said.exit_code == 1
        assert (row["state"], row["secrets"], row["open"]) == ("not the same", 1, 0)

    def test_rotate_tells_how_far_it_came(self, file: KeyFile) -> None:
        a_channel()
        said = oyez("keys", "rotate", "--grace", "0")
        assert said.exit_code == 0, said.output
        assert "1 sealed anew with k2. Dropped k1." in said.stdout
        told = json.loads(oyez("keys", "rotate", "--grace", "0", "--json").stdout)
        assert (told["key"], told["dropped"], told["stuck"]) == ("k3", ["k2"], [])

    def test_keys_of_a_setting_are_changed_by_whoever_sets_it(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        a_channel_sealed(monkeypatch, new_key("k1"))
        said = oyez("keys", "rotate").output
        assert "Put this first in OYEZ_KEYS" in said
        assert "k2:" in said
        assert "oyez keys rotate --restarted" in said

    def test_after_the_restart_it_seals_anew_and_leaves_the_old_one_to_the_operator(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old = new_key("k1")
        channel_id = a_channel_sealed(monkeypatch, old)
        monkeypatch.setattr(settings, "OYEZ_SEAL_KEYS", GivenKeys(f"{new_key('k2')},{old}"))
        said = oyez("keys", "rotate", "--restarted")
        assert said.exit_code == 0, said.output
        assert "Kept k1. Take them out of the setting OYEZ_KEYS and restart." in said.stdout
        assert token(channel_id) == "s3cret"
        assert list(queries.key_uses()) == ["k2"]


def a_channel_sealed(monkeypatch: pytest.MonkeyPatch, keys: str) -> int:
    monkeypatch.setattr(settings, "OYEZ_SEAL_KEYS", GivenKeys(keys))
    return a_channel().pk


def test_the_keys_of_the_record_s_chain_are_sealed_anew_too(file: KeyFile) -> None:
    """Else old links could be proved no more once the old key is gone."""
    name, key = chain.sealing()
    actions.rotate(by=BY, grace=AT_ONCE)
    assert seal().ids == ("k2",)
    assert chain.known()[name] == key
