"""Who owns the files around the embedded database, who may enter, and what did the dead leave?"""

from __future__ import annotations

import os
import pwd
import shutil
from contextlib import suppress
from pathlib import Path

from oyez.project.embedded_user import ServerUser, server_user
from oyez.project.trouble import Trouble

LOG_SIZE = 1_000_000  # bytes of a log before it becomes log.1


def the_user(cluster: Path, wanted: str) -> ServerUser:
    """Who runs the server: an existing cluster's owner, who alone can; else as server_user says."""
    user = server_user(wanted)
    if not cluster.exists() or (owner := cluster.stat().st_uid) == user.uid:
        return user
    name = _account(owner)
    if user.switch and owner and not wanted:
        return server_user(name)
    raise Trouble(
        f"The database in {cluster} belongs to {name}, not to {user.name}: "
        f"run as {name}, or choose another --data folder."
    )


def let_in(data: Path, user: ServerUser) -> None:
    """The data folder is ours to open for the server's account; the folders above it are not."""
    closed = user.first_closed(data)
    if closed == data and data.stat().st_uid == os.geteuid():
        data.chmod(data.stat().st_mode | 0o011)
        closed = user.first_closed(data)
    if closed:
        raise Trouble(
            f"The account {user.name}, which runs the database, cannot enter {closed}: "
            f"choose another --data folder, or open that one (chmod o+x {closed})."
        )


def make_socket_folder(sockets: Path, user: ServerUser) -> None:
    """Closed to all but the server's account (and root). Somebody else's folder is refused."""
    with suppress(FileExistsError):
        sockets.mkdir(mode=0o700)
    found = sockets.lstat()
    if found.st_uid not in {os.geteuid(), user.uid} or sockets.is_symlink():
        raise Trouble(
            f"{sockets} belongs to {_account(found.st_uid)}: remove it, "
            "or choose another --data folder."
        )
    user.own(sockets, 0o700)


def major_of(cluster: Path) -> int | None:
    """The PostgreSQL version that made this cluster, if it exists."""
    mark = cluster / "PG_VERSION"
    return int(mark.read_text().split(".")[0]) if mark.exists() else None


def drop_foreign_locks(cluster: Path, sockets: Path, told: str) -> None:
    """After a reboot an old lock can name a living stranger. Only such a lock is removed."""
    for path in [cluster / "postmaster.pid", sockets / ".s.PGSQL.5432.lock"]:
        with suppress(FileNotFoundError):
            pid = int(path.read_text().split(maxsplit=1)[0])
            if _program(pid) == "postgres":
                raise Trouble(
                    f"Another PostgreSQL (process {pid}) uses {cluster}: stop it and try again.",
                    told,
                )
            path.unlink()


def fresh_log(log: Path) -> int:
    """Move a log that has grown out of the way; where the next line will stand."""
    log.parent.mkdir(mode=0o750, exist_ok=True)
    size = log.stat().st_size if log.exists() else 0
    if size < LOG_SIZE:
        return size
    log.replace(log.with_name(f"{log.name}.1"))
    return 0


def trim(log: Path) -> None:
    """Empty a log that has grown while the server writes to it; its old content becomes log.1."""
    if log.exists() and log.stat().st_size > LOG_SIZE:
        shutil.copyfile(log, log.with_name(f"{log.name}.1"))
        os.truncate(log, 0)  # the server appends, so it goes on at the new end


def since(log: Path, mark: int) -> str:
    """What the log says from the byte `mark` on."""
    with log.open("rb") as file:
        file.seek(mark)
        return file.read().decode(errors="replace")


def _program(pid: int) -> str:
    """The name of the program that runs as this process; empty where there is none."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_text().strip()
    return ""


def _account(uid: int) -> str:
    with suppress(KeyError):
        return pwd.getpwuid(uid).pw_name
    return f"user id {uid}"
