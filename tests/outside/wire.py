"""Where would the house have connected? Each socket is judged as ever; none leaves loopback."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pycurl
import pytest

from oyez.channels import outside
from oyez.kit.addresses import AddressRule
from oyez.kit.fetch.exchange import _NO_SOCKET, Exchange
from tests.servers.raw import Seen, Server, reply, serving

PUBLIC = "8.8.8.8"
"""Stands for any honest server: connecting there is right, and is written down instead."""
OURS = "127.0.0.77"
"""Where our own server is: no hostile address is this one in another spelling."""


@dataclass
class Wire:
    """What libcurl was let through to, apart from our own server, and what names lead to now."""

    server: Server
    reached: list[str] = field(default_factory=list)
    names: dict[str, list[list[str]]] = field(default_factory=dict)
    sends_to: list[str] = field(default_factory=list)
    status: int = 302

    def answer(self, seen: Seen) -> bytes:
        """Forward to the next place of `sends_to`; at the end of it, an ordinary answer."""
        if not self.sends_to:
            return reply(b"hello")
        location = self.sends_to.pop(0)
        return reply(status=f"{self.status} Away", location=location)

    def forwards(self, *locations: str, status: int = 302) -> str:
        """The address of our server, which sends whoever asks on to these, one after the other."""
        self.sends_to, self.status = list(locations), status
        return self.server.url("/a")

    def leads(self, name: str, *answers: Sequence[str]) -> None:
        """What look-ups of the name give: one list each, the last for ever."""
        self.names[name] = [list(answer) for answer in answers]


@contextmanager
def a_wire() -> Iterator[Wire]:
    """The house’s own clients, with our server and its port allowed beside the usual ones."""
    with (
        serving(lambda seen: wire.answer(seen), ip=OURS) as server,
        pytest.MonkeyPatch.context() as patch,
    ):
        wire = Wire(server)
        rule = AddressRule([server.address], ports=(80, 443, server.port))
        patch.setattr(outside, "_rule", lambda: rule)
        _stub_sockets(wire, patch)
        _stub_names(wire, patch)
        outside.client.cache_clear()
        outside.looker.cache_clear()
        yield wire
    outside.client.cache_clear()
    outside.looker.cache_clear()


def _stub_sockets(wire: Wire, patch: pytest.MonkeyPatch) -> None:
    judge = Exchange._open_socket

    def open_socket(self: Exchange, purpose: int, address: Any) -> Any:
        opened = judge(self, purpose, address)
        ip, port = address[3][:2]
        if opened is _NO_SOCKET or (ip, port) == (wire.server.ip, wire.server.port):
            return opened
        wire.reached.append(ip)
        return _NO_SOCKET

    patch.setattr(Exchange, "_open_socket", open_socket)


def _stub_names(wire: Wire, patch: pytest.MonkeyPatch) -> None:
    say_where = Exchange._say_where

    def and_resolve(self: Exchange, handle: pycurl.Curl) -> None:
        say_where(self, handle)
        target = self.request.target
        answers = wire.names.get(target.host)
        if answers:
            name = f"{target.host}:{target.port}"
            now = answers.pop(0) if len(answers) > 1 else answers[0]
            handle.setopt(pycurl.RESOLVE, [f"-{name}", f"{name}:{','.join(now)}"])

    patch.setattr(Exchange, "_say_where", and_resolve)
