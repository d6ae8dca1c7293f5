"""A house under test that its own supervisor keeps: `oyez up`, with the judged networks."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oyez.project import lifeline
from tests.faults.place import Place
from tests.loopback import free_ports, until

READY = "Oyez is ready"
PATIENCE = 120.0  # seconds


@contextmanager
def supervised(template: Path, folder: Path, said: Path, allow: str) -> Iterator[tuple[Place, str]]:
    """The house and its address; what it says goes to a file elsewhere. The test starts nothing in
    it but the whole.
    """
    folder.mkdir()
    subprocess.run(["cp", "-a", str(template), str(folder / "data")], check=True)
    place, (port,) = Place(folder, allow), free_ports(1)
    place.environ["OYEZ_PORT"] = str(port)
    command = lifeline.tied([sys.executable, "-m", "oyez", "up"], signal.SIGINT)
    with said.open("wb") as words:
        up = subprocess.Popen(
            command, env=place.environ, stdout=words, stderr=words, start_new_session=True
        )
    try:
        until(lambda: READY in said.read_text() or up.poll() is not None, PATIENCE)
        yield place, f"http://127.0.0.1:{port}"
    finally:
        place.close_desk()
        up.send_signal(signal.SIGINT)
        up.wait(PATIENCE)
