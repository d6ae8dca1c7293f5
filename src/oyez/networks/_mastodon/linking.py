"""Is this a server with that API, whose token is it, and may it write? Each failure in words."""

from __future__ import annotations

from typing import Any

from oyez.kit.fetch import Fetch
from oyez.networks._given import senseless, sensible
from oyez.networks._http import Unreadable, exchange
from oyez.networks._mastodon import wire
from oyez.networks._mastodon.sizes import Sizes, as_facts, read_sizes
from oyez.networks._servers import host_of
from oyez.networks.contract import Later, Link, NetworkError, Refused, SignedOut

_MAKE_ONE = "Make one with the scopes write:statuses and write:media."


def link(fetch: Fetch, server: str, token: str, title: str) -> Link:
    """What linking learns. Raises a NetworkError that says what is wrong and what to do."""
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise Refused("Enter the access token as the server shows it, in one line.")
    sizes = _sizes(fetch, server, token, title)
    who = _who(fetch, server, token, title, known=sizes is not None)
    _may_write(fetch, server, token, title)
    sizes = sizes or Sizes()
    handle = f"@{who.username}@{sizes.domain or host_of(server)}"
    facts = {"server": server, "account_id": who.id, "handle": handle, **as_facts(sizes)}
    address = who.url or f"{server}/@{who.username}"
    found = Link(f"{host_of(server)}/{who.id}", handle, address, facts, {"token": token})
    return sensible(found, host_of(server))


def sizes_today(fetch: Fetch, server: str, token: str, title: str) -> dict[str, Any]:
    """The limits as facts; empty where the server does not say just now: the known ones stay."""
    try:
        sizes = _sizes(fetch, server, token, title)
    except Later:
        return {}
    return as_facts(sizes) if sizes else {}


def _sizes(fetch: Fetch, server: str, token: str, title: str) -> Sizes | None:
    """What the instance says of itself, or None where there is no such thing. Down is Later.

    Asked without the token first, since a wrong one closes some doors that are open to all; a
    server that shows itself to its own people only is asked with it.
    """
    for version in (2, 1):
        for key in ("", token):
            try:
                request = wire.instance(server, key, version)
                data = exchange(fetch, request, wire.complaint(title, server))
            except SignedOut:
                continue
            except (Refused, Unreadable):
                break
            if sizes := read_sizes(data):
                return sizes
            break
    return None


def _who(fetch: Fetch, server: str, token: str, title: str, *, known: bool) -> wire.Account:
    """Whose token it is. `known`: the server has already shown that it speaks this API."""
    host = host_of(server)
    another_kind = Refused(f"{host} does not answer as a {title} server does. Check the address.")
    try:
        data = exchange(fetch, wire.who_am_i(server, token), wire.complaint(title, server))
    except SignedOut as error:
        advice = "Copy it again, or make one that may read." if known else "Check the address too."
        raise SignedOut(f"{host} does not accept this access token. {advice}") from error
    except (Refused, Unreadable) as error:
        raise (error if known else another_kind) from error
    who = wire.account(data)
    if who is None:
        raise another_kind
    if not who.id or not who.username:
        raise senseless(host)
    return who


def _may_write(fetch: Fetch, server: str, token: str, title: str) -> None:
    """Refuse a token that may not write or upload, now rather than at the first post."""
    try:
        exchange(fetch, wire.delete_nothing(server, token), wire.complaint(title, server))
    except SignedOut as error:
        raise SignedOut(f"This access token may read but not post. {_MAKE_ONE}") from error
    except NetworkError:
        pass  # 404 is the good answer, and any other says nothing about the token
    try:
        exchange(fetch, wire.upload_nothing(server, token), wire.complaint(title, server))
    except SignedOut as error:
        raise SignedOut(
            f"This access token may post but not bring pictures. {_MAKE_ONE}"
        ) from error
    except NetworkError:
        return  # 422 is the good answer here
