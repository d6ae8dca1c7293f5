"""A mail server on loopback that keeps what it was given, and can be as difficult as real ones.

It speaks just enough SMTP (RFC 5321), with AUTH PLAIN and LOGIN, and STARTTLS or TLS where it has
a certificate. Its log of letters is the judge, never our status column.
"""

from __future__ import annotations

import base64
import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Literal, cast

Line = Literal["plain", "starttls", "tls"]


@dataclass(frozen=True)
class Got:
    """One letter that this server took."""

    sender: str
    to: list[str]
    letter: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.letter["Subject"])

    @property
    def text(self) -> str:
        return str(self.letter.get_content())


@dataclass
class Mailbox:
    """`says` answers a verb otherwise: `{"RCPT": "550 5.1.1 no such mailbox"}`. An empty answer
    hangs up, None says nothing more. `after_data` the same once the letter is in.
    """

    port: int = 0
    user: str = ""
    password: str = ""
    line: Line = "plain"
    says: dict[str, str | None] = field(default_factory=dict)
    got: list[Got] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    over_tls: list[bool] = field(default_factory=list)  # of each sign-in
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def letter(self) -> Got:
        (only,) = self.got
        return only


class _HangUp(Exception):
    """This talk is over."""


@contextlib.contextmanager
def mailbox(
    *, user: str = "", password: str = "", line: Line = "plain", tls: ssl.SSLContext | None = None
) -> Iterator[Mailbox]:
    """A server that runs until the end of the block."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Mailbox(listener.getsockname()[1], user, password, line)
    talks: list[tuple[threading.Thread, socket.socket]] = []

    def accept() -> None:
        while True:
            try:
                talk, _ = listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=_converse, args=(talk, server, tls), daemon=True)
            talks.append((thread, talk))
            thread.start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield server
    finally:
        server.closing.set()
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join(5)
        for thread, talk in talks:
            with contextlib.suppress(OSError):
                talk.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def _converse(talk: socket.socket, server: Mailbox, tls: ssl.SSLContext | None) -> None:
    with contextlib.suppress(OSError, _HangUp):
        if server.line == "tls" and tls:
            talk = tls.wrap_socket(talk, server_side=True)
        conversation = _Conversation(talk, server, tls)
        try:
            conversation.run()
        finally:
            conversation.close()


class _Conversation:
    def __init__(self, talk: socket.socket, server: Mailbox, tls: ssl.SSLContext | None) -> None:
        self.talk, self.server, self.tls = talk, server, tls
        self.reader = talk.makefile("rb")
        self.signed_in = not server.user
        self.sender, self.to = "", cast("list[str]", [])
        self.greeted = False

    def close(self) -> None:
        self.reader.close()
        self.talk.close()

    def run(self) -> None:
        self.say("220 mailbox.example ESMTP", "CONNECT")
        while line := self.reader.readline():
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            verb = text.split(" ")[0].upper()
            self.server.heard.append(text)
            getattr(self, f"_{verb.lower()}", self._unknown)(text)

    def say(self, usual: str, verb: str) -> bool:
        """Answer; was it a yes?"""
        answer = self.server.says.get(verb, usual)
        if answer is None:
            self.server.closing.wait()
            raise _HangUp
        if not answer:
            raise _HangUp
        self.talk.sendall(answer.encode() + b"\r\n")
        return answer[0] in "23"

    def _ehlo(self, text: str) -> None:
        offers = ["mailbox.example", "8BITMIME"]
        if self.server.line == "starttls" and not isinstance(self.talk, ssl.SSLSocket):
            offers.append("STARTTLS")
        elif self.server.user:
            offers.append("AUTH PLAIN LOGIN")
        lines = [f"250-{offer}" for offer in offers]
        lines[-1] = lines[-1].replace("250-", "250 ", 1)
        self.greeted = self.say("\r\n".join(lines), "EHLO")

    def _helo(self, text: str) -> None:
        self.greeted = self.say("250 mailbox.example", "HELO")

    def _starttls(self, text: str) -> None:
        if self.say("220 go ahead", "STARTTLS") and self.tls:
            self.reader.close()
            self.talk = self.tls.wrap_socket(self.talk, server_side=True)
            self.reader = self.talk.makefile("rb")

    def _auth(self, text: str) -> None:
        _, how, given = text.split(" ")
        user, password = self._plain(given) if how == "PLAIN" else self._login(given)
        self.server.over_tls.append(isinstance(self.talk, ssl.SSLSocket))
        self.signed_in = (user, password) == (self.server.user, self.server.password)
        no = "535 5.7.8 Username and Password not accepted"
        self.say("235 2.7.0 Accepted" if self.signed_in else no, "AUTH")

    def _plain(self, given: str) -> tuple[str, str]:
        _, user, password = base64.b64decode(given).decode().split("\0")
        return user, password

    def _login(self, given: str) -> tuple[str, str]:
        self.talk.sendall(b"334 UGFzc3dvcmQ6\r\n")
        return base64.b64decode(given).decode(), base64.b64decode(self.reader.readline()).decode()

    def _mail(self, text: str) -> None:
        if not self.greeted:
            self.say("503 5.5.1 Say EHLO first", "MAIL")
        elif not self.signed_in:
            self.say("530 5.7.0 Authentication required", "MAIL")
        elif self.say("250 2.1.0 OK", "MAIL"):
            self.sender, self.to = _address(text), []

    def _rcpt(self, text: str) -> None:
        if self.say("250 2.1.5 OK", "RCPT"):
            self.to.append(_address(text))

    def _data(self, text: str) -> None:
        if not self.say("354 Go on", "DATA"):
            return
        lines: list[bytes] = []
        while (line := self.reader.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        letter = message_from_bytes(b"".join(lines), policy=policy.default)
        self.server.got.append(Got(self.sender, self.to, cast("EmailMessage", letter)))
        self.say(f"250 2.0.0 Queued as {len(self.server.got)}", "AFTER DATA")

    def _rset(self, text: str) -> None:
        self.say("250 OK", "RSET")

    def _quit(self, text: str) -> None:
        self.say("221 Bye", "QUIT")
        raise _HangUp

    def _unknown(self, text: str) -> None:
        self.say("502 5.5.2 What?", "UNKNOWN")


def _address(text: str) -> str:
    return text.partition("<")[2].partition(">")[0]
