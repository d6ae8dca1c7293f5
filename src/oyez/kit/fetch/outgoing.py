"""What exactly leaves? Turns a caller's wish into a checked target, headers and body."""

from __future__ import annotations

import json as json_module
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode, urlsplit

from oyez.kit.fetch.contract import NotSent, Upload

MOST_SENT = 512 * 1024 * 1024
"""Bytes of one request: it is held in memory while it goes out."""

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_.-]{1,254}|\[[0-9a-f:.]{2,45}\]")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_UNSAFE_VALUE = re.compile("[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")
_UNSAFE_URL = re.compile("[\x00-\x1f\x7f\\\\\ud800-\udfff]")
_DEVIATES = re.compile("[ßς\u200c\u200d]")  # IDNA 2003 and 2008 read these as different names
_OURS = {"host", "content-length", "transfer-encoding", "connection", "expect", "upgrade", "te"}


@dataclass(frozen=True, slots=True)
class Target:
    """A checked http(s) address. `host` is ASCII, lower-case, with brackets around IPv6."""

    scheme: str
    host: str
    port: int
    path: str

    def __str__(self) -> str:
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}{self.path}"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One request as it will leave. `parts` are the fields and files of a multipart form.

    Printed without headers and content: those may hold secrets.
    """

    method: str
    target: Target
    headers: Mapping[str, str] = field(repr=False)
    body: bytes | None = field(default=None, repr=False)
    parts: Mapping[str, str | Upload] | None = field(default=None, repr=False)

    @property
    def repeatable(self) -> bool:
        """Whether asking twice is harmless, so that connections and redirects may be reused."""
        return self.method in {"GET", "HEAD"}


def outgoing(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    json: object | None = None,
    form: Mapping[str, str] | None = None,
    body: bytes | None = None,
    files: Mapping[str, Upload] | None = None,
) -> Outgoing:
    """The checked request, or NotSent in a sentence; ValueError for a caller's own mistake."""
    if sum(given is not None for given in (json, form, body)) > 1 or (
        files is not None and (json is not None or body is not None)
    ):
        raise ValueError("give one of json, form and body; files go alone or with form")
    if not re.fullmatch("[A-Z]{3,16}", method):
        raise ValueError(f"{method!r} is no HTTP method")
    content_type, content = _content(json, form if files is None else None, body)
    checked = check_headers({**content_type, **lower(headers or {})})
    for file in (files or {}).values():
        check_headers({"content-type": file.media_type})
    parts: dict[str, str | Upload] | None = None if files is None else {**(form or {}), **files}
    if len(content or b"") + sum(len(file.content) for file in (files or {}).values()) > MOST_SENT:
        raise NotSent(f"The file is too big to be sent: {MOST_SENT // 1_000_000} MB is the most.")
    return Outgoing(method, target(url), checked, content, parts)


def target(url: str) -> Target:
    """The address taken apart and written anew, so that libcurl cannot read it differently.

    Raises NotSent in a sentence for anything but a plain http(s) address.
    """
    if _UNSAFE_URL.search(url.strip()):
        raise NotSent("The address holds a line break, a backslash or a control character.")
    try:
        parts = urlsplit(url.strip())
        scheme, host, port = parts.scheme.lower(), parts.hostname or "", parts.port
    except ValueError as error:
        raise NotSent("The address cannot be read.") from error
    if scheme not in _PORTS:
        raise NotSent("Only addresses that begin with http:// or https:// can be fetched.")
    if "@" in parts.netloc:
        raise NotSent("The address holds a user name or password before its host.")
    if port == 0:
        raise NotSent("The address names port 0, which does not exist.")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._[]|")
    query = "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|") if parts.query else ""
    return Target(scheme, _host(host), port or _PORTS[scheme], path + query)


def check_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers, with a line break refused: it would smuggle in a header of its own."""
    for name, value in headers.items():
        if not _TOKEN.fullmatch(name) or _UNSAFE_VALUE.search(value):
            raise NotSent(f"The header {name!r} holds a line break or a forbidden character.")
        if name.lower() in _OURS or name.lower().startswith("proxy-"):
            raise ValueError(f"the header {name} is the client's own")
    return dict(headers)


def lower(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers under lower-case names, so that the same name cannot stand twice."""
    return {name.lower(): value for name, value in headers.items()}


def _host(host: str) -> str:
    if ":" in host:
        host = f"[{host}]"
    elif not host.isascii():
        host = _in_ascii(host)
    host = host.lower()
    if not _HOST.fullmatch(host):
        raise NotSent("The address has no proper host name.")
    return host


def _in_ascii(host: str) -> str:
    """The xn-- form. The host is judged after this: full-width digits become plain ones here."""
    if _DEVIATES.search(host):
        raise NotSent(f"The name {host} can be read in two ways: give it in its xn-- form.")
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise NotSent(f"The name {host} cannot be written as an internet name.") from error


def _content(
    json: object | None, form: Mapping[str, str] | None, body: bytes | None
) -> tuple[dict[str, str], bytes | None]:
    if json is not None:
        return {"content-type": "application/json"}, json_module.dumps(json).encode()
    if form is not None:
        return {"content-type": "application/x-www-form-urlencoded"}, urlencode(form).encode()
    return {}, body
