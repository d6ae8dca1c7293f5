"""How does an e-mail leave the house, and what did the server say? Django’s SMTP connection; the
conversation is ours, so that each answer of the server is known.
"""

from __future__ import annotations

import base64
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.utils.encoding import punycode

from oyez.kit.fetch.authorities import NoAuthorities, bundle
from oyez.kit.mailserver import MailServer
from oyez.notices.rules import cut, one_line

TIMEOUT = 20  # seconds for each answer of the server
OK = (250, 251)


class NotSent(Exception):
    """The sentence says why. `final`: trying again would not help."""

    def __init__(self, says: str, *, final: bool = False) -> None:
        super().__init__(says)
        self.final = final


def send(to: str, subject: str, body: str, *, number: str) -> str:
    """Hand one e-mail to the mail server; its answer. Raises NotSent.

    The same `number` gives the same Message-ID, by which many mail systems drop a second copy.
    """
    server = settings.OYEZ.mail
    assert server is not None, "Ask queries.mail_is_on() first."
    sender = settings.OYEZ.mail_from
    address = parseaddr(sender)[1]
    headers = {
        "Message-ID": f"<oyez-{number}@{address.partition('@')[2]}>",
        "Auto-Submitted": "auto-generated",  # no holiday answers, please (RFC 3834)
    }
    letter = EmailMessage(subject, body, sender, [to], headers=headers)
    whole: Any = letter.message()  # Django’s own class, which knows line ends
    content = whole.as_bytes(linesep="\r\n")
    with _connected(server) as smtp:
        smtp.ehlo_or_helo_if_needed()
        _must(server, smtp.mail(address), "does not take e-mail from OYEZ_MAIL_FROM", final=False)
        _must(server, smtp.rcpt(_on_the_wire(to)), f"does not take e-mail for {to}")
        return _must(server, smtp.data(content), "does not take this e-mail")


def _on_the_wire(address: str) -> str:
    """The address with its domain in ASCII: not every server takes others."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{punycode(domain)}"


def _must(server: MailServer, answer: tuple[int, bytes], else_says: str, final: bool = True) -> str:
    """The server’s words, if it said yes. A no with a 5 is for good, unless a setting is wrong."""
    code, said = answer
    words = f"{code} {_words(said, server)}"
    if code in OK:
        return words
    raise NotSent(f"The mail server {server} {else_says}: {words}", final=final and code >= 500)


@contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    """Signed in, and certain whom we speak to. Whatever goes wrong becomes one sentence."""
    backend = _backend(server)
    try:
        backend.open()
        assert backend.connection is not None
        yield backend.connection
    except (OSError, smtplib.SMTPException, NoAuthorities) as trouble:
        for_good = isinstance(trouble, smtplib.SMTPDataError) and trouble.smtp_code >= 500
        says = _sentence(trouble, server)
        raise NotSent(says, final=for_good) from None  # the cause may hold what we said
    finally:
        backend.fail_silently = True  # what is taken is taken, however the goodbye goes
        with suppress(OSError):
            backend.close()


def _backend(server: MailServer) -> Any:
    backend: Any = EmailBackend(
        host=server.host,
        port=server.port,
        username=server.user,
        password=server.password,
        use_tls=server.line == "starttls",
        use_ssl=server.line == "tls",
        timeout=TIMEOUT,
    )
    if server.line != "plain":
        with _as_not_sent():
            authorities = bundle(settings.OYEZ.ca_file)
            backend.ssl_context = ssl.create_default_context(cafile=authorities)
    return backend


@contextmanager
def _as_not_sent() -> Iterator[None]:
    try:
        yield
    except (OSError, NoAuthorities) as wrong:
        raise NotSent(f"The certificates to believe cannot be read: {wrong}") from wrong


def _sentence(trouble: Exception, server: MailServer) -> str:
    if isinstance(trouble, smtplib.SMTPAuthenticationError):
        said = _words(trouble.smtp_error, server)
        return (
            f"The mail server {server} refuses the name or password in OYEZ_MAIL_URL. "
            f"Correct it and start Oyez again. It says: {trouble.smtp_code} {said}"
        )
    if isinstance(trouble, smtplib.SMTPNotSupportedError):
        return f"The mail server {server} cannot do what OYEZ_MAIL_URL asks: {trouble}"
    if isinstance(trouble, smtplib.SMTPResponseException):
        said = _words(trouble.smtp_error, server)
        return f"The mail server {server} says: {trouble.smtp_code} {said}"
    if isinstance(trouble, smtplib.SMTPServerDisconnected):
        return f"The mail server {server} broke off before it had said yes."
    if isinstance(trouble, ssl.SSLCertVerificationError):
        return f"The mail server {server} cannot prove who it is: {trouble.verify_message}"
    if isinstance(trouble, ssl.SSLError):
        return f"The mail server {server} does not speak TLS there. Look at OYEZ_MAIL_URL."
    return f"The mail server {server} does not answer."


def _words(said: bytes | str, server: MailServer) -> str:
    """What the server said, on one line; never with our password in it, as it is or as it was
    sent.
    """
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    if server.password:
        plain = f"\0{server.user}\0{server.password}"
        for secret in (_sent(plain), _sent(server.password), server.password):
            text = text.replace(secret, "…")
    return cut(one_line(text), 200)


def _sent(secret: str) -> str:
    return base64.b64encode(secret.encode()).decode()
