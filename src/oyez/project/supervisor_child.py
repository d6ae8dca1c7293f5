"""How is one part of the house kept running, heard and ended?"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import signal
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path

from oyez.project import lifeline

LOG_SIZE = 1_000_000  # bytes; two older files are kept
LONG_ENOUGH = 60.0  # seconds after which a part counts as well again
PROBLEM = re.compile(r"^(\S+ \S+ )?(WARNING|ERROR|CRITICAL)\b")


@dataclass(frozen=True, slots=True)
class Part:
    """A program that the house keeps running. `grace`: seconds it may take to finish its work."""

    name: str
    command: tuple[str, ...]
    grace: float


class Log:
    """A part's words: all in a small rotated file, problems also to `warn`, the last few kept.

    Without a path they are kept in memory alone.
    """

    def __init__(self, name: str, path: Path | None, warn: Callable[[str], None]) -> None:
        self.path = path
        self._name = name
        self.last: deque[str] = deque(maxlen=15)
        self._warn = warn
        self._file: logging.Handler = logging.NullHandler()
        if path:
            path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
            self._file = RotatingFileHandler(path, maxBytes=LOG_SIZE, backupCount=2, delay=True)

    async def follow(self, words: asyncio.StreamReader) -> None:
        """Write down what is said until the speaker has gone."""
        rest = b""
        while chunk := await words.read(65536):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                self._note(line)
            if len(rest) > 65536:  # a line without end
                self._note(rest)
                rest = b""
        if rest:
            self._note(rest)

    def close(self) -> None:
        self._file.close()

    def _note(self, raw: bytes) -> None:
        line = raw.decode(errors="replace").rstrip()
        self.last.append(line)
        self._file.emit(logging.makeLogRecord({"msg": line}))
        if PROBLEM.match(line):
            self._warn(f"{self._name}: {line}")


class Child:
    """One part in a session of its own, so that Ctrl-C reaches the supervisor alone."""

    def __init__(self, part: Part, environ: Mapping[str, str], log: Log) -> None:
        self.part = part
        self.log = log
        self._environ = dict(environ)
        self._process: asyncio.subprocess.Process | None = None
        self._hearing: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    async def run(self) -> int:
        """Run it once, to its end; the exit code (negative: the signal that ended it)."""
        self._process = process = await asyncio.create_subprocess_exec(
            *lifeline.tied(list(self.part.command)),
            env=self._environ, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        if process.stdout:
            self._hearing = asyncio.create_task(self.log.follow(process.stdout))
        code = await process.wait()
        await self._sweep()
        return code

    async def keep(self, died: Callable[[Child, int, float], None]) -> None:
        """Run it for ever. `died(child, code, pause)` is told each time, and may raise instead."""
        clock = asyncio.get_running_loop().time
        waits = pauses()
        while True:
            began = clock()
            code = await self.run()
            if clock() - began > LONG_ENOUGH:
                waits = pauses()
            pause = next(waits)
            died(self, code, pause)
            await asyncio.sleep(pause)

    async def stop(self, hurry: asyncio.Event) -> None:
        """Ask it to finish, wait out its grace (or `hurry`), then end it with all it started."""
        process = self._process
        if process is None:
            return
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.terminate()
            ends = [asyncio.ensure_future(process.wait()), asyncio.ensure_future(hurry.wait())]
            await asyncio.wait(ends, timeout=self.part.grace, return_when=asyncio.FIRST_COMPLETED)
            ends[1].cancel()
        await self._sweep()
        await process.wait()

    async def _sweep(self) -> None:
        """End whatever is left of its session, and hear its last words."""
        if self._process:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        if self._hearing:
            await asyncio.wait([self._hearing], timeout=2)


def pauses() -> Iterator[float]:
    """Seconds to wait before each new start: 1, 2, 4 … 30."""
    pause = 1.0
    while True:
        yield min(pause, 30.0)
        pause = min(pause * 2, 30.0)


def how(code: int) -> str:
    """An exit code in words."""
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name
