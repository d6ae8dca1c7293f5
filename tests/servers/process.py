"""How is a real counter-part started, known to be ready, and stopped without leaving anything?"""

from __future__ import annotations

import contextlib
import json
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path


@contextlib.contextmanager
def running(
    command: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    patience: float = 60.0,
) -> Iterator[int]:
    """The port of a server that prints `{"ready": true, "port": …}` when it listens."""
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, cwd=cwd, env=env, stdout=said, stderr=said)
        try:
            yield _port(process, said, time.monotonic() + patience)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)


def _port(process: subprocess.Popen[bytes], said, deadline: float) -> int:
    while True:
        said.seek(0)
        lines = said.read().splitlines()
        for line in lines:
            if line.startswith('{"ready"') and line.endswith("}"):
                return int(json.loads(line)["port"])
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("The server did not start:\n" + "\n".join(lines[-20:]))
        time.sleep(0.05)
