"""Do secrets stay secret, and where they were put?"""

from __future__ import annotations

import base64
import traceback

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from oyez.kit.seal import Seal, Unsealable, WrongKeys, new_key

OLD, NEW = new_key("old"), new_key("new")


@given(text=st.text(st.characters(exclude_categories=["Cs"])), about=st.text("abc:7", min_size=1))
def test_what_was_sealed_opens_again(text: str, about: str) -> None:
    seal = Seal(NEW)
    assert seal.open(seal.seal(text, about), about) == text


def test_the_sealed_text_shows_the_key_id_and_nothing_of_the_secret() -> None:
    sealed = Seal(NEW).seal("canary-canary", "channel:7:token")
    assert sealed.startswith("new:")
    assert b"canary" not in base64.urlsafe_b64decode(sealed.partition(":")[2])


def test_the_same_secret_never_looks_the_same_twice() -> None:
    seal = Seal(NEW)
    assert len({seal.seal("token", "channel:7:token") for _ in range(100)}) == 100


def test_it_is_aes_256_gcm_and_nothing_of_our_own() -> None:
    """Opened by hand, as the standard has it (SP 800-38D)."""
    key = base64.b64decode(NEW.partition(":")[2])
    sealed = Seal(NEW).seal("token", "channel:7:token").partition(":")[2]
    raw = base64.urlsafe_b64decode(sealed)
    bound = b"oyez seal 1\nnew\nchannel:7:token"
    assert len(key) == 32
    assert AESGCM(key).decrypt(raw[:12], raw[12:], bound) == b"token"


@pytest.mark.parametrize(
    "elsewhere", ["channel:8:token", "channel:7:refresh", "", "channel:7:token "]
)
def test_a_secret_moved_to_another_row_or_field_does_not_open(elsewhere: str) -> None:
    seal = Seal(NEW)
    with pytest.raises(Unsealable, match="moved from elsewhere"):
        seal.open(seal.seal("token", "channel:7:token"), elsewhere)


def test_every_flipped_bit_is_noticed() -> None:
    seal = Seal(NEW)
    name, _, packed = seal.seal("token", "here").partition(":")
    raw = bytearray(base64.urlsafe_b64decode(packed))
    for place in range(len(raw)):
        raw[place] ^= 1
        with pytest.raises(Unsealable, match="does not open"):
            seal.open(f"{name}:{base64.urlsafe_b64encode(raw).decode()}", "here")
        raw[place] ^= 1


@pytest.mark.parametrize("rubbish", ["new:", "new:AAAA", "new:not base64!", "new:é", "new:QUJD"])
def test_rubbish_is_refused_in_words(rubbish: str) -> None:
    with pytest.raises(Unsealable, match="Enter the secret again"):
        Seal(NEW).open(rubbish, "here")


def test_all_keys_open_and_the_first_one_seals() -> None:
    sealed = Seal(OLD).seal("token", "here")
    both = Seal(f"{NEW}, {OLD}")
    assert both.open(sealed, "here") == "token"
    assert both.seal("token", "here").startswith("new:")


def test_resealing_makes_the_old_key_unneeded() -> None:
    both = Seal(f"{NEW},{OLD}")
    sealed = Seal(OLD).seal("token", "here")
    moved = both.reseal(sealed, "here")
    assert not both.is_current(sealed)
    assert both.is_current(moved)
    assert Seal(NEW).open(moved, "here") == "token"
    assert both.reseal(moved, "here") == moved


def test_resealing_does_not_bless_a_moved_secret() -> None:
    with pytest.raises(Unsealable):
        Seal(f"{NEW},{OLD}").reseal(Seal(OLD).seal("token", "here"), "there")


def test_a_missing_key_is_named() -> None:
    with pytest.raises(Unsealable, match="“old”"):
        Seal(NEW).open(Seal(OLD).seal("token", "here"), "here")


def test_one_keys_name_on_anothers_seal_does_not_open() -> None:
    sealed = Seal(OLD).seal("token", "here")
    with pytest.raises(Unsealable):
        Seal(f"{NEW},{OLD}").open(sealed.replace("old:", "new:", 1), "here")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("", "no key"),
        (" , ", "no key"),
        ("no-colon", "not base64|0 bytes"),
        ("a b:AAAA", "id:base64"),
        ("a:###", "not base64"),
        ("a:QUJD", "3 bytes"),
        pytest.param(f"{OLD},{OLD}", "same id", id="twice"),  # OLD is random: xdist wants one name
    ],
)
def test_unusable_keys_are_refused_in_words(keys: str, said: str) -> None:
    with pytest.raises(WrongKeys, match=said):
        Seal(keys)


def test_keys_and_secrets_are_in_no_message_and_no_repr() -> None:
    seal, secret, text = Seal(NEW), NEW.partition(":")[2], "can" + "ary"
    assert secret not in repr(seal)
    with pytest.raises(Unsealable) as caught:
        seal.open(seal.seal(text, "here"), "there")
    shown = "".join(traceback.format_exception(caught.value))
    assert text not in shown
    assert secret not in shown


def test_a_new_key_needs_a_usable_name() -> None:
    with pytest.raises(WrongKeys, match="cannot name a key"):
        new_key("a:b")
