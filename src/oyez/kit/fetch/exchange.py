"""What happens on the wire? One exchange on one libcurl handle, judged as it connects."""

from __future__ import annotations

import io
import re
import socket
import time
from dataclasses import dataclass, field
from typing import Any

import pycurl

from oyez.kit.addresses import AddressRule
from oyez.kit.fetch.contract import Answer, FetchError, TooBig, Upload
from oyez.kit.fetch.failures import Seen, failure, is_too_big
from oyez.kit.fetch.outgoing import Outgoing, Target

_CONNECT_SECONDS = 10.0
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")  # no database column takes these either
_NO_SOCKET: int = pycurl.SOCKET_BAD
_GO_ON: int = pycurl.PREREQFUNC_OK
_STOP: int = pycurl.PREREQFUNC_ABORT


@dataclass(frozen=True, slots=True)
class House:
    """What holds for every exchange of one client. `proxy` is a checked address or None."""

    rule: AddressRule
    proxy: Target | None
    proxy_login: str = field(repr=False)
    authorities: str
    user_agent: str
    max_bytes: int
    max_seconds: float


class _Socket(socket.socket):
    """pycurl takes a duplicate of the descriptor, so this one closes itself when let go of."""

    def __del__(self) -> None:
        self.close()


class Exchange:
    """One request and what comes of it. Use: prepare(handle), perform, then answer or failure."""

    def __init__(self, request: Outgoing, house: House, deadline: float) -> None:
        self.request = request
        self.deadline = deadline
        self._house = house
        target = request.target
        listed = house.rule.lists(target.host, target.port)
        # A proxy elsewhere cannot reach what the administrator listed: that is asked directly.
        self._proxy = None if listed else house.proxy
        self._seen = Seen(target.host, target.port, through_proxy=self._proxy is not None)
        self._body = io.BytesIO()
        self._status = 0  # as the answer begins, for one that is never read to its end
        self._headers: dict[str, str] = {}
        self._last_header = ""

    def prepare(self, handle: pycurl.Curl) -> None:
        """Set every option on a fresh or reset handle. Raises Denied or NotSent before the wire."""
        host, port = self.request.target.host, self.request.target.port
        elsewhere = self._proxy is not None
        if not self._house.rule.may_try(host, port, resolved_elsewhere=elsewhere):
            self._seen.refused = host
            raise failure(self._seen)
        self._say_where(handle)
        self._say_what(handle)
        self._listen(handle)

    def answer(self, handle: pycurl.Curl) -> Answer:
        """The complete answer after a perform that raised nothing."""
        status = handle.getinfo(pycurl.RESPONSE_CODE)
        return Answer(status, self._headers, self._body.getvalue(), str(self.request.target))

    def failure(self, error: pycurl.error) -> FetchError:
        """What a failed perform means for the caller, chained to its cause."""
        failed = failure(self._seen, error.args[0])
        if is_too_big(self._seen, error.args[0]):
            so_far = Answer(self._status, self._headers, b"", str(self.request.target))
            failed = TooBig(str(failed), so_far)
        failed.__cause__ = self._seen.no_socket or error
        return failed

    def _say_where(self, handle: pycurl.Curl) -> None:
        left = max(self.deadline - time.monotonic(), 0.001)
        options: dict[int, str | int] = {
            pycurl.URL: str(self.request.target),
            pycurl.PROTOCOLS: pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS,
            pycurl.FOLLOWLOCATION: 0,
            pycurl.PROXY: "" if self._proxy is None else str(self._proxy),
            pycurl.NOPROXY: "",  # or the environment's no_proxy would be read
            pycurl.CAINFO: self._house.authorities,
            pycurl.SSLVERSION: pycurl.SSLVERSION_TLSv1_2,
            pycurl.NOSIGNAL: 1,
            pycurl.TIMEOUT_MS: max(int(left * 1000), 1),
            pycurl.CONNECTTIMEOUT_MS: max(int(min(left, _CONNECT_SECONDS) * 1000), 1),
            pycurl.MAXFILESIZE_LARGE: self._house.max_bytes,
            pycurl.HEADEROPT: pycurl.HEADER_SEPARATE,  # our headers are not for the proxy
            pycurl.ACCEPT_ENCODING: "",  # whatever this libcurl can unpack
        }
        if self._proxy is not None and self._house.proxy_login:
            options[pycurl.PROXYUSERPWD] = self._house.proxy_login
            options[pycurl.PROXYAUTH] = pycurl.HTTPAUTH_BASIC
        for option, value in options.items():
            handle.setopt(option, value)
        handle.unsetopt(pycurl.CAPATH)  # the built-in folder would widen the operator's bundle

    def _say_what(self, handle: pycurl.Curl) -> None:
        request = self.request
        # A reset lets go of the form before it, and that alone turns the next request into a POST.
        handle.setopt(pycurl.HTTPGET, 1)
        handle.setopt(pycurl.USERAGENT, self._house.user_agent)
        handle.setopt(pycurl.HTTPHEADER, _header_lines(request))
        if request.repeatable:
            handle.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS)
        else:
            # libcurl sends a request again, whatever its method, when a reused connection dies
            # without an answer, and when an HTTP/2 stream is refused. Never for these.
            handle.setopt(pycurl.FRESH_CONNECT, 1)
            handle.setopt(pycurl.FORBID_REUSE, 1)
            handle.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1)
        if request.method == "HEAD":
            handle.setopt(pycurl.NOBODY, 1)
            return
        if request.parts is not None:
            handle.setopt(pycurl.MIMEPOST, _multipart(handle, request))
        elif request.body is not None or request.method in {"POST", "PUT", "PATCH"}:
            handle.setopt(pycurl.POSTFIELDS, request.body or b"")
        if request.method not in {"GET", "POST"} or (
            request.method == "GET" and request.body is not None
        ):
            handle.setopt(pycurl.CUSTOMREQUEST, request.method)

    def _listen(self, handle: pycurl.Curl) -> None:
        handle.setopt(pycurl.OPENSOCKETFUNCTION, self._open_socket)
        handle.setopt(pycurl.PREREQFUNCTION, self._before_request)
        handle.setopt(pycurl.HEADERFUNCTION, self._take_header)
        handle.setopt(pycurl.WRITEFUNCTION, self._take_body)

    def _allows(self, ip: str, port: int) -> bool:
        if self._proxy is not None:
            return port == self._proxy.port  # libcurl connects to nothing else now
        return self._house.rule.allows(ip, port, self.request.target.host)

    def _open_socket(self, purpose: int, address: Any) -> _Socket | int:
        """Judge the literal address libcurl is about to connect to: rebinding has no window."""
        family, kind, protocol, where = address
        if family not in (socket.AF_INET, socket.AF_INET6) or not self._allows(*where[:2]):
            self._seen.refused = str(where[0])
            return _NO_SOCKET
        try:
            return _Socket(family, kind, protocol)
        except OSError as error:
            self._seen.no_socket = error
            return _NO_SOCKET

    def _before_request(self, ip: str, local_ip: str, port: int, local_port: int) -> int:
        """The connection stands, nothing of the request has left. A reused one is judged here."""
        if not self._allows(ip, port):
            self._seen.refused = ip
            return _STOP
        self._seen.may_have_left = True
        return _GO_ON

    def _take_header(self, line: bytes) -> None:
        text = _CONTROL.sub("", line.decode("latin-1"))
        if text.startswith("HTTP/"):  # an interim answer came first: forget its headers
            self._headers, self._last_header = {}, ""
            self._status = _status(text)
        elif text[:1] in {" ", "\t"} and self._last_header:
            self._headers[self._last_header] += " " + text.strip()
        elif ":" in text:
            name, _, value = text.partition(":")
            self._last_header = name = name.strip().lower()
            former = self._headers.get(name)
            self._headers[name] = value.strip() if former is None else f"{former}, {value.strip()}"

    def _take_body(self, chunk: bytes) -> int:
        """Count what was unpacked, not what was sent: a bomb stops here."""
        if self._body.tell() + len(chunk) > self._house.max_bytes:
            self._seen.too_big = True
            return -1
        return self._body.write(chunk)


def _status(line: str) -> int:
    """The number in “HTTP/1.1 404 Not Found”; 0 where there is none."""
    said = line.split(" ")[1:2]
    return int(said[0]) if said and said[0].isascii() and said[0].isdecimal() else 0


def _header_lines(request: Outgoing) -> list[bytes]:
    # libcurl takes "Name:" as "leave it out" and "Name;" as an empty value.
    lines = [f"{name}: {value}" if value else f"{name};" for name, value in request.headers.items()]
    lines.append("Expect:")
    if request.parts is None and "content-type" not in request.headers:
        lines.append("Content-Type:")
    return [_as_bytes(line) for line in lines]


def _as_bytes(line: str) -> bytes:
    """Latin-1 as it is read, so that an odd ETag goes back as it came; else UTF-8."""
    try:
        return line.encode("latin-1")
    except UnicodeEncodeError:
        return line.encode()


def _multipart(handle: pycurl.Curl, request: Outgoing) -> pycurl.CurlMime:
    form = pycurl.CurlMime(handle)
    for name, value in (request.parts or {}).items():
        if isinstance(value, Upload):
            part = form.add(name.encode(), value.content, content_type=value.media_type)
            part.filename(value.name.encode())
        else:
            form.add_field(name.encode(), value.encode())
    return form
