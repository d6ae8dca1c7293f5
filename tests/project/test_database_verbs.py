"""`oyez db`: what was saved comes back, whole or not at all, and nothing is lost unasked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from oyez.project import database_rehearsal, database_verbs, env, house, location
from oyez.project.house import Holder, Lock
from oyez.project.main import main
from oyez.project.trouble import Trouble
from tests.project.places import a_folder

SOURCE = Path(__file__).resolve().parents[2] / "src"


class Here:
    """A data folder with a database in it, and the command line over it."""

    def __init__(self, folder: Path, output: pytest.CaptureFixture[str]) -> None:
        self.data = folder / "data"
        self.file = folder / "saved"
        self._output = output

    def oyez(self, *words: str) -> tuple[int, str]:
        """The exit code and the last sentence said."""
        code = main([*words, "--data", str(self.data)])
        said = self._output.readouterr()
        lines = (said.out if code == 0 else said.err).splitlines()
        return code, "\n".join(line for line in lines if not line.endswith("…"))

    def ask(self, question: str) -> list[tuple[object, ...]]:
        settings = env.read({"OYEZ_DATA": str(self.data)})
        where = str(location.socket_folder(self.data))
        with (
            house.database(settings),
            psycopg.connect(host=where, dbname="oyez", user="oyez") as db,
        ):
            answer = db.execute(question.encode())
            return answer.fetchall() if answer.description else []


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Here]:
    monkeypatch.setenv("OYEZ_DATA", "")  # put back at the end
    monkeypatch.setenv("OYEZ_DATABASE_URL", "")
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))  # `migrate` works in a child
    with a_folder() as folder:
        yield Here(folder, capsys)


def test_what_was_saved_comes_back(here: Here) -> None:
    here.ask("CREATE TABLE kept AS SELECT 'words' AS said")
    assert here.oyez("db", "backup", str(here.file))[0] == 0
    here.ask("UPDATE kept SET said = 'spoilt'; CREATE TABLE later AS SELECT 1")
    assert here.oyez("db", "restore", str(here.file), "--force")[0] == 0
    assert here.ask("SELECT said FROM kept") == [("words",)]
    assert here.ask("SELECT to_regclass('later') IS NULL") == [(True,)]
    assert here.oyez("db", "backup", str(here.file), "--force")[0] == 0


def test_pictures_come_back_with_the_rest(here: Here) -> None:
    assert here.oyez("db", "migrate")[0] == 0
    here.ask(
        "INSERT INTO library_blob (digest, size, kind) VALUES ('d', 512, 'image/png');"
        "INSERT INTO library_chunk (blob_id, number, data)"
        " SELECT id, 0, decode(repeat('00ff89', 100), 'hex') FROM library_blob"
    )
    assert here.oyez("db", "backup", str(here.file))[0] == 0
    here.ask("DELETE FROM library_chunk")
    assert here.oyez("db", "restore", str(here.file), "--force")[0] == 0
    assert here.ask("SELECT data FROM library_chunk") == [(b"\x00\xff\x89" * 100,)]


def test_a_restored_house_sends_nothing_until_a_person_looked(here: Here) -> None:
    assert here.oyez("db", "migrate")[0] == 0
    here.oyez("db", "backup", str(here.file))
    for _ in range(2):
        code, said = here.oyez("db", "restore", str(here.file), "--force")
        assert code == 0, said
    assert here.ask("SELECT by_name, ended_at FROM emergency_stop") == [("oyez db restore", None)]
    kinds = [("emergency.stopped",), ("ledger.restored",)]
    assert here.ask("SELECT kind FROM ledger_event ORDER BY id") == kinds


def test_a_backup_is_private_and_reminds_of_the_keys(here: Here) -> None:
    code, said = here.oyez("db", "backup", str(here.file))
    assert code == 0
    assert f"from {here.data}: seal.keys (or what OYEZ_KEYS says)" in said
    assert "record.head and record.marks" in said
    assert here.file.stat().st_mode & 0o777 == 0o600


def test_a_file_is_not_overwritten_unasked(here: Here) -> None:
    here.file.write_text("precious")
    code, said = here.oyez("db", "backup", str(here.file))
    assert (code, said) == (1, f"{here.file} exists: choose another name, or say --force.")
    assert here.file.read_text() == "precious"


@pytest.mark.parametrize(
    ("zone", "at"), [("Europe/London", "15:30"), ("Europe/Paris", "16:30")], ids=["here", "there"]
)
def test_a_rehearsal_says_when_on_the_house_s_own_clock(
    zone: str, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OYEZ_TIME_ZONE", zone)
    said = database_rehearsal.newest("2026-07-28T14:30:00+00:00")
    assert said == f"The last thing that it knows happened at {at} on Tuesday 28 July 2026."
    assert database_rehearsal.newest("") == "Nothing has happened in it."


def test_a_folder_that_does_not_exist_is_one_sentence(here: Here) -> None:
    missing = here.file / "nowhere"
    code, said = here.oyez("db", "backup", str(missing))
    assert (code, said) == (1, f"{missing} cannot be written (No such file or directory).")


def test_a_full_database_is_not_replaced_unasked(here: Here) -> None:
    here.ask("CREATE TABLE kept AS SELECT 'words' AS said")
    here.oyez("db", "backup", str(here.file))
    code, said = here.oyez("db", "restore", str(here.file))
    assert (code, said) == (
        1, "The database is not empty: say --force to replace what is in it."
    )  # fmt: skip


@pytest.mark.fault
def test_a_broken_backup_changes_nothing(here: Here) -> None:
    here.ask("CREATE TABLE kept AS SELECT repeat('words ', 1000) AS said")
    here.oyez("db", "backup", str(here.file))
    here.file.write_bytes(here.file.read_bytes()[:-100])
    code, said = here.oyez("db", "restore", str(here.file), "--force")
    assert code == 1
    assert said.startswith("Reading the backup failed; nothing was changed.")
    assert here.ask("SELECT count(*) FROM kept") == [(1,)]


def test_nothing_is_restored_under_a_running_house(here: Here) -> None:
    here.oyez("db", "backup", str(here.file))
    lock = Lock(here.data)
    lock.take(Holder(1, "house", ready=True))
    code, said = here.oyez("db", "restore", str(here.file))
    lock.release()
    assert code == 1
    assert said.startswith("Oyez is running on this data folder: stop it first")


def test_whoever_hangs_up_in_a_moment_is_waited_for_and_whoever_stays_is_not(here: Here) -> None:
    settings = env.read({"OYEZ_DATA": str(here.data)})
    where = str(location.socket_folder(here.data))
    with house.database(settings):
        other = psycopg.connect(host=where, dbname="oyez", user="oyez")
        with pytest.raises(Trouble, match="Other programs still use this database"):
            database_verbs.refuse_if_used(settings, force=True)
        threading.Timer(0.5, other.close).start()
        database_verbs.refuse_if_used(settings, force=True)


def test_a_rehearsal_says_what_would_come_back_and_leaves_nothing_behind(here: Here) -> None:
    assert here.oyez("db", "migrate")[0] == 0
    here.ask(
        "INSERT INTO people_person (email, name, role, duties, is_active, invited_at, language,"
        " password) VALUES ('a@b.example', 'A', 'reader', '[]', true, now(), '', '!')"
    )
    here.oyez("db", "backup", str(here.file))
    here.ask("DELETE FROM people_person")
    before = {path.name for path in here.data.iterdir()}
    code, said = here.oyez("db", "rehearse", str(here.file))
    assert (code, "people 1, channels 0" in said) == (0, True), said
    assert "Nothing has happened in it." in said, "the rehearsal took itself for news"
    assert here.ask("SELECT count(*) FROM people_person") == [(0,)], "the house was touched"
    assert {path.name for path in here.data.iterdir()} == before


def test_a_rehearsal_goes_through_the_record(here: Here) -> None:
    assert here.oyez("db", "migrate")[0] == 0
    here.ask(
        "INSERT INTO ledger_link (position, event, name_id, linked_at, digest, head, seal, key)"
        " VALUES (1, 1, 1, now(), 'd', 'h', 's', 'k')"
    )
    here.oyez("db", "backup", str(here.file))
    code, said = here.oyez("db", "rehearse", str(here.file))
    assert code == 1
    assert said.startswith("The record in it is not whole. "), said


@pytest.mark.fault
def test_a_broken_backup_is_found_out_by_a_rehearsal(here: Here) -> None:
    here.ask("CREATE TABLE kept AS SELECT repeat('words ', 1000) AS said")
    here.oyez("db", "backup", str(here.file))
    here.file.write_bytes(here.file.read_bytes()[:-100])
    assert here.oyez("db", "rehearse", str(here.file))[0] == 1
    assert here.ask("SELECT count(*) FROM kept") == [(1,)]


def test_the_database_s_programs_know_no_key_and_no_password_of_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("OYEZ_KEYS", "OYEZ_SECRET_KEY", "OYEZ_MAIL_URL"):
        monkeypatch.setenv(name, "canary")
    settings = env.read({"OYEZ_DATA": "/nowhere"})
    assert "canary" not in database_verbs.run(["/usr/bin/env"], settings, "Looking round")
