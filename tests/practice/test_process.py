"""Does the practice server start as a process of its own, as `up` starts it?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_it_starts_with_the_settings_of_the_house(tmp_path: Path) -> None:
    environ = {**os.environ, "OYEZ_DATA": str(tmp_path)}
    look = "import oyez.practice.asgi as practice; print(len(practice.settings.MIDDLEWARE))"
    done = subprocess.run(
        [sys.executable, "-c", look], env=environ, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 8, "it has the doors of the house"
