"""What does a failed exchange mean? Sorted by what the server may have done, said in words."""

from __future__ import annotations

from dataclasses import dataclass

import pycurl

from oyez.kit.fetch.contract import Denied, FetchError, NotSent, Unanswered

_NOT_LEFT = {
    pycurl.E_COULDNT_RESOLVE_HOST: "There is no server called {host}.",
    pycurl.E_COULDNT_RESOLVE_PROXY: "The proxy was not found.",
    pycurl.E_OPERATION_TIMEDOUT: "{host} could not be reached in time.",
    pycurl.E_COULDNT_CONNECT: "Nothing answers at {host} port {port}.",
    pycurl.E_PEER_FAILED_VERIFICATION: "The certificate of {host} is not to be trusted: it has "
    "expired, is for another name, or its authority is unknown here.",
    pycurl.E_SSL_CACERT_BADFILE: "The file of certificate authorities cannot be read.",
    pycurl.E_SSL_CONNECT_ERROR: "{host} and we could not agree on an encrypted connection.",
}
_PROXY_FAILED = {pycurl.E_COULDNT_CONNECT, pycurl.E_RECV_ERROR, pycurl.E_GOT_NOTHING}
_LEFT = {
    pycurl.E_OPERATION_TIMEDOUT: "{host} took too long to answer.",
    pycurl.E_FILESIZE_EXCEEDED: "The answer of {host} is bigger than allowed.",
    pycurl.E_GOT_NOTHING: "{host} closed the connection without an answer.",
    pycurl.E_PARTIAL_FILE: "{host} broke off in the middle of its answer.",
    pycurl.E_BAD_CONTENT_ENCODING: "The answer of {host} is packed in a way we cannot unpack.",
}


@dataclass(slots=True)
class Seen:
    """What one exchange noticed on its way, for sorting its failure."""

    host: str
    port: int
    through_proxy: bool
    refused: str = ""
    no_socket: OSError | None = None
    too_big: bool = False
    may_have_left: bool = False


def failure(seen: Seen, code: int = 0) -> FetchError:
    """The error to raise. Not sent is said only when the connection never came to stand."""
    if seen.may_have_left:
        if is_too_big(seen, code):
            code = pycurl.E_FILESIZE_EXCEEDED
        broke = "The connection to {host} broke before its answer was complete."
        return Unanswered(_say(_LEFT.get(code, broke), seen))
    if seen.refused:
        return Denied(_refusal(seen))
    if seen.no_socket is not None:
        return NotSent(f"This machine could not open a connection: {seen.no_socket.strerror}.")
    if seen.through_proxy and code in _PROXY_FAILED:
        return NotSent(_say("The proxy is away or would not connect us to {host}.", seen))
    return NotSent(_say(_NOT_LEFT.get(code, "No connection to {host} came to stand."), seen))


def is_too_big(seen: Seen, code: int) -> bool:
    """Did an answer come, and was it cut off for its size?"""
    return seen.may_have_left and (seen.too_big or code == pycurl.E_FILESIZE_EXCEEDED)


def _refusal(seen: Seen) -> str:
    where = f"{seen.host} port {seen.port}"
    if seen.refused.strip("[]") != seen.host.strip("[]"):
        where += f" (which leads to {seen.refused})"
    return (
        f"{where} is not a public address on an allowed port, so it was not contacted. "
        f"If it should be, whoever runs the machine adds {seen.host}:{seen.port} to "
        "OYEZ_ALLOW_PRIVATE and starts Oyez anew."
    )


def _say(sentence: str, seen: Seen) -> str:
    return sentence.format(host=seen.host, port=seen.port)
