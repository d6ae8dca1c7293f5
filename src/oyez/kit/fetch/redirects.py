"""Where does an answer send us, and what may we take along?"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urljoin

from oyez.kit.fetch.contract import Answer, NotSent, Unanswered
from oyez.kit.fetch.outgoing import Outgoing, Target, target

MOST_REDIRECTS = 3
_REDIRECTS = {301, 302, 303, 307, 308}
_NO_SECRETS = {
    "accept",
    "accept-language",
    "cache-control",
    "if-modified-since",
    "if-none-match",
    "range",
}


def onward(request: Outgoing, answer: Answer) -> Outgoing | None:
    """The next request, or None when this is the answer. Raises NotSent for a bad address.

    Only GET and HEAD go on. On another host only headers known to hold no secret go along.
    """
    where = answer.headers.get("location", "")
    if answer.status not in _REDIRECTS or not where or not request.repeatable:
        return None
    there = _there(request.target, _as_text(where))
    if _same_house(request.target, there):
        return replace(request, target=there)
    kept = {name: value for name, value in request.headers.items() if name in _NO_SECRETS}
    return replace(request, target=there, headers=kept, body=None, parts=None)


def too_many(request: Outgoing) -> Unanswered:
    """What is said when the last allowed redirect sends us on again."""
    return Unanswered(
        f"The address was forwarded more than {MOST_REDIRECTS} times, last by "
        f"{request.target.host}."
    )


def _there(here: Target, location: str) -> Target:
    try:
        return target(urljoin(str(here), location))
    except ValueError as error:
        raise NotSent(f"{here.host} forwards to an address that cannot be read.") from error


def _as_text(location: str) -> str:
    """Headers are read as Latin-1; servers that put raw UTF-8 into Location are common."""
    try:
        return location.encode("latin-1").decode()
    except UnicodeError:
        return location


def _same_house(here: Target, there: Target) -> bool:
    if here.host != there.host:
        return False
    upgraded = (here.scheme, here.port, there.scheme, there.port) == ("http", 80, "https", 443)
    return upgraded or (here.scheme, here.port) == (there.scheme, there.port)
