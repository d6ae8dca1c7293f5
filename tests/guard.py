"""Tests speak to this machine alone: any other address is refused before a packet leaves."""

from __future__ import annotations

import ipaddress
import sys
from typing import Any


class LeftTheMachine(BaseException):
    """A test reached for another machine. Not an OSError: nothing may swallow it."""


def refuse_other_machines() -> None:
    """From now on, in this process. Audit hooks see every socket call and cannot be undone."""
    sys.addaudithook(_judge)


def _judge(event: str, arguments: tuple[Any, ...]) -> None:
    if not event.startswith("socket."):
        return
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0]
    else:
        return
    if host is not None and not _here(host):
        raise LeftTheMachine(f"A test wanted to reach {host!r}: only this machine may be.")


def _here(host: str | bytes) -> bool:
    """Loopback, a literal that needs no look-up is judged when it is connected to."""
    name = host.decode() if isinstance(host, bytes) else host
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return name in {"", "localhost"} or name.endswith(".localhost")
