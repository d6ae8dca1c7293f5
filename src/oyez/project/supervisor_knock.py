"""Where will the house stand, is the place free, and does everything in it answer?"""

from __future__ import annotations

import errno
import http.client
import json
import socket
from contextlib import suppress

from oyez.project.env import Env
from oyez.project.trouble import Trouble

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  (read, never bound)
PARTS = ("database", "worker")  # of /health's answer


def address(env: Env) -> str:
    """The address to type into a browser on this machine."""
    host = _near(env)
    return f"http://[{host}]:{env.port}" if ":" in host else f"http://{host}:{env.port}"


def all_free(env: Env) -> None:
    """Trouble where another program has one of our ports."""
    _free(env.host, env.port, "choose another with --port")
    if env.practice:
        _free("127.0.0.1", env.practice_port, "set OYEZ_PRACTICE_PORT, or say --no-practice")


def lacking(env: Env) -> str | None:
    """What does not answer yet, in words; None when web, worker, database and practice all do.

    A house that answers is up, whatever else its health says: that is for people to mend.
    """
    if env.practice and not _listens(env.practice_port):
        return "the practice network does not answer."
    asking = http.client.HTTPConnection(_near(env), env.port, timeout=5)
    try:
        asking.request(
            "GET", "/health", headers={"Host": "localhost", "Accept": "application/json"}
        )
        answer = asking.getresponse()
        told = answer.read(4096).decode(errors="replace").strip()
    except (OSError, http.client.HTTPException):
        return "the pages do not answer."
    finally:
        asking.close()
    return None if _is_up(told) else f"/health answers {answer.status} {told[:300]}"


def _is_up(told: str) -> bool:
    """Does /health say that the database and a worker are there?"""
    with suppress(ValueError):
        report = json.loads(told)
        return isinstance(report, dict) and all(report.get(part) is True for part in PARTS)
    return False


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
        return True
    return False


def _near(env: Env) -> str:
    return EVERYWHERE.get(env.host, env.host)


def _free(host: str, port: int, remedy: str) -> None:
    """Bind it and let go: the kernel knows best."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as refusal:
        if refusal.errno == errno.EADDRINUSE:
            raise Trouble(
                f"Another program uses port {port} of {host}: stop it, or {remedy}."
            ) from None
        raise Trouble(
            f"Port {port} of {host} cannot be used ({refusal.strerror}): {remedy}."
        ) from None
