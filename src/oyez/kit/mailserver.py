"""Which mail server takes our e-mail, and how is it spoken to? Read from one address."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email.utils import parseaddr
from ipaddress import ip_address
from typing import Literal
from urllib.parse import unquote, urlsplit

Line = Literal["plain", "starttls", "tls"]
LINES: dict[str, tuple[Line, int]] = {
    "smtp": ("plain", 25),
    "smtp+starttls": ("starttls", 587),
    "smtps": ("tls", 465),
}


class NotAMailServer(ValueError):
    """The address cannot be used. The sentence says what to write, and never repeats a password."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """`line`: in the clear, from STARTTLS on, or under TLS from the first byte."""

    host: str
    port: int
    line: Line
    user: str = ""
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def read(url: str) -> MailServer:
    """`smtp://user:password@host:port`, `smtp+starttls://…` or `smtps://…`.

    A password never crosses a network in the clear: with one, `smtp://` to another machine means
    STARTTLS. Special characters in name and password are written as in any address (%40 for @).
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise NotAMailServer(_HOW) from None
    if parts.scheme not in LINES or not host or parts.path.strip("/") or parts.query:
        raise NotAMailServer(_HOW)
    line, usual = LINES[parts.scheme]
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise NotAMailServer("it needs a name and a password, or neither.")
    if line == "plain" and password and not _is_this_machine(host):
        line = "starttls"
    return MailServer(host, port or usual, line, user, password)


_HOW = (
    "give smtps://name:password@mail.example.org, smtp+starttls://… or smtp://…, "
    "with special characters in name and password written as %40 and so on."
)


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


_ADDRESS = re.compile(r"[^\s@<>\"(),;:\\\[\]]+@[A-Za-z0-9.-]+")


def is_a_sender(text: str) -> bool:
    """Is it `oyez@example.org` or `Oyez <oyez@example.org>`, on one line?"""
    return text.isprintable() and _ADDRESS.fullmatch(parseaddr(text)[1]) is not None
