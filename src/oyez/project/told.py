"""What does a running house tell its commands? The settings it was started with, but no secret.

Both must agree on them: a link that a command prints leads to the house's address, and a feed that
the house may fetch is healthy for the command too. The house writes them into its lock file.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, MutableMapping
from typing import Protocol

from oyez.project.trouble import Trouble

SHARED = (
    "OYEZ_ALLOW_PRIVATE",
    "OYEZ_BREACH_CHECK",
    "OYEZ_CALL_LIMIT",
    "OYEZ_CA_FILE",
    "OYEZ_FOLLOW_LINKS",
    "OYEZ_IDLE_MINUTES",
    "OYEZ_LANGUAGE",
    "OYEZ_MAIL_FROM",
    "OYEZ_ORGANISATION",
    "OYEZ_PASSKEYS",
    "OYEZ_PG_BIN",
    "OYEZ_PG_USER",
    "OYEZ_PROXY",
    "OYEZ_PUBLIC_REQUESTS",
    "OYEZ_SESSION_HOURS",
    "OYEZ_SPACE_KEPT",
    "OYEZ_SPACE_LOW",
    "OYEZ_TIME_ZONE",
    "OYEZ_URL",
)
WHERE = ("OYEZ_HOST", "OYEZ_PORT", "OYEZ_PRACTICE", "OYEZ_PRACTICE_PORT")  # options of `up` too
SECRET = ("OYEZ_DATABASE_URL", "OYEZ_KEYS", "OYEZ_MAIL_URL", "OYEZ_SECRET_KEY")
OF_EACH_PROCESS = ("OYEZ_DATA", "OYEZ_LOG_FILE", "OYEZ_LOG_LEVEL")
ONLY_THE_WORKER = "OYEZ_MAIL_URL"  # no command but `notices test` sends e-mail itself
ELSEWHERE = "kept by the running house"  # in the place of its keys
MAY_NAME_A_PASSWORD = ("OYEZ_BREACH_CHECK", "OYEZ_PROXY")


class House(Protocol):
    """What the lock file says of a house."""

    @property
    def told(self) -> Mapping[str, str]: ...
    @property
    def withheld(self) -> list[str]: ...


def told(environ: Mapping[str, str]) -> dict[str, str]:
    """What the house was started with and every command may read."""
    names = [name for name in (*SHARED, *WHERE) if environ.get(name)]
    return {name: environ[name] for name in names if not _is_secret(name, environ[name])}


def withheld(environ: Mapping[str, str]) -> list[str]:
    """The names of what it was started with and tells nobody."""
    return [name for name, text in environ.items() if text and _is_secret(name, text)]


def adopt(house: House, environ: MutableMapping[str, str]) -> list[str]:
    """Put the house's settings into `environ`; a sentence for each that was something else there.

    Trouble where the house has a secret without which a command would read another database, or
    fetch by another way. Keys are missed only where they are needed: anybody can stop.
    """
    if not house.told:
        return []  # a house of an earlier version tells nothing
    for name in house.withheld:
        if not environ.get(name):
            _do_without(name, environ)
    open_ones = [name for name in (*SHARED, *WHERE) if name not in house.withheld]
    said = [_differs(name, environ[name], house.told.get(name, ""))
            for name in open_ones if environ.get(name)]  # fmt: skip
    for name in open_ones:
        environ.pop(name, None)
    environ.update(house.told)
    return [sentence for sentence in said if sentence]


def _do_without(name: str, environ: MutableMapping[str, str]) -> None:
    if name == "OYEZ_KEYS":
        environ[name] = ELSEWHERE
    elif name == "OYEZ_SECRET_KEY":
        environ[name] = secrets.token_urlsafe(50)  # a command signs nobody’s cookies
    elif name != ONLY_THE_WORKER:
        raise Trouble(set_it_here(name))


def set_it_here(name: str) -> str:
    """What a command says that lacks a secret of the house."""
    return (
        f"The running house was started with {name}, and this shell has none. It is a secret, so "
        "the house keeps it nowhere: set it here too."
    )


def _differs(name: str, ours: str, theirs: str) -> str:
    if name in WHERE or set(ours.split(",")) <= set(theirs.split(",")):
        return ""
    here = "set" if _is_secret(name, ours) else f"“{ours}”"
    there = f"“{theirs}”" if theirs else "not set"
    return (
        f"{name} is {here} in this shell and {there} in the running house. "
        "What the house has counts; start it anew to change it."
    )


def _is_secret(name: str, text: str) -> bool:
    return name in SECRET or (name in MAY_NAME_A_PASSWORD and "@" in text)
