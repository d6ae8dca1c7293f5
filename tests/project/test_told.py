"""A command takes its settings from the running house, and says where its own shell differed."""

from __future__ import annotations

from collections import UserDict
from pathlib import Path

import pytest

from oyez.kit.keys import KeysElsewhere
from oyez.project import env, location, told
from oyez.project.house import Holder
from oyez.project.trouble import Trouble


class Asked(UserDict[str, str]):
    """An environment that remembers every name somebody asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def get(self, key: str, default: str = "") -> str:  # type: ignore[override]
        self.names.add(key)
        return default


def a_house(**environ: str) -> Holder:
    return Holder(7, "house", True, "", told.told(environ), told.withheld(environ))


def test_every_setting_is_told_or_a_secret_or_each_process_s_own() -> None:
    asked = Asked()
    env.read(asked)
    known = {*told.SHARED, *told.WHERE, *told.SECRET, *told.OF_EACH_PROCESS}
    assert {name for name in asked.names if name.startswith("OYEZ_")} == known


def test_a_command_that_says_nothing_takes_what_the_house_has() -> None:
    environ: dict[str, str] = {"HOME": "/home/ann"}
    house = a_house(OYEZ_URL="https://a.example", OYEZ_PORT="8100", OYEZ_PRACTICE="no")
    assert told.adopt(house, environ) == []
    assert environ == {"HOME": "/home/ann", **house.told}


def test_a_command_that_says_otherwise_hears_both_and_takes_what_the_house_has() -> None:
    environ = {"OYEZ_URL": "https://b.example", "OYEZ_TIME_ZONE": "Europe/Paris"}
    said = told.adopt(a_house(OYEZ_URL="https://a.example"), environ)
    both = ("“Europe/Paris”", "not set"), ("“https://b.example”", "“https://a.example”")
    assert said == [
        f"{name} is {here} in this shell and {there} in the running house. "
        "What the house has counts; start it anew to change it."
        for name, (here, there) in zip(("OYEZ_TIME_ZONE", "OYEZ_URL"), both, strict=True)
    ]
    assert environ == {"OYEZ_URL": "https://a.example"}
    assert told.adopt(a_house(OYEZ_URL="https://a.example"), environ) == []


def test_the_practice_network_and_other_ports_are_no_difference() -> None:
    house = a_house(OYEZ_ALLOW_PRIVATE="10.0.0.7:443,127.0.0.1:8101", OYEZ_PORT="8100")
    environ = {"OYEZ_ALLOW_PRIVATE": "10.0.0.7:443", "OYEZ_PORT": "8000"}
    assert told.adopt(house, environ) == []
    assert environ == house.told


@pytest.mark.parametrize("name", told.SECRET)
def test_a_secret_is_told_nobody_and_taken_from_the_shell(name: str) -> None:
    house = a_house(**{name: "s3cret", "OYEZ_PORT": "8000"})
    assert "s3cret" not in repr(house)
    environ = {name: "s3cret"}
    assert told.adopt(house, environ) == []
    assert environ == {name: "s3cret", "OYEZ_PORT": "8000"}


def test_a_command_without_the_house_s_database_is_refused() -> None:
    with pytest.raises(Trouble, match="started with OYEZ_DATABASE_URL, and this shell has none"):
        told.adopt(a_house(OYEZ_DATABASE_URL="postgresql://a:b@c/d", OYEZ_PORT="8000"), {})


def test_without_the_house_s_keys_no_others_are_made_and_none_are_missed_before_they_are_needed(
    tmp_path: Path,
) -> None:
    environ = {"OYEZ_DATA": str(tmp_path)}
    assert told.adopt(a_house(OYEZ_KEYS="k1:s", OYEZ_SECRET_KEY="s", OYEZ_PORT="1"), environ) == []
    settings = env.read(environ)
    keys = location.seal_keys(settings)
    assert len(location.secret_key(settings)) > 50
    assert list(tmp_path.iterdir()) == []
    for needed in (keys.seal, keys.text):
        with pytest.raises(KeysElsewhere, match="started with OYEZ_KEYS, and this shell has none"):
            needed()


def test_the_mail_server_s_password_is_missed_by_no_command() -> None:
    house = a_house(OYEZ_MAIL_URL="smtp://a:s3cret@b", OYEZ_PORT="8000")
    assert "s3cret" not in repr(house)
    assert told.adopt(house, {}) == []


def test_a_proxy_is_told_unless_it_names_a_password() -> None:
    plain = a_house(OYEZ_PROXY="http://proxy:3128")
    assert plain.told == {"OYEZ_PROXY": "http://proxy:3128"}
    secret = a_house(OYEZ_PROXY="http://a:s3cret@proxy:3128", OYEZ_PORT="8000")
    assert "s3cret" not in repr(secret)
    with pytest.raises(Trouble, match="OYEZ_PROXY"):
        told.adopt(secret, {})
    [said] = told.adopt(plain, {"OYEZ_PROXY": "http://a:s3cret@other:3128"})
    assert said.startswith("OYEZ_PROXY is set in this shell and “http://proxy:3128”")


def test_a_house_of_an_earlier_version_leaves_the_shell_alone() -> None:
    environ = {"OYEZ_URL": "https://b.example"}
    assert told.adopt(Holder(7, "house", True), environ) == []
    assert environ == {"OYEZ_URL": "https://b.example"}
