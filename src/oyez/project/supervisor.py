"""`oyez up`: what starts in which order, who watches over it, and how does it all end?

The database, its tables, then the pages, the worker and the practice network; the end in reverse.
Should this process be killed, the kernel ends its children (lifeline.py).
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import suppress

import click

from oyez.project import embedded_files, house, supervisor_knock, told
from oyez.project.embedded import Server
from oyez.project.env import Env
from oyez.project.supervisor_child import LONG_ENOUGH, Child, Log, Part, how, pauses
from oyez.project.supervisor_plan import Plan, surroundings
from oyez.project.trouble import Trouble

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TO_BE_READY = 120.0  # seconds


class Supervisor:
    """One house, from `up` to the last process gone."""

    def __init__(self, env: Env, environ: Mapping[str, str], programs: Plan) -> None:
        self.env = env
        self.address = supervisor_knock.address(env)
        self._lock = house.Lock(env.data)
        self._server = Server(env.data, env) if env.embedded else None
        self._environ = surroundings(env, environ)
        self._plan = programs
        self._children = [self._child(part) for part in programs.parts]
        self._hurry = asyncio.Event()
        self._ending = False
        self._ready = False

    async def run(self) -> None:
        """Return when a signal asked for the end and all is over; Trouble when it cannot run."""
        work = asyncio.ensure_future(self._live())
        loop = asyncio.get_running_loop()
        heard = [sign for sign in SIGNALS if not _under_nohup(sign)]
        for sign in heard:
            loop.add_signal_handler(sign, self._asked_to_stop, work)
        try:
            await work
        except asyncio.CancelledError:
            say("Stopping…")
        finally:
            await self._stop()
            for sign in heard:
                loop.remove_signal_handler(sign)
        say("Stopped.")

    def _asked_to_stop(self, work: asyncio.Future[None]) -> None:
        """The first signal ends the work in order, the second one in haste."""
        if self._ending:
            self._hurry.set()
        self._ending = True
        work.cancel()

    async def _live(self) -> None:
        await self._take_the_lock()
        supervisor_knock.all_free(self.env)
        await self._start_database()
        say("Preparing its tables…")
        await self._once("migrate", self._plan.prepare)
        self._lock.ready()
        names = [child.part.name for child in self._children]
        say(f"Starting {', '.join(names[:-1])} and {names[-1]}…")
        try:
            async with asyncio.TaskGroup() as tasks:
                for child in self._children:
                    tasks.create_task(child.keep(self._died))
                if self._server:
                    tasks.create_task(self._keep_database(self._server))
                tasks.create_task(self._announce())
        except* Trouble as several:
            raise several.exceptions[0] from None

    async def _take_the_lock(self) -> None:
        """Wait for a command that is at work; another house is refused in one sentence."""
        tells, hides = told.told(self._environ), told.withheld(self._environ)
        us = house.Holder(os.getpid(), "house", False, self.address, tells, hides)
        await paced(house.taking(self._lock, us, self.env.data))

    async def _start_database(self) -> None:
        if self._server:
            say("Starting the database…")
            await paced(self._server.starting())

    async def _keep_database(self, server: Server) -> None:
        """Start it again whenever it ends, and keep its log small."""
        clock = asyncio.get_running_loop().time
        waits = pauses()
        while True:
            began = clock()
            code = await self._end_of(server)
            if clock() - began > LONG_ENOUGH:
                waits = pauses()
            pause = next(waits)
            warn(f"The database ended ({how(code)}); starting it again in {pause:.0f} s.")
            await asyncio.sleep(pause)
            await self._bring_back(server, waits)

    async def _bring_back(self, server: Server, waits: Iterator[float]) -> None:
        """On a full disk it cannot start: that is tried until there is room."""
        while True:
            try:
                return await paced(server.starting())
            except (Trouble, OSError) as trouble:
                if not (disk := self.env.disk()).short:
                    raise
                pause = next(waits)
                warn(f"{trouble} {disk.says} Trying again in {pause:.0f} s.")
                await asyncio.sleep(pause)

    async def _end_of(self, server: Server) -> int:
        end = asyncio.ensure_future(asyncio.to_thread(server.wait))
        while not (await asyncio.wait([end], timeout=60))[0]:
            embedded_files.trim(server.log)
        return end.result()

    async def _announce(self) -> None:
        """Say where the house is once everything in it answers, and who may come in first."""
        clock = asyncio.get_running_loop().time
        until = clock() + TO_BE_READY
        while (lacking := await asyncio.to_thread(supervisor_knock.lacking, self.env)) is not None:
            if clock() > until:
                raise Trouble(
                    f"Oyez did not get ready in {TO_BE_READY:.0f} s: {lacking} "
                    f"See {self.env.data}/log."
                )
            await asyncio.sleep(0.2)
        self._ready = True
        say(f"Oyez is ready: {self.address}")
        await self._welcome()

    async def _welcome(self) -> None:
        """The one-time link for the first administrator, if nobody is there yet; never in a log."""
        try:
            words = await self._once("welcome", self._plan.welcome, logged=False)
        except Trouble as trouble:
            warn(f"The sign-in link could not be made. {trouble}")
        else:
            if words:
                say("Sign in once, within 15 minutes:")
                say("\n".join(words))

    async def _once(self, name: str, command: tuple[str, ...], *, logged: bool = True) -> list[str]:
        """Run one of our own programs to its end; its last words."""
        child = self._child(Part(name, command, grace=8), logged=logged)
        self._children.append(child)
        code = await child.run()
        self._children.remove(child)
        child.log.close()
        if code:
            raise Trouble(last_words(child, code))
        return list(child.log.last)

    def _child(self, part: Part, *, logged: bool = True) -> Child:
        path = self.env.data / "log" / f"{part.name}.log" if logged else None
        return Child(part, self._environ, Log(part.name, path, self._problem))

    def _problem(self, line: str) -> None:
        """Starting parts complain until the others are there; from then on people should know."""
        if self._ready:
            warn(line)

    def _died(self, child: Child, code: int, pause: float) -> None:
        if not self._ready:
            raise Trouble(last_words(child, code))
        warn(
            f"{child.part.name} ended ({how(code)}); starting it again in {pause:.0f} s. "
            f"{child.log.path} says why."
        )

    async def _stop(self) -> None:
        for child in self._children:
            await child.stop(self._hurry)
            child.log.close()
        if self._server:
            await self._stop_database(self._server)
        self._lock.release()

    async def _stop_database(self, server: Server) -> None:
        stopping = asyncio.ensure_future(asyncio.to_thread(server.stop))
        hurry = asyncio.ensure_future(self._hurry.wait())
        await asyncio.wait([stopping, hurry], return_when=asyncio.FIRST_COMPLETED)
        hurry.cancel()
        if not stopping.done():
            await asyncio.to_thread(server.stop, hard=True)
        await stopping


async def paced(steps: Iterator[float]) -> None:
    """Sleep as long as each step says, until the steps are done."""
    for pause in steps:
        await asyncio.sleep(pause)


def last_words(child: Child, code: int) -> str:
    """The sentence about a program that ended too early, with the end of its log."""
    words = "\n".join(f"  {line}" for line in child.log.last)
    return f"{child.part.name} ended at once ({how(code)}). Its last words:\n{words}"


def _under_nohup(sign: signal.Signals) -> bool:
    """Whoever ignores the terminal's end for us means it; other signals always end the house."""
    return sign == signal.SIGHUP and signal.getsignal(sign) == signal.SIG_IGN


def say(line: str) -> None:
    """A line for whoever sits at the terminal; a closed terminal is no failure."""
    if line:
        with suppress(OSError):
            click.echo(line)


def warn(line: str) -> None:
    with suppress(OSError):
        click.echo(line, err=True)
