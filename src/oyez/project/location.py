"""Where do the house's database and keys live? Answers from the settings alone; starts nothing."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from oyez.kit.keys import GivenKeys, KeptElsewhere, KeyFile, Keys
from oyez.kit.seal import new_key
from oyez.project import told
from oyez.project.env import Env, WrongSetting
from oyez.project.trouble import Trouble

PATIENCE = {"connect_timeout": 10}  # seconds
KEPT_ALIVE = {"keepalives_idle": 10, "tcp_user_timeout": 20000}  # seconds, ms: a lost peer is seen
LONGEST_SOCKET = 107  # bytes in sockaddr_un.sun_path on Linux, less the final zero


def socket_folder(data: Path) -> Path:
    """Where the embedded server's socket stands: in the data folder, or a short runtime folder
    when that is too deep.

    The answer depends on the data folder and on who asks alone (no environment), so that a command
    started from elsewhere finds the house.
    """
    inside = data / "run"
    if len(os.fsencode(inside / ".s.PGSQL.5432")) <= LONGEST_SOCKET:
        return inside
    runtime = Path("/run") if os.geteuid() == 0 and os.access("/run", os.W_OK) else Path("/tmp")  # noqa: S108
    return runtime / f"oyez-{sha256(os.fsencode(data)).hexdigest()[:12]}"


def make_data_folder(data: Path) -> None:
    """Make it if missing, closed to others; under root the database's account may walk through."""
    try:
        for folder in [*reversed(data.parents), data]:
            if not folder.exists():
                folder.mkdir()
                folder.chmod(0o755 if folder != data else 0o711 if os.geteuid() == 0 else 0o700)
        if not os.access(data, os.W_OK | os.X_OK):
            raise PermissionError
    except OSError as refusal:
        raise Trouble(
            f"The data folder {data} cannot be used ({refusal.strerror or 'no permission'}): "
            "choose another with --data."
        ) from refusal


def database(env: Env) -> dict[str, Any]:
    """Django's description of the database: the embedded one's socket, or OYEZ_DATABASE_URL."""
    given = _given(env.database_url) if env.database_url else _embedded(env)
    host = str(given.pop("host", ""))
    network = host and not host.startswith(("/", "@"))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 0,
        "HOST": host,
        "PORT": str(given.pop("port", 5432)),
        "NAME": str(given.pop("dbname")),
        "USER": str(given.pop("user", "")),
        "PASSWORD": str(given.pop("password", "")),
        "OPTIONS": {**PATIENCE, **(KEPT_ALIVE if network else {}), **given},
    }


def _embedded(env: Env) -> dict[str, Any]:
    return {"host": str(socket_folder(env.data)), "dbname": "oyez", "user": "oyez"}


def _given(url: str) -> dict[str, Any]:
    """The address in libpq's own reading, options and all; it has a name."""
    with contextlib.suppress(psycopg.ProgrammingError):
        given = conninfo_to_dict(url)
        if url.startswith(("postgres://", "postgresql://")) and given.get("dbname"):
            return given
    raise WrongSetting(
        "OYEZ_DATABASE_URL cannot be read: give postgresql://user:password@host:5432/name, "
        "perhaps with PostgreSQL’s own options (?sslmode=verify-full)."
    )


def log_handler(env: Env) -> dict[str, Any]:
    """Where log lines go: stderr, or a file for a command, whose stderr is for one sentence."""
    if not env.log_file:
        return {"class": "logging.StreamHandler"}
    try:
        Path(env.log_file).parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    except OSError as refusal:
        raise Trouble(
            f"The log {env.log_file} cannot be written ({refusal.strerror}): "
            "choose another with OYEZ_LOG_FILE."
        ) from refusal
    return {"class": "logging.FileHandler", "filename": env.log_file, "delay": True}


def secret_key(env: Env) -> str:
    if env.secret_key:
        return env.secret_key
    path = env.data / "secret.key"
    _refuse_a_key_of_its_own(env, path, "OYEZ_SECRET_KEY", "openssl rand -base64 48")
    return _kept(path, lambda: secrets.token_urlsafe(50))


def seal_keys(env: Env) -> Keys:
    """What seals tokens: the setting, or a file made on first use, outside the database."""
    if env.keys == told.ELSEWHERE:
        return KeptElsewhere(told.set_it_here("OYEZ_KEYS"))
    if env.keys:
        return GivenKeys(env.keys)
    path = env.data / "seal.keys"
    _refuse_a_key_of_its_own(env, path, "OYEZ_KEYS", "echo k1:$(openssl rand -base64 32)")
    _kept(path, lambda: new_key("k1"))
    return KeyFile(path)


def _refuse_a_key_of_its_own(env: Env, path: Path, setting: str, how: str) -> None:
    """Several machines may work on an external database: a key made up by each opens nothing."""
    if not env.embedded and not path.exists():
        raise WrongSetting(
            f"{setting} is not set and there is no {path}. Every machine of a house with an "
            f"external database needs the same one; make it once with: {how}"
        )


def _kept(path: Path, make: Callable[[], str]) -> str:
    """The file's content; made once, for its owner alone. Two first starts agree on one value."""
    make_data_folder(path.parent)
    with contextlib.suppress(FileExistsError):
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(make())
        try:
            os.link(draft, path)  # atomic: the first one wins, whole
        finally:
            draft.unlink()
    return path.read_text().strip()
