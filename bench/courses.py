"""`./run bench courses`: what course of events breaks a delivery or a decision? Many, long ones."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence

MACHINES = ("tests/deliveries/test_life.py", "tests/decisions/test_life.py")


def main(words: Sequence[str]) -> int:
    """0 when none broke one; else the shortest course that did is printed."""
    parser = argparse.ArgumentParser(prog="./run bench courses", description=__doc__)
    parser.add_argument("--courses", type=int, default=500, help="for each machine")
    given = parser.parse_args(words)
    environ = {**os.environ, "OYEZ_TEST_COURSES": str(given.courses)}
    return subprocess.run(
        [sys.executable, "-m", "pytest", *MACHINES], env=environ, check=False
    ).returncode
