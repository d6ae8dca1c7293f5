"""Which programs make up a house, and what do they know about each other?"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass

from oyez.project.env import Env
from oyez.project.supervisor_child import Part

LINES = (
    *("--http", "oyez.project.lines:Line", "--ws", "none", "--loop", "asyncio"),
    *("--backlog", "200"),
)
DJANGO = {"DJANGO_SETTINGS_MODULE": "oyez.project.settings", "PYTHONUNBUFFERED": "1"}


@dataclass(frozen=True, slots=True)
class Plan:
    """The programs of a house: `prepare` runs once before the parts, `welcome` once they answer."""

    prepare: tuple[str, ...]
    parts: tuple[Part, ...]  # in the order in which they stop
    welcome: tuple[str, ...]  # what it prints is shown, and kept out of every log


def plan(env: Env) -> Plan:
    """The pages, the practice network and the worker, each as its own process."""
    python = sys.executable
    quiet = ("--no-access-log", "--log-level", "warning", "--timeout-graceful-shutdown", "5")

    def server(application: str, host: str, port: int) -> tuple[str, ...]:
        place = ("--host", host, "--port", str(port))
        return (python, "-m", "uvicorn", f"oyez.{application}:application", *place, *LINES, *quiet)

    web = Part("web", server("project.asgi", env.host, env.port), grace=8)
    practice = Part("practice", server("practice.asgi", "127.0.0.1", env.practice_port), grace=8)
    worker = Part("worker", (python, "-m", "oyez", "worker"), grace=28)
    return Plan(
        prepare=(python, "-m", "django", "migrate", "--noinput"),
        parts=(web, practice, worker) if env.practice else (web, worker),
        welcome=(python, "-m", "oyez", "people", "first-link"),
    )


def surroundings(env: Env, environ: Mapping[str, str]) -> dict[str, str]:
    """The environment of the parts: our own, our settings, and the practice server as allowed."""
    practice = [f"127.0.0.1:{env.practice_port}"] if env.practice else []
    ours = {
        "OYEZ_DATA": str(env.data),
        "OYEZ_HOST": env.host,
        "OYEZ_PORT": str(env.port),
        "OYEZ_PRACTICE": "yes" if env.practice else "no",
        "OYEZ_PRACTICE_PORT": str(env.practice_port),
        "OYEZ_CA_FILE": env.ca_file,
        "OYEZ_ALLOW_PRIVATE": ",".join(dict.fromkeys([*env.allow_private, *practice])),
    }
    return {**environ, **DJANGO, **ours}
