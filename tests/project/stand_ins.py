"""Tiny programs in the place of the pages, the worker and the practice network.

`stand_ins.py house` runs a real supervisor and a real PostgreSQL over them; each writes what
happens to it into the file named by STAND_IN_DIARY.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import FrameType

from oyez.project import env
from oyez.project.supervisor import Supervisor
from oyez.project.supervisor_child import Part
from oyez.project.supervisor_plan import Plan
from oyez.project.trouble import Trouble


def note(text: str) -> None:
    with Path(os.environ["STAND_IN_DIARY"]).open("a") as diary:
        diary.write(f"{text}\n")


class Health(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(503)
        self.end_headers()
        self.wfile.write(os.environ["STAND_IN_HEALTH"].encode())

    def log_message(self, *_: object) -> None:
        """Nothing: a part's output is a log."""


def part(name: str, port: int) -> None:
    """Live until SIGTERM; answer on the port, if there is one."""
    signal.signal(signal.SIGTERM, lambda *_: end(name, _))
    signal.signal(signal.SIGUSR1, lambda *_: complain(name))
    note(f"{name} starts {os.getpid()}")
    if port:
        server = HTTPServer(("127.0.0.1", port), Health)
        threading.Thread(target=server.serve_forever, daemon=True).start()
    while True:
        time.sleep(0.5)


def complain(name: str) -> None:
    sys.stderr.write(f"2026-01-01 10:00:00,000 WARNING {name} is only a stand-in\n")


def end(name: str, _: tuple[int, FrameType | None]) -> None:
    time.sleep(float(os.environ.get("STAND_IN_SLOWNESS", "0")))
    note(f"{name} ends")
    sys.exit(0)


def house() -> None:
    settings = env.read()
    me = (sys.executable, __file__)
    broken = (sys.executable, "-c", "import sys; sys.exit('no such thing as luck')")
    worker = broken if os.environ.get("STAND_IN_BROKEN") else (*me, "worker", "0")
    parts = (
        Part("web", (*me, "web", str(settings.port)), grace=5),
        Part("practice", (*me, "practice", str(settings.practice_port)), grace=5),
        Part("worker", worker, grace=5),
    )
    programs = Plan(
        prepare=(sys.executable, "-c", "print('prepared')"),
        parts=parts,
        welcome=(sys.executable, "-c", "print('the-link')"),
    )
    asyncio.run(Supervisor(settings, os.environ, programs).run())


if __name__ == "__main__":
    if sys.argv[1] == "house":
        try:
            house()
        except Trouble as trouble:
            sys.exit(str(trouble))
    else:
        part(sys.argv[1], int(sys.argv[2]))
