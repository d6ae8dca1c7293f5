"""Does a known vulnerability stop us, and does the bill of materials name all that runs?

The advisories themselves are out of reach of a test; a server on loopback speaks their protocol
(OSV, https://google.github.io/osv.dev/post-v1-query/).
"""

from __future__ import annotations

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements" / "run.txt").read_text()
PINS = [
    Requirement(line.rstrip(" \\")) for line in LOCK.splitlines() if re.match("[a-z].*==", line)
]
LOCKED = {pin.name: str(pin.specifier).removeprefix("==") for pin in PINS}
HERE = {pin.name for pin in PINS if not pin.marker or pin.marker.evaluate()}


class Advisories(BaseHTTPRequestHandler):
    """Knows of trouble in some packages; silent about all others."""

    trouble: ClassVar[dict[str, str]] = {}
    asked: ClassVar[set[str]] = set()

    def do_POST(self) -> None:
        query = json.loads(self.rfile.read(int(self.headers["content-length"])))
        name = query["package"]["name"]
        self.asked.add(name)
        body = json.dumps(self._about(name)).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _about(self, name: str) -> dict[str, Any]:
        if not (known := self.trouble.get(name)):
            return {}
        ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "999"}]}]
        package = {"name": name, "ecosystem": "PyPI", "purl": f"pkg:pypi/{name}"}
        affected = [{"package": package, "ranges": ranges, "versions": [LOCKED[name]]}]
        return {"vulns": [{"id": known, "summary": "Made up", "affected": affected}]}

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def advisories() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Advisories) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
        server.shutdown()
    Advisories.trouble.clear()
    Advisories.asked.clear()


def look(address: str) -> subprocess.CompletedProcess[str]:
    command = [ROOT / "run", "advisories", "-s", "osv", "--osv-url", address]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_an_advisory_about_what_is_locked_fails(advisories: str) -> None:
    Advisories.trouble["django"] = "PYSEC-0000-1"
    done = look(advisories)
    assert done.returncode == 1
    assert "PYSEC-0000-1" in done.stdout


def test_every_package_of_a_running_house_is_asked_about(advisories: str) -> None:
    done = look(advisories)
    assert (done.returncode, Advisories.asked) == (0, HERE), done.stderr


def test_what_could_not_be_asked_about_is_no_pass() -> None:
    assert look("http://127.0.0.1:9/v1/query").returncode != 0


def test_the_bill_of_materials_names_all_that_runs_with_its_hashes(tmp_path: Path) -> None:
    bill = tmp_path / "sbom.json"
    subprocess.run([ROOT / "run", "sbom", "-o", bill], check=True, capture_output=True)
    told = json.loads(bill.read_text())
    named = {one["name"]: one["version"] for one in told["components"]}
    assert named == LOCKED
    assert all(one["externalReferences"][0]["hashes"] for one in told["components"])
    assert told["metadata"]["component"]["name"] == "oyez"
