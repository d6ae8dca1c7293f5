"""How is the embedded database made, and with which settings does it run?"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from oyez.project.embedded_binaries import Binaries
from oyez.project.embedded_user import ServerUser, own_name
from oyez.project.trouble import Trouble

NAME = "oyez"  # the database, the role that owns it, and the map of accounts that may be it
ENVIRON = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LC_ALL": "C",
}  # no secret of ours goes to the server

FILLING = f"CREATE ROLE {NAME} LOGIN CREATEDB;\nCREATE DATABASE {NAME} OWNER {NAME};\n"

SETTINGS = {
    "listen_addresses": "",  # no TCP at all
    "unix_socket_permissions": "0700",
    "cluster_name": NAME,
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "32MB",
    "max_connections": "160",  # two busy workers, the pages and the command line: tests/project
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "max_parallel_workers_per_gather": "0",
    "autovacuum_max_workers": "2",
    "min_wal_size": "32MB",
    "max_wal_size": "256MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_destination": "stderr",
    "logging_collector": "off",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "log_line_prefix": "%m ",
}


def create(binaries: Binaries, user: ServerUser, folder: Path, *, durable: bool = True) -> None:
    """Make it beside its place and rename it: a killed first start leaves nothing half made."""
    draft = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    user.own(draft, 0o700)
    haste = [] if durable else ["--no-sync"]
    for locale in _locales(binaries.major):
        made = _run(
            [binaries["initdb"], *_options(binaries.major), *haste, *locale, str(draft)], user
        )
        if made.returncode == 0:
            break
    else:
        raise Trouble("The database could not be made: data/log says why.", made.stdout)
    single = [binaries["postgres"], "--single", "-D", str(draft), "postgres"]
    filled = _run(single, user, FILLING)
    if filled.returncode or "ERROR:" in filled.stdout or "FATAL:" in filled.stdout:
        raise Trouble("The database could not be made: data/log says why.", filled.stdout)
    draft.rename(folder)


def admit(folder: Path, user: ServerUser) -> None:
    """Let two accounts in by their kernel-proved name, as the role oyez: ours and the server's.

    Plain `peer` would refuse root, whose name is not the role's.
    """
    accounts = dict.fromkeys([own_name(), user.name])
    _own_file(folder / "pg_hba.conf", f"local all all peer map={NAME}\n", user)
    _own_file(
        folder / "pg_ident.conf", "".join(f'{NAME} "{name}" {NAME}\n' for name in accounts), user
    )


def options(major: int, sockets: Path, extra: dict[str, str]) -> list[str]:
    """The server's settings, on its command line: the newest code decides, no file grows old."""
    quoted = str(sockets).replace('"', '""')
    chosen = SETTINGS | {"unix_socket_directories": f'"{quoted}"'} | extra
    if major >= 18:
        chosen["io_method"] = "sync"  # three processes fewer
    return [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]


def _options(major: int) -> list[str]:
    checksums = [] if major >= 18 else ["--data-checksums"]  # the default from 18 on
    return [
        "--username=postgres", "--encoding=UTF8", "--auth-local=peer", "--auth-host=reject",
        "--no-instructions", *checksums,
    ]  # fmt: skip


def _locales(major: int) -> list[list[str]]:
    """The built-in C.UTF-8 is the same on every machine; older servers borrow its own, or C."""
    if major >= 17:
        return [["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]]
    return [["--locale=C.UTF-8"], ["--locale=C"]]


def _run(command: list[str], user: ServerUser, said: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  (our own binaries)
        command, input=said, text=True, check=False, cwd="/", env=ENVIRON,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        user=user.uid if user.switch else None, group=user.gid if user.switch else None,
        extra_groups=[] if user.switch else None,
    )  # fmt: skip


def _own_file(path: Path, text: str, user: ServerUser) -> None:
    path.write_text(text)
    user.own(path, 0o600)
