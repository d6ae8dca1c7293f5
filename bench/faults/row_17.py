"""Attacks in every column that holds words from outside, and each page opened in a real browser."""

from __future__ import annotations

import json
import subprocess
import sys

from bench.faults.contract import Asked, Found, NotHeld, Row
from bench.house import ROOT, inherited

WALK = "tests/journeys/test_hostile_words.py"


def run(asked: Asked) -> Found:
    """The test of the suite: it is whole already, and tells what it walked through."""
    program = [sys.executable, "-m", "pytest", WALK, "-q", "-s", "-p", "no:cacheprovider"]
    strict = {**inherited(), "OYEZ_TEST_STRICT": "1"}  # no browser is no proof
    done = subprocess.run(
        program, cwd=ROOT, env=strict, check=False, capture_output=True, text=True
    )
    lines = [line for line in done.stdout.splitlines() if line.lstrip(".").startswith('{"pages"')]
    found: Found = json.loads(lines[-1].lstrip(".")) if lines else {}
    if done.returncode:
        raise NotHeld(found, done.stdout[-2_000:])
    return found


ROW = Row(17, "No words from outside come alive on any page", run)
