"""Every part that reaches out is led to every hostile address, in every way there is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bench.faults.contract import Asked, Found, NotHeld, Row
from bench.faults.houses import a_folder
from bench.house import inherited

ROOT = Path(__file__).parents[2]


def run(asked: Asked) -> Found:
    with a_folder() as folder:
        environ = {
            **inherited(),
            "OYEZ_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "oyez.project.settings",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }
        program = [sys.executable, "-m", "tests.outside.matrix"]
        done = subprocess.run(program, env=environ, check=True, capture_output=True, text=True)
    told = json.loads(done.stdout.splitlines()[-1])
    denied = told.pop("denied_connects")
    found = {**told, "denied_connects": len(denied)}
    if denied:
        raise NotHeld(found, "\n".join(denied))
    return found


ROW = Row(16, "Nobody leads us into our own network, or to any address that is not public", run)
