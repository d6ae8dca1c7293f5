"""Is every word of OYEZ_DATABASE_URL obeyed, by each connection? Nothing here reaches a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg.conninfo import conninfo_to_dict

from oyez.deliveries import moment
from oyez.project import database_verbs, env, location

SAFE = "sslmode=verify-full&sslrootcert=%2Fca.pem&target_session_attrs=read-write"
URL = f"postgresql://u:p%40ss@db.example:6432/oyez?{SAFE}"
OPTIONS = {
    "sslmode": "verify-full", "sslrootcert": "/ca.pem", "target_session_attrs": "read-write",
    "connect_timeout": 10, "keepalives_idle": 10, "tcp_user_timeout": 20000,
}  # fmt: skip


def described(url: str) -> dict[str, Any]:
    return location.database(env.read({"OYEZ_DATABASE_URL": url}))


def test_the_options_in_the_address_of_the_database_are_obeyed() -> None:
    told = described(URL)
    assert told["OPTIONS"] == OPTIONS
    assert (told["HOST"], told["PORT"], told["NAME"]) == ("db.example", "6432", "oyez")
    assert (told["USER"], told["PASSWORD"]) == ("u", "p@ss")


def test_they_win_over_our_own() -> None:
    options = described("postgresql://db.example/oyez?connect_timeout=3&keepalives_idle=60")
    assert (options["OPTIONS"]["connect_timeout"], options["OPTIONS"]["keepalives_idle"]) == (
        "3",
        "60",
    )


def test_several_hosts_may_be_named() -> None:
    told = described("postgresql://one:5432,two:5433/oyez?target_session_attrs=read-write")
    assert (told["HOST"], told["PORT"]) == ("one,two", "5432,5433")


@pytest.mark.parametrize("url", ["postgresql:///oyez?host=/run/postgresql", ""])
def test_a_socket_needs_no_keeping_alive(url: str, tmp_path: Path) -> None:
    settings = env.read({"OYEZ_DATABASE_URL": url, "OYEZ_DATA": str(tmp_path)})
    told = location.database(settings)
    assert told["HOST"].startswith("/")
    assert told["OPTIONS"] == {"connect_timeout": 10}


@pytest.mark.parametrize(
    "url", ["mysql://db.example/oyez", "postgresql://db.example", "postgresql://h/oyez?luck=good"]
)
def test_what_cannot_be_obeyed_is_refused(url: str) -> None:
    with pytest.raises(env.WrongSetting, match="OYEZ_DATABASE_URL cannot be read"):
        described(url)


def test_the_lock_and_the_bell_go_the_same_way(monkeypatch: pytest.MonkeyPatch) -> None:
    wrapper = DatabaseWrapper({**TIMELESS, **described(URL)})
    monkeypatch.setattr(moment, "connection", wrapper)
    told = conninfo_to_dict(moment.address())
    assert {name: str(value) for name, value in OPTIONS.items()}.items() <= told.items()
    assert (told["host"], told["password"]) == ("db.example", "p@ss")


def test_and_so_do_the_programs_that_save_and_restore() -> None:
    given = database_verbs.surroundings(env.read({"OYEZ_DATABASE_URL": URL}))
    assert (given["PGSSLMODE"], given["PGSSLROOTCERT"]) == ("verify-full", "/ca.pem")
    assert (given["PGHOST"], given["PGDATABASE"], given["PGUSER"]) == ("db.example", "oyez", "u")


TIMELESS = {"TIME_ZONE": None, "CONN_HEALTH_CHECKS": False}


@pytest.mark.parametrize(
    ("kept", "setting"), [("", "OYEZ_SECRET_KEY"), ("secret.key", "OYEZ_KEYS")]
)
def test_no_key_is_made_up_for_a_database_that_others_may_share(
    kept: str, setting: str, tmp_path: Path
) -> None:
    if kept:
        (tmp_path / kept).write_text("from before")
    shared = env.read({"OYEZ_DATABASE_URL": URL, "OYEZ_DATA": str(tmp_path)})
    with pytest.raises(env.WrongSetting, match=f"{setting} is not set"):
        _ = (location.secret_key(shared), location.seal_keys(shared))
    assert [path.name for path in tmp_path.iterdir()] == ([kept] if kept else [])


def test_the_embedded_house_makes_its_own(tmp_path: Path) -> None:
    ours = env.read({"OYEZ_DATA": str(tmp_path)})
    assert location.secret_key(ours) == location.secret_key(ours)
    assert len(location.seal_keys(ours).text().splitlines()) == 1


def test_keys_are_for_the_house_s_account_alone(tmp_path: Path) -> None:
    house = env.read({"OYEZ_DATA": str(tmp_path / "house")})
    location.secret_key(house)
    location.seal_keys(house)
    for name in ("secret.key", "seal.keys"):
        assert (house.data / name).stat().st_mode & 0o777 == 0o600
