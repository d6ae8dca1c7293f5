"""A promise that is a table of ways round it: each way is a test, and none may lead there."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree  # of our own making

from bench.faults.contract import Found, NotHeld
from bench.house import ROOT


def _counted(ways: list[ElementTree.Element]) -> Found:
    """What the tests themselves have counted, by record_property."""
    counted: dict[str, int] = {}
    for one in (told for way in ways for told in way.iter("property")):
        name, value = str(one.get("name")), int(str(one.get("value")))
        counted[name] = counted.get(name, 0) + value
    return counted


def all_stopped(*tests: str) -> Found:
    """Try every way in these tests; NotHeld names the first that was open."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.xml"
        command = [sys.executable, "-m", "pytest", "-n", "2", f"--junit-xml={told}", *tests]
        said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if not told.exists():
            raise NotHeld({}, said.stdout + said.stderr)
        ways = list(ElementTree.parse(told).iter("testcase"))  # noqa: S314
    open_ways = [way for way in ways if any(told.tag != "properties" for told in way)]
    found = {"ways": len(ways), "stopped": len(ways) - len(open_ways), **_counted(ways)}
    if open_ways or not ways:
        raise NotHeld(found, said.stdout[-3000:])
    return found
