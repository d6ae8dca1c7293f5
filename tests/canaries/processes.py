"""Row 25, the rest: what all processes of a running house write, are called with and know."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.canaries.canary import a_canary, found, writings
from tests.faults.place import ROOT
from tests.feeds.source import serving
from tests.loopback import free_ports
from tests.project.places import a_folder
from tests.servers import mastodon
from tests.servers.process import running


@dataclass
class Family:
    """A process and all its children, looked at all the time: words and surroundings of each."""

    root: int
    seen: dict[int, tuple[str, str]] = field(default_factory=dict)
    over: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        while not self.over.wait(0.1):
            parents = {self.root}
            for pid in sorted(int(name) for name in os.listdir("/proc") if name.isdecimal()):
                with suppress(OSError, ValueError, IndexError):
                    stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                    if pid in parents or int(stat[1]) in parents:
                        parents.add(pid)
                        self._note(pid)

    def _note(self, pid: int) -> None:
        """Once it is what it will be: a child begins as a copy of its parent."""
        words, knows = _read(pid, "cmdline"), _read(pid, "environ")
        if words and self.seen.get(pid, ("", ""))[0] != words:
            self.seen[pid] = words, knows


def _read(pid: int, name: str) -> str:
    return Path(f"/proc/{pid}/{name}").read_bytes().replace(b"\0", b"\n").decode(errors="replace")


@contextmanager
def watched(root: int) -> Iterator[Family]:
    family = Family(root)
    thread = threading.Thread(target=family.watch)
    thread.start()
    try:
        yield family
    finally:
        family.over.set()
        thread.join()


def searched() -> tuple[list[str], int]:
    """Which canary sings where, and how many places were searched, in a house with real work."""
    planted = {"mail password": a_canary("mail-password"), "token": mastodon.TOKEN}
    serves = running([sys.executable, "-m", "tests.servers.mastodon"], cwd=ROOT)
    with a_folder() as folder, serves as port, serving("Bins late", "Road closed") as source:
        environ = _surroundings(folder, planted, port, source.port)
        with _up(folder, environ) as house, watched(house.pid) as family:
            _works(environ, folder, f"http://127.0.0.1:{port}", source.url)
        data = folder / "data"
        planted["seal key"] = (data / "seal.keys").read_text().partition(":")[2].strip()
        planted["signing key"] = (data / "secret.key").read_text().strip()
        sinks = {str(one): one.read_text() for one in (data / "log").iterdir()}
        sinks["said"] = (folder / "said").read_text()
    sinks |= {f"words of {words[:60]}": words for words, _ in family.seen.values()}
    strangers = {words[:60]: knows for words, knows in family.seen.values() if not _is_ours(words)}
    if not any("postgres" in one for one in strangers):
        raise AssertionError("The database was not among the processes looked at.")
    sinks |= {f"surroundings of {words}": knows for words, knows in strangers.items()}
    return found(planted, sinks), len(sinks)


def _works(environ: dict[str, str], folder: Path, server: str, feed: str) -> None:
    token = folder / "token"
    token.write_text(mastodon.TOKEN)
    linked = ("--server", server, "--secret-file", str(token), "--name", "Town")
    _does(environ, "channels", "add", "mastodon", *linked)
    _does(environ, "feeds", "preview", feed, "--to", "Town")
    _does(environ, "feeds", "add", feed, "--to", "Town", "--trust", "automatic")
    _does(environ, "post", "The bridge is open.", "--to", "Town")
    _does(environ, "db", "backup", str(folder / "backup"))
    time.sleep(5)


def _is_ours(words: str) -> bool:
    """Our own programs read our settings; a parser’s child and the database’s programs do not."""
    return "python" in words.split("\n")[0] and '"control"' not in words


def _surroundings(folder: Path, planted: dict[str, str], server: int, feed: int) -> dict[str, str]:
    password = next(one for one in writings(planted["mail password"]) if "%2F" in one)
    plain = {name: text for name, text in os.environ.items() if not name.startswith("OYEZ_")}
    return plain | {
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "OYEZ_DATA": str(folder / "data"),
        "OYEZ_MAIL_URL": f"smtp://oyez:{password}@127.0.0.1:9",
        "OYEZ_MAIL_FROM": "oyez@council.example",
        "OYEZ_ALLOW_PRIVATE": f"127.0.0.1:{server},127.0.0.1:{feed}",
        "OYEZ_LOG_LEVEL": "DEBUG",
    }


@contextmanager
def _up(folder: Path, environ: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    port = str(free_ports(1)[0])
    command = [sys.executable, "-m", "oyez", "up", "--no-practice", "--port", port]
    with (folder / "said").open("w") as words:
        house = subprocess.Popen(command, env=environ, stdout=words, stderr=words)
    try:
        ends = time.monotonic() + 90
        while "Oyez is ready" not in (folder / "said").read_text():
            assert time.monotonic() < ends
            time.sleep(0.1)
        yield house
    finally:
        house.send_signal(signal.SIGINT)
        house.wait(60)


def _does(environ: dict[str, str], *words: str) -> None:
    command = [sys.executable, "-m", "oyez", *words]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=90)
    assert done.returncode == 0, done.stderr + done.stdout
