"""What did the operator set? Every OYEZ_* name, read once, typed and frozen."""

from __future__ import annotations

import os
import pwd
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from oyez.kit import disk, mailserver
from oyez.kit.addresses import AddressRule, WrongAllowance, is_of_digits

STOLEN_PASSWORDS = "https://api.pwnedpasswords.com"


class WrongSetting(Exception):
    """A setting cannot be used. The sentence names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Env:
    """The settings of one house. Empty strings mean "not set"."""

    data: Path
    organisation: str  # the body's name, in the head of every page
    url: str  # the public address, no trailing slash; Atom ids, receipts and links use it
    database_url: str  # an external PostgreSQL; empty: the embedded one
    host: str
    port: int
    public_requests: bool  # may people who have not signed in use the form at /ask?
    practice: bool
    practice_port: int
    allow_private: tuple[
        str, ...
    ]  # "address:port" or "name:port" that may be fetched although private
    breach_check: str  # who knows stolen passwords, an address; empty: nobody is asked
    follow_links: bool  # may we look where the links of a message lead?
    proxy: str
    ca_file: str
    keys: str  # "id:base64,id:base64"; the first seals, all open; empty: a file in the data folder
    secret_key: str  # signs cookies; empty: a file in the data folder
    pg_bin: str
    pg_user: str
    mail: mailserver.MailServer | None  # None: this house sends no e-mail
    mail_from: str
    call_limit: int  # seconds a network may take to answer; unknown outcomes settle after it
    session_hours: int  # after which everybody signs in anew
    idle_minutes: int  # without a click, after which a session ends
    passkeys: bool  # must whoever can publish, connect or let people in come by a passkey?
    space: disk.Limits  # how little may be free on the disk before we say so, and hold back
    time_zone: str
    language: str
    log_level: str
    log_file: str  # empty: stderr; the supervisor gathers its children's

    def disk(self) -> disk.Disk:
        """How full it is at this moment, where the house and its database are."""
        return disk.look([self.data, self.data / "pg"], self.space)

    @property
    def embedded(self) -> bool:
        return not self.database_url

    @property
    def public_host(self) -> str:
        """The name people know the house by; empty without a public address."""
        return urlsplit(self.url).hostname or ""

    @property
    def local_url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def practice_url(self) -> str:
        return f"http://127.0.0.1:{self.practice_port}"


def read(environ: Mapping[str, str] | None = None) -> Env:
    """The settings, or WrongSetting in one sentence."""
    given = os.environ if environ is None else environ
    port = _port(given, "OYEZ_PORT", 8000)
    return Env(
        data=Path(given.get("OYEZ_DATA") or default_data_folder(given)).expanduser().absolute(),
        organisation=given.get("OYEZ_ORGANISATION", "").strip(),
        url=_public_address(given.get("OYEZ_URL", "")),
        database_url=given.get("OYEZ_DATABASE_URL", ""),
        host=given.get("OYEZ_HOST", "127.0.0.1"),
        port=port,
        public_requests=_switch(given, "OYEZ_PUBLIC_REQUESTS", default=True),
        practice=_switch(given, "OYEZ_PRACTICE", default=True),
        practice_port=_port(given, "OYEZ_PRACTICE_PORT", min(port + 1, 65535)),
        allow_private=_allowances(given.get("OYEZ_ALLOW_PRIVATE", "")),
        breach_check=_breach_check(given),
        follow_links=_switch(given, "OYEZ_FOLLOW_LINKS", default=True),
        proxy=given.get("OYEZ_PROXY", ""),
        ca_file=given.get("OYEZ_CA_FILE", "") or given.get("SSL_CERT_FILE", ""),
        keys=given.get("OYEZ_KEYS", ""),
        secret_key=given.get("OYEZ_SECRET_KEY", ""),
        pg_bin=given.get("OYEZ_PG_BIN", ""),
        pg_user=given.get("OYEZ_PG_USER", ""),
        mail=_mail(given),
        mail_from=given.get("OYEZ_MAIL_FROM", "").strip(),
        call_limit=_seconds(given, "OYEZ_CALL_LIMIT", 20),
        session_hours=_whole(given, "OYEZ_SESSION_HOURS", 12, 24),
        idle_minutes=_whole(given, "OYEZ_IDLE_MINUTES", 60, 24 * 60),
        passkeys=_passkeys(given),
        space=_limits(given),
        time_zone=given.get("OYEZ_TIME_ZONE", "Europe/London"),
        language=given.get("OYEZ_LANGUAGE", "en-gb"),
        log_file=given.get("OYEZ_LOG_FILE", ""),
        log_level=given.get("OYEZ_LOG_LEVEL", "INFO").upper(),
    )


def default_data_folder(environ: Mapping[str, str]) -> Path:
    """`/var/lib/oyez` for root, else `$XDG_DATA_HOME/oyez`, else `~/.local/share/oyez`."""
    if os.geteuid() == 0:
        return Path("/var/lib/oyez")
    if base := environ.get("XDG_DATA_HOME"):
        return Path(base) / "oyez"
    home = environ.get("HOME") or pwd.getpwuid(os.geteuid()).pw_dir
    return Path(home) / ".local" / "share" / "oyez"


def _port(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name) or str(default)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise WrongSetting(f"{name} is “{text}”: give a port number from 1 to 65535.")
    return int(text)


def _seconds(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name) or str(default)
    if not text.isdecimal() or not 0 < int(text) <= 24:
        raise WrongSetting(f"{name} is “{text}”: give a number of seconds from 1 to 24.")
    return int(text)


def _whole(given: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = given.get(name) or str(default)
    if not text.isdecimal() or not 0 < int(text) <= most:
        raise WrongSetting(f"{name} is “{text}”: give a whole number from 1 to {most}.")
    return int(text)


def _limits(given: Mapping[str, str]) -> disk.Limits:
    most = 10**6  # MB
    low = _whole(given, "OYEZ_SPACE_LOW", 2_000, most)
    kept = _whole(given, "OYEZ_SPACE_KEPT", min(500, low), most)
    if kept > low:
        raise WrongSetting(
            f"OYEZ_SPACE_KEPT is “{kept}”: give no more than OYEZ_SPACE_LOW, which is {low}."
        )
    return disk.Limits(low, kept)


def _switch(given: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = (given.get(name) or ("yes" if default else "no")).lower()
    if text not in {"yes", "no", "1", "0", "true", "false"}:
        raise WrongSetting(f"{name} is “{text}”: say yes or no.")
    return text in {"yes", "1", "true"}


def _passkeys(given: Mapping[str, str]) -> bool:
    """Browsers know passkeys only under a name with TLS (or on the machine itself)."""
    asked, parts = (
        _switch(given, "OYEZ_PASSKEYS", default=False),
        urlsplit(given.get("OYEZ_URL", "")),
    )
    host = parts.hostname or ""
    known = (parts.scheme == "https" or host == "localhost") and not is_of_digits(host)
    if asked and not known:
        raise WrongSetting(
            "OYEZ_PASSKEYS is yes, but browsers know passkeys only at an https address with a "
            "name: set OYEZ_URL to one, such as https://social.example.gov.uk."
        )
    return asked


def _breach_check(given: Mapping[str, str]) -> str:
    """The public service, a mirror of one’s own, or nobody."""
    text = given.get("OYEZ_BREACH_CHECK", "")
    if text.startswith(("https://", "http://")):
        return text.rstrip("/")
    return STOLEN_PASSWORDS if _switch(given, "OYEZ_BREACH_CHECK", default=True) else ""


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _allowances(text: str) -> tuple[str, ...]:
    entries = _words(text)
    try:
        AddressRule(entries)
    except WrongAllowance as wrong:
        raise WrongSetting(f"OYEZ_ALLOW_PRIVATE cannot be used: {wrong}") from None
    return entries


def _public_address(text: str) -> str:
    if not text:
        return ""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query:
        raise WrongSetting(
            f"OYEZ_URL is “{text}”: give an address such as https://social.example.gov.uk."
        )
    return text.rstrip("/")


def _mail(given: Mapping[str, str]) -> mailserver.MailServer | None:
    """The mail server, which needs a sender; the sentences never repeat its password."""
    url, sender = given.get("OYEZ_MAIL_URL", "").strip(), given.get("OYEZ_MAIL_FROM", "").strip()
    if not url:
        return None
    try:
        server = mailserver.read(url)
    except mailserver.NotAMailServer as wrong:
        raise WrongSetting(f"OYEZ_MAIL_URL cannot be used: {wrong}") from None
    if not mailserver.is_a_sender(sender):
        raise WrongSetting(
            f"OYEZ_MAIL_FROM is “{sender}”: give the sender’s address, oyez@example.gov.uk."
        )
    return server
