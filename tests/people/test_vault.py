"""Do new keys reach what proves who somebody is, and can an old key go without a factor lost?"""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.db import connection, connections

from oyez.channels import actions as channels
from oyez.channels import queries
from oyez.kit import clock
from oyez.kit import keys as kit_keys
from oyez.kit.keys import KeyFile
from oyez.kit.seal import MissingKey, new_key
from oyez.ledger import sealing
from oyez.ledger.actor import Refusal
from oyez.people import actions, codes, factors, providers, vault
from oyez.people.issuers import Issuer
from oyez.people.models import Person
from oyez.people.rules import door
from oyez.people.tries import TooMany
from tests.cli.test_verbs import oyez
from tests.factories import BY
from tests.keyfile import a_key_file

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = timedelta(0)
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
CLIENTS = "the client’s secret"
DOOR = door()
ANOTHER = "another one, of forty characters and some more"


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KeyFile:
    return a_key_file(tmp_path, monkeypatch)


def shown(after: int = 0) -> str:
    return codes.shown(SECRET, int(clock.now().timestamp()) // codes.STEP + after)


@pytest.fixture
def ada() -> Person:
    return actions.invite("ada@council.example", name="Ada", role="officer", by=BY)


@pytest.fixture
def recovery(ada: Person) -> list[str]:
    """Ada has an app; her recovery codes."""
    return actions.add_app(ada, SECRET, shown(), by=ada)


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oyez.people.discovery.asked", lambda issuer: {})
    council = Issuer("council", "Council", "https://id.council.example", "oyez")
    actions.add_provider(council, CLIENTS, by=BY)


def everything() -> str:
    """Every row of every table, as text: what somebody who has the database reads."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = []
        for table in tables:
            cursor.execute(f'select t::text from "{table}" t')
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def all_opens(ada: Person, code: str) -> bool:
    """A recovery code, the app and the provider's secret, each as it was given."""
    row = Authenticator.objects.get(user=ada, type=factors.APP)
    return (
        actions.use_code(ada, code, by=DOOR) == "recovery code"
        and factors.opened(row) == SECRET
        and providers.secret("council") == CLIENTS
    )


def test_after_a_rotation_no_row_of_any_table_names_the_old_key(
    file: KeyFile, ada: Person, recovery: list[str], provider: None
) -> None:
    assert everything().count("k1:") >= 3
    done = channels.rotate(by=BY, grace=AT_ONCE)
    assert (done.resealed, done.stuck, done.dropped) == (3, [], ["k1"])
    assert "k1:" not in everything()
    assert all_opens(ada, recovery[0])


@pytest.mark.parametrize("dies_at", ["put_first", "_record", "_reseal", "_drop", "drop"])
def test_killed_anywhere_nobody_loses_a_factor_and_the_next_call_goes_on(
    ada: Person,
    recovery: list[str],
    provider: None,
    monkeypatch: pytest.MonkeyPatch,
    dies_at: str,
) -> None:
    def die(*args: object, **more: object) -> None:
        raise KeyboardInterrupt

    where = kit_keys.KeyFile if dies_at in {"put_first", "drop"} else channels.rotating
    with monkeypatch.context() as killed:
        killed.setattr(where, dies_at, die)
        with pytest.raises(KeyboardInterrupt):
            channels.rotate(by=BY, grace=AT_ONCE)
    assert all_opens(ada, recovery[0])
    channels.rotate(by=BY, grace=AT_ONCE)
    assert sealing.seal().ids == ("k2",)
    assert all_opens(ada, recovery[1])


class TestFromBefore:
    """A house whose factors and clients were sealed with a key drawn from the one of cookies."""

    @pytest.fixture(autouse=True)
    def as_before(self, ada: Person, recovery: list[str], provider: None) -> None:
        old = vault._from(settings.SECRET_KEY)
        for row in Authenticator.objects.all():
            row.data["sealed"] = old.seal(factors.opened(row), vault.of_factor(row))
            row.save()
        app = SocialApp.objects.get()
        app.settings["sealed"] = old.seal(CLIENTS, vault.of_client(app))
        app.save()

    def test_it_opens_and_the_list_says_what_is_left(
        self, ada: Person, recovery: list[str]
    ) -> None:
        assert all_opens(ada, recovery[0])  # and that code list is sealed anew by it
        rows = {row["id"]: row for row in json.loads(oyez("keys", "list", "--json").stdout)}
        assert (rows["v1"]["state"], rows["v1"]["secrets"]) == ("opens", 2)
        assert "OYEZ_SECRET_KEY" in rows["v1"]["kept_in"]

    def test_the_list_says_where_that_key_is_another_one_now(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings, "SECRET_KEY", ANOTHER)
        said = oyez("keys", "list", "--json")
        rows = {row["id"]: row for row in json.loads(said.stdout)}
        assert said.exit_code == 1
        assert (rows["v1"]["state"], rows["v1"]["open"]) == ("not the same", 0)
        assert "sealed with v1 do not open: put that key back (drawn from" in said.stderr

    def test_after_a_rotation_another_key_of_cookies_takes_nothing(
        self, ada: Person, recovery: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said = oyez("keys", "rotate", "--grace", "0")
        assert "3 sealed anew with k2. Dropped k1." in said.stdout
        assert "v1" not in queries.key_uses()
        monkeypatch.setattr(
            settings, "SECRET_KEY", "another one, of forty characters and some more"
        )
        assert all_opens(ada, recovery[0])

    def test_where_that_key_was_changed_before_it_says_what_to_do(
        self, ada: Person, recovery: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            settings, "SECRET_KEY", "another one, of forty characters and some more"
        )
        said = oyez("keys", "rotate", "--grace", "0")
        assert said.exit_code == 1
        assert f"person:{ada.pk}:totp" in said.stdout
        assert "oyez people reset-factors" in said.stdout
        assert "oyez signin" in said.stdout
        assert "Link such a channel" not in said.stdout
        with pytest.raises(actions.Closed):
            actions.use_code(ada, recovery[0], by=DOOR)

    def test_a_key_of_the_operator_may_have_that_name(
        self, file: KeyFile, ada: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings, "OYEZ_SEAL_KEYS", kit_keys.GivenKeys(new_key("v1")))
        fresh = actions.make_codes(ada, by=ada)
        assert all_opens(ada, fresh[0])

    def test_keys_from_a_setting_take_it_over_without_a_new_one(
        self, file: KeyFile, ada: Person, recovery: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings, "OYEZ_SEAL_KEYS", kit_keys.GivenKeys(file.text()))
        assert "what is left from before" in oyez("keys", "rotate").output
        said = oyez("keys", "rotate", "--restarted")
        assert said.exit_code == 0, said.output
        assert "what is left from before" not in oyez("keys", "rotate").output
        assert "3 sealed anew with k1." in said.stdout
        assert list(queries.key_uses()) == ["k1"]
        monkeypatch.setattr(settings, "SECRET_KEY", ANOTHER)
        assert all_opens(ada, recovery[0])
        again = oyez("keys", "rotate", "--restarted")
        assert "this house cannot change them" in again.output

    def test_recovery_codes_that_open_count_beside_an_app_that_does_not(
        self, ada: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings, "SECRET_KEY", ANOTHER)
        fresh = actions.make_codes(ada, by=ada)
        assert actions.use_code(ada, fresh[0], by=DOOR) == "recovery code"
        for _ in range(5):  # what opens may be guessed at, so each counts
            with pytest.raises(actions.Closed):
                actions.use_code(ada, "000000", by=DOOR)
        with pytest.raises(TooMany):
            actions.use_code(ada, fresh[1], by=DOOR)


def test_what_is_damaged_is_named_and_its_key_stays(
    file: KeyFile, ada: Person, recovery: list[str]
) -> None:
    row = Authenticator.objects.get(type=factors.APP)
    row.data["sealed"] = row.data["sealed"][:-8] + "AAAAAAA="
    row.save()
    done = channels.rotate(by=BY, grace=AT_ONCE)
    assert (done.stuck, done.kept) == ([f"person:{ada.pk}:totp"], ["k1"])
    actions.reset_factors(ada, by=BY)
    assert channels.rotate(by=BY, grace=AT_ONCE).dropped == ["k1"]


def test_no_key_goes_while_somebody_uses_a_recovery_code_with_it(
    file: KeyFile, ada: Person, recovery: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = threading.Event(), threading.Event()
    held = kit_keys._seal(file.text())
    sealing_it = held.seal

    def slowly(text: str, about: str) -> str:
        sealed = sealing_it(text, about)
        reached.set()
        assert go_on.wait(20)
        return sealed

    monkeypatch.setattr(held, "seal", slowly)
    monkeypatch.setattr(channels.rotating, "PATIENCE", 1.0)
    with ThreadPoolExecutor(1) as pool:
        used = pool.submit(_closing, lambda: actions.use_code(ada, recovery[0], by=DOOR))
        assert reached.wait(20)
        with pytest.raises(Refusal, match="run again"):
            channels.rotate(by=BY, grace=AT_ONCE)
        assert sealing.seal().ids == ("k2", "k1")
        go_on.set()
        assert used.result(20) == "recovery code"
    assert channels.rotate(by=BY, grace=AT_ONCE).dropped == ["k1"]
    assert factors.codes_left(ada) == 9


def test_whoever_signs_in_while_keys_change_and_rotations_die_uses_each_code_once(
    file: KeyFile, provider: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [actions.invite(f"p{n}@council.example", by=BY) for n in range(4)]
    kept = {person: actions.add_app(person, SECRET, shown(), by=person) for person in people}
    over, chance = threading.Event(), random.Random(7)

    def all_codes(person: Person) -> list[str]:
        return [actions.use_code(person, code, by=DOOR) for code in kept[person]]

    def secrets() -> set[str]:
        found = set()
        while not over.is_set():
            found.add(providers.secret("council"))
        return found

    with ThreadPoolExecutor(5) as pool:
        reads = pool.submit(_closing, secrets)
        uses = [pool.submit(_closing, lambda one=one: all_codes(one)) for one in people]
        rotations = _rotating(monkeypatch, chance, lambda: all(one.done() for one in uses))
        over.set()
    assert [one.result() for one in uses] == [["recovery code"] * 10] * 4
    assert reads.result() == {CLIENTS}
    assert rotations >= 2
    assert [factors.codes_left(one) for one in people] == [0] * 4
    assert list(queries.key_uses()) == [sealing.seal().ids[0]]


def _rotating(
    monkeypatch: pytest.MonkeyPatch, chance: random.Random, over: Callable[[], bool]
) -> int:
    """Again and again until it is over, every other one killed somewhere; then once more: how many
    came to their end.
    """
    resealing, ended = channels.rotating._reseal_some, 0

    def dying(*args: object) -> int:
        if chance.random() < 0.4:
            raise KeyboardInterrupt
        return resealing(*args)

    for number in count():
        done = over() and ended > 0
        monkeypatch.setattr(
            channels.rotating, "_reseal_some", resealing if done or number % 2 else dying
        )
        try:
            channels.rotate(by=BY, grace=AT_ONCE)
            ended += 1
        except KeyboardInterrupt:
            pass
        if done:
            return ended
    raise AssertionError


def _closing(do: Callable[[], object]) -> object:
    try:
        return do()
    finally:
        connections.close_all()


def test_while_the_keys_are_away_codes_say_so_and_nothing_is_spent(
    file: KeyFile, ada: Person, recovery: list[str]
) -> None:
    there = file.text()
    for away in (new_key("k9"), "no key at all"):
        file.path.write_text(away)
        for _ in range(6):  # more than the door lets anybody guess
            with pytest.raises(actions.Closed):
                actions.use_code(ada, recovery[0], by=DOOR)
        assert factors.codes_left(ada) == 0
    file.path.write_text(there)
    assert actions.use_code(ada, recovery[0], by=DOOR) == "recovery code"


def test_a_row_read_before_its_key_went_is_read_again(
    ada: Person, recovery: list[str], provider: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, gone = vault.opened, iter([True, False, True, False])

    def once(sealed: str, place: str) -> str:
        if next(gone):
            raise MissingKey("It has just been dropped.")
        return opened(sealed, place)

    monkeypatch.setattr(vault, "opened", once)
    assert providers.secret("council") == CLIENTS
    assert factors.codes_left(ada) == 10
