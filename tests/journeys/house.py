"""The house as a browser meets it: our ASGI application behind the server that it ships with."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from django.conf import settings
from django.db import connections

from oyez.people.models import Person
from oyez.project.asgi import application
from oyez.project.lines import Line
from tests.entering import signed_in
from tests.jobs import run_jobs


@dataclass(frozen=True)
class House:
    """A running house on loopback."""

    address: str

    def works(self) -> None:
        """Let the workers and timers do what is due; in a thread, as Playwright's loop is here."""
        aside(run_jobs)

    def pass_for(self, person: Person) -> dict[str, Any]:
        """The cookie of a session for this person."""
        client = signed_in(person)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        return {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.address}


def aside(do: Callable[[], object]) -> None:
    """Do it in a thread of its own, with database connections of its own."""

    def and_close() -> None:
        try:
            do()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(and_close).result()


@contextmanager
def open_house(served: Any = application, line: type[Line] = Line) -> Iterator[House]:
    """Serve the pages on a free port of 127.0.0.1 until the end."""
    ways: dict[str, Any] = {"http": line, "ws": "none", "loop": "asyncio", "lifespan": "off"}
    server = uvicorn.Server(uvicorn.Config(served, "127.0.0.1", 0, log_level="warning", **ways))
    thread = threading.Thread(target=server.run, name="pages")
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "The pages could not be served."
            time.sleep(0.01)
        yield House(f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}")
    finally:
        server.should_exit = True
        thread.join(10)
