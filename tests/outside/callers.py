"""Who in the house reaches outside, and how does somebody choose where? Found by walking the code.

A module that gets hold of the client, or of any other wire, without a row here fails the tests.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import oyez
from oyez.channels import actions as channels
from oyez.channels import outside
from oyez.decisions.actions import following
from oyez.feeds import reading, warnings
from oyez.feeds.models import Feed
from oyez.formats.contract import Document, Entry
from oyez.kit import clock
from oyez.kit.fetch.for_requests import NotReached
from oyez.ledger.actor import Refusal
from oyez.networks import registry
from oyez.networks.contract import NetworkError, Standing
from oyez.people import discovery
from oyez.people.tokens import Wrong
from oyez.web.signin.oidc import Outside
from tests.factories import BY

ROOT = Path(next(iter(oyez.__path__)))


@dataclass(frozen=True)
class Caller:
    """A way for an address from outside to be visited: give it one, it goes there or refuses."""

    module: str
    what: str
    visits: Callable[[str], object]


def _point_to(url: str) -> None:
    entry = Entry(guid="1", url="", title="", summary="", alert_url=url)
    try:
        warnings.with_warnings(Document("", (entry,), "Atom"))
    except warnings.Unread:
        return


def _link(url: str) -> None:
    for kind in registry.standing(Standing.LINKED):
        answers = {field.name: field.default or "a@b.example" for field in kind.fields}
        try:
            channels.link(kind.name, {**answers, "server": url}, by=BY)
        except Refusal:
            continue


def _ask_linked(url: str) -> None:
    """A channel whose server, once honest, has become another place."""
    keys = SimpleNamespace(read=lambda name: "a", renew=lambda name, stale, ask: ask()["access"])
    facts = {"server": url.rstrip("/"), "did": "did:plc:a", "account_id": "1", "handle": "@a@b"}
    for kind in registry.standing(Standing.LINKED):
        try:
            kind(outside.client(), facts, keys).check()
        except NetworkError:
            continue


def _describe(url: str) -> None:
    """A provider whose description, once honest, has become another place."""
    try:
        discovery.keys({"jwks_uri": url})
    except Wrong:
        return


def _trade(url: str) -> None:
    try:
        Outside().get_requests_session().post(url, data={"code": "a"})
    except (NotReached, ValueError):  # it reads some spellings itself, and refuses them
        return


CALLERS = (
    Caller("feeds.reading", "the address of a feed being added or tried", reading.read_address),
    Caller(
        "feeds.reading",
        "the address of a feed being polled",
        lambda url: list(reading.read_feeds([Feed(url=url)], clock.now())),
    ),
    Caller(
        "feeds.reading",
        "an address on a list from another reader",
        lambda url: list(reading.read_addresses([url])),
    ),
    Caller("feeds.warnings", "a warning that a feed points to", _point_to),
    Caller("decisions.actions.following", "a link in an item or a message", following._look),
    Caller("channels.actions.linking", "the server of a channel being linked", _link),
    Caller("channels.queries", "the server of a channel that is linked", _ask_linked),
    Caller("people.discovery", "an address in a provider’s description of itself", _describe),
    Caller("web.signin.oidc", "where a provider trades codes for tokens", _trade),
)

NOBODY_OUTSIDE_CHOOSES = {
    "channels.outside": "It makes the client.",
    "people.outside": "It makes the client.",
    "people.breaches": "The service of the operator’s own setting, OYEZ_BREACH_CHECK.",
    "kit.addresses": "It reads spelt-out addresses and opens nothing.",
    "kit.fetch": "It is the client.",
    "formats.cradle": "Pairs of sockets between our own two processes.",
    "formats.nursery": "Pairs of sockets between our own two processes.",
    "notices.mail": "The mail server of the operator’s own setting, OYEZ_MAIL_URL.",
    "project.supervisor_knock": "Our own pages, on loopback.",
}
"""Modules that hold a wire which nothing from outside can point anywhere."""

NOT_FETCHED = {
    "pictures, films and style sheets of a feed": "No reader of feeds keeps their addresses.",
    "webhooks": "There are none yet; the first one needs a row in CALLERS.",
    "pictures of answers and profiles": "Profiles of linked channels are shown in words only.",
}
"""What other products of this kind fetch and this one does not."""

_WIRES = {
    *("pycurl", "socket", "smtplib", "http.client", "urllib.request", "ssl", "asyncio.streams"),
    *("requests", "httpx", "aiohttp", "urllib3", "websockets", "ftplib", "imaplib", "telnetlib"),
    *("django.core.mail", "django.core.mail.backends.smtp", "xmlrpc.client", "socketserver"),
}
"""Beside these only the database driver connects, to the operator’s own OYEZ_DATABASE_URL."""

_CLIENTS = {
    ("oyez.kit.fetch", "Client"),
    ("oyez.channels.outside", "client"),
    ("oyez.channels.outside", "looker"),
    ("oyez.channels", "outside"),
    ("oyez.people.outside", "client"),
    ("oyez.people", "outside"),
}


def reaching_outside() -> set[str]:
    """The modules that import a wire, or get hold of the one client."""
    return {name for name, path in _modules() if any(_reaches(node) for node in _nodes(path))}


def _modules() -> Iterator[tuple[str, Path]]:
    for path in ROOT.rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        yield ("kit.fetch" if name.startswith("kit.fetch") else name), path


def _nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text()))


def _reaches(node: ast.AST) -> bool:
    if isinstance(node, ast.Import):
        return any(name.name in _WIRES for name in node.names)
    if isinstance(node, ast.ImportFrom):
        pairs = {(node.module or "", name.name) for name in node.names}
        return node.module in _WIRES or bool(pairs & _CLIENTS)
    return False
