"""How are thousands of addresses asked at once? One libcurl multi handle in a thread of its own.

A thread of its own, because a caller who takes long over one answer must not let the others time
out. At most `at_once` answers are under way or waiting to be taken, so memory has a bound too.
"""

from __future__ import annotations

import contextlib
import queue
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pycurl

from oyez.kit.fetch.contract import Answer, FetchError, Request
from oyez.kit.fetch.exchange import Exchange, House
from oyez.kit.fetch.manners import Manners
from oyez.kit.fetch.outgoing import Outgoing, outgoing
from oyez.kit.fetch.redirects import MOST_REDIRECTS, onward, too_many

Polled = tuple[Request, Answer | FetchError]

_PATIENCE = 1.0  # seconds to wait for the thread when a caller walks away or is done

MOST_PER_HOST = 8  # together, as a browser would about do

_READY = {pycurl.POLL_IN: selectors.EVENT_READ, pycurl.POLL_OUT: selectors.EVENT_WRITE}
_READY[pycurl.POLL_INOUT] = selectors.EVENT_READ | selectors.EVENT_WRITE


@dataclass(slots=True)
class _Flight:
    """One request under way, over all its redirects. Its time begins when its host is free."""

    request: Request
    out: Outgoing
    host: str
    redirects: int = 0
    deadline: float = 0.0


def poll(
    requests: Iterable[Request], house: House, *, at_once: int, seconds: float
) -> Iterator[Polled]:
    """Each request with its answer or its failure, in the order in which they end.

    `requests` is read in the caller's thread, a little ahead of what is taken.
    """
    wires = _Wires(house, seconds)
    under_way = 0
    try:
        for request in requests:
            try:
                out = outgoing("GET", request.url, headers=request.headers)
            except FetchError as error:
                yield request, error
                continue
            wires.send(_Flight(request, out, out.target.host))
            under_way += 1
            if under_way >= at_once:
                yield wires.take()
                under_way -= 1
        for _ in range(under_way):
            yield wires.take()
    finally:
        wires.stop()


class _Wires:
    """The multi handle and the thread that drives it."""

    def __init__(self, house: House, seconds: float) -> None:
        self._house = house
        self._seconds = seconds
        self._manners: Manners[_Flight] = Manners(MOST_PER_HOST)
        self._ready: deque[_Flight] = deque()
        self._inbox: queue.SimpleQueue[_Flight | None] = queue.SimpleQueue()
        self._outbox: queue.SimpleQueue[Polled | Exception] = queue.SimpleQueue()
        self._bell, self._rope = socket.socketpair()
        self._rope.setblocking(False)
        self._flying: dict[pycurl.Curl, tuple[_Flight, Exchange]] = {}
        self._alarm: float | None = None
        self._thread = threading.Thread(target=self._run, name="poller", daemon=True)
        self._thread.start()

    def send(self, flight: _Flight | None) -> None:
        self._inbox.put(flight)
        with contextlib.suppress(OSError):  # it is ringing already, or the thread has ended
            self._rope.send(b"!")

    def take(self) -> Polled:
        """The next one that ended; what broke the thread itself is raised here."""
        taken = self._outbox.get()
        if isinstance(taken, Exception):
            raise taken
        return taken

    def stop(self) -> None:
        """Drop what is still under way. A name look-up that hangs is left to the thread."""
        self.send(None)
        self._thread.join(_PATIENCE)

    def _run(self) -> None:
        try:
            with (
                selectors.DefaultSelector() as selector,
                contextlib.closing(pycurl.CurlMulti()) as multi,
            ):
                self._drive(multi, selector)
                for handle in self._flying:
                    multi.remove_handle(handle)
                    handle.close()
        except Exception as error:  # noqa: BLE001 - the caller waits in take() and must hear of it
            self._outbox.put(error)
        finally:
            self._bell.close()
            self._rope.close()

    def _drive(self, multi: pycurl.CurlMulti, selector: selectors.BaseSelector) -> None:
        """Wait for sockets, libcurl's alarm or the bell. epoll, since select() ends at fd 1024."""

        def watch(what: int, fd: int, _multi: object, _data: object) -> None:
            known = fd in selector.get_map()
            if what == pycurl.POLL_REMOVE:
                if known:
                    selector.unregister(fd)
            elif what in _READY:
                (selector.modify if known else selector.register)(fd, _READY[what])

        multi.setopt(pycurl.M_SOCKETFUNCTION, watch)
        multi.setopt(pycurl.M_TIMERFUNCTION, self._set_alarm)
        selector.register(self._bell, selectors.EVENT_READ)
        while True:
            for key, events in selector.select(self._patience()):
                if key.fileobj is self._bell:
                    if not self._answer_bell(multi):
                        return
                else:
                    multi.socket_action(key.fd, _as_curl(events))
            if self._patience() == 0:
                self._alarm = None
                multi.socket_action(pycurl.SOCKET_TIMEOUT, 0)
            self._collect(multi)
            self._start_ready(multi)

    def _set_alarm(self, milliseconds: int) -> None:
        self._alarm = None if milliseconds < 0 else time.monotonic() + milliseconds / 1000

    def _patience(self) -> float | None:
        return None if self._alarm is None else max(self._alarm - time.monotonic(), 0)

    def _answer_bell(self, multi: pycurl.CurlMulti) -> bool:
        """Let in what was handed over. False when told to stop."""
        self._bell.recv(4096)
        while not self._inbox.empty():
            flight = self._inbox.get()
            if flight is None:
                return False
            if self._manners.enter(flight.host, flight):
                self._ready.append(flight)
        return True

    def _start_ready(self, multi: pycurl.CurlMulti) -> None:
        while self._ready:
            flight = self._ready.popleft()
            flight.deadline = time.monotonic() + self._seconds
            self._launch(multi, flight)

    def _report(self, flight: _Flight, came: Answer | FetchError) -> None:
        self._outbox.put((flight.request, came))
        following = self._manners.leave(flight.host)
        if following is not None:
            self._ready.append(following)

    def _launch(self, multi: pycurl.CurlMulti, flight: _Flight) -> None:
        exchange, handle = Exchange(flight.out, self._house, flight.deadline), pycurl.Curl()
        try:
            exchange.prepare(handle)
        except (FetchError, pycurl.error) as error:
            handle.close()
            failed = error if isinstance(error, FetchError) else exchange.failure(error)
            self._report(flight, failed)
            return
        self._flying[handle] = flight, exchange
        multi.add_handle(handle)

    def _collect(self, multi: pycurl.CurlMulti) -> None:
        more = True
        while more:
            more, arrived, failed = multi.info_read()
            for handle in arrived:
                flight, exchange = self._land(multi, handle)
                self._settle(multi, flight, exchange.answer(handle))
                handle.close()
            for handle, code, message in failed:
                flight, exchange = self._land(multi, handle)
                self._report(flight, exchange.failure(pycurl.error(code, message)))
                handle.close()

    def _land(self, multi: pycurl.CurlMulti, handle: pycurl.Curl) -> tuple[_Flight, Exchange]:
        multi.remove_handle(handle)
        return self._flying.pop(handle)

    def _settle(self, multi: pycurl.CurlMulti, flight: _Flight, answer: Answer) -> None:
        """Hand the answer over, or follow where it points."""
        try:
            following = onward(flight.out, answer)
            if following is not None and flight.redirects == MOST_REDIRECTS:
                raise too_many(flight.out)
        except FetchError as error:
            self._report(flight, error)
            return
        if following is None:
            self._report(flight, answer)
            return
        flight.out, flight.redirects = following, flight.redirects + 1
        self._launch(multi, flight)


def _as_curl(events: int) -> int:
    reading = pycurl.CSELECT_IN if events & selectors.EVENT_READ else 0
    writing = pycurl.CSELECT_OUT if events & selectors.EVENT_WRITE else 0
    return int(reading | writing)
