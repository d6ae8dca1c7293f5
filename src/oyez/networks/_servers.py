"""Which server did a person mean, and which of a server's words may be shown? Pure."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import regex

from oyez.networks.contract import Refused

_HOME = (".localhost", ".test", ".local", ".internal", ".lan", ".home.arpa")
_TAG = regex.compile(r"<[^>]{0,500}>")
_SPACE = regex.compile(r"[\s\p{C}]")
_HOST = regex.compile(r"[\w.\-:\[\]]+")  # no login before it
_LONGEST_HOST = 260  # a name of 253 and a port
_NOISE = regex.compile(r"[\s\p{C}]+")


def clean(words: object, longest: int = 200) -> str:
    """A server's own words, fit to be shown: one line, no markup, shortened."""
    said = words[: longest * 50] if isinstance(words, str) else ""
    line = _NOISE.sub(" ", _TAG.sub(" ", said)).strip()
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def refused(host: str, words: object) -> Refused:
    """Refused, with the server's own words where it gave any."""
    said = clean(words)
    return Refused(
        f"{host} refused it: {said}" if said else f"{host} refused it and gave no reason."
    )


def host_of(url: str) -> str:
    """The host, with its port where it is not the usual one: how people know the server.

    Empty where there is none, or where this is no address at all.
    """
    try:
        return urlsplit(url).netloc.rpartition("@")[2]
    except ValueError:
        return ""


def server_address(given: str) -> str:
    """`https://host[:port]` from what a person typed. Raises Refused in words."""
    text = given.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        good = parts.scheme in {"https", "http"} and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good or _SPACE.search(text) or not _is_host(parts.netloc):
        raise Refused("Enter the address of the server, such as https://social.example.org.")
    if parts.scheme == "http" and not _at_home(parts.hostname or ""):
        raise Refused(
            f"Enter https://{parts.netloc}: over http the secret would travel in the open."
        )
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _is_host(name: str) -> bool:
    return len(name) <= _LONGEST_HOST and bool(_HOST.fullmatch(name))


def _at_home(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(_HOME)
