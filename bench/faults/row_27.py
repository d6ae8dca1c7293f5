"""A practice house is watched by strace from its first moment: whatever any of its processes
connects or sends to is judged. Nothing but loopback and its own sockets may be among it.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from bench.faults.contract import Asked, Found, NotHeld, Row
from bench.faults.houses import a_folder
from tests.faults.place import surroundings
from tests.project.test_supervisor import free_ports

SECONDS = 40  # the sample feed comes, its items go to the wall, channels are looked at
CALLS = "trace=connect,sendto,sendmsg,sendmmsg"
_ADDRESS = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')


def run(asked: Asked) -> Found:
    if not shutil.which("strace"):
        raise NotHeld({}, "strace is not installed, so nobody can watch.")
    with a_folder() as folder:
        environ = {**surroundings(folder / "data", folder, ""), "OYEZ_PRACTICE": "yes"}
        environ |= {"OYEZ_FOLLOW_LINKS": "yes", "OYEZ_ALLOW_PRIVATE": ""}
        posts = _practises(folder, environ)
        seen = judged(folder.glob("calls.*"))
    found = {"messages": posts, "connects": seen.total(), "outside": _outside(seen)}
    if found["outside"] or not posts or not seen.total():
        raise NotHeld(found, f"Reached: {dict(seen)}.")
    return found


def _practises(folder: Path, environ: dict[str, str]) -> int:
    port = str(free_ports(1)[0])
    house = [sys.executable, "-m", "oyez", "up", "--port", port]
    watch = ["strace", "-ff", "-qq", "-e", CALLS, "-e", "signal=none", "-o", str(folder / "calls")]
    with (folder / "said").open("w") as words:
        process = subprocess.Popen([*watch, *house], env=environ, stdout=words, stderr=words)
    try:
        _until_ready(folder / "said")
        time.sleep(SECONDS)
        words = ["deliveries", "--state", "arrived", "--json"]
        told = subprocess.run(
            [sys.executable, "-m", "oyez", *words],
            env=environ, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return told.stdout.count('"remote_id"')
    finally:
        os.kill(_house(process.pid), signal.SIGINT)
        process.wait(90)


def _house(strace: int) -> int:
    """Who is watched: strace keeps its own Ctrl-C to itself."""
    return int(Path(f"/proc/{strace}/task/{strace}/children").read_text().split()[0])


def _until_ready(said: Path) -> None:
    ends = time.monotonic() + 180
    while "Oyez is ready" not in said.read_text():
        if time.monotonic() > ends:
            raise NotHeld({}, f"The house did not start: {said.read_text()[-500:]}")
        time.sleep(0.2)


def judged(files: object) -> Counter[str]:
    """How often each address was reached for."""
    lines = (line for file in files for line in file.read_text(errors="replace").splitlines())
    found = (_ADDRESS.search(line) for line in lines)
    return Counter(match[1] or match[2] for match in found if match)


def _outside(seen: Counter[str]) -> int:
    return sum(count for address, count in seen.items() if not _is_here(address))


def _is_here(address: str) -> bool:
    return address.startswith("127.") or address in {"::1", "::ffff:127.0.0.1"}


ROW = Row(27, "A practice house reaches for nothing outside its machine", run)
