"""Every hostile place, and every way in which somebody may lead us there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from tests.kit import hostile
from tests.outside.wire import PUBLIC, Wire


@dataclass(frozen=True)
class Place:
    """An address nobody may make us visit; `ip` where a name can lead to it too."""

    url: str
    ip: str = ""

    @property
    def rest(self) -> str:
        """Without its scheme, as in a link that takes the scheme of its page."""
        return self.url.partition(":")[2]


def places() -> list[Place]:
    """All of them: 4 and 6, spelt in every way, tricky, and in other schemes."""
    found = [Place(f"http://{_host(ip)}/latest/", ip) for ip in hostile.PRIVATE_4]
    found += [Place(f"http://{_host(ip)}/", "" if "%" in ip else ip) for ip in hostile.PRIVATE_6]
    found += [Place(f"http://{host}/") for host in hostile.SPELLINGS]
    found += [Place(url) for url in hostile.TRICKS]
    return found + [Place(f"{scheme}://127.0.0.1/etc/passwd") for scheme in hostile.SCHEMES]


def _host(ip: str) -> str:
    return f"[{ip}]" if ":" in ip else ip


Way = Callable[[Wire, Place], str | None]
"""Set the wire up so that the address returned leads to the place; None where it cannot."""


def _direct(wire: Wire, place: Place) -> str:
    return place.url


def _redirect(status: int) -> Way:
    return lambda wire, place: wire.forwards(_line(place.url), status=status)


def _chain(wire: Wire, place: Place) -> str:
    return wire.forwards("/b", "/c", _line(place.url))


def _to_https(wire: Wire, place: Place) -> str:
    return wire.forwards(f"https:{_line(place.rest)}", status=301)


def _protocol_relative(wire: Wire, place: Place) -> str:
    return wire.forwards(_line(place.rest))


def _backslashes(wire: Wire, place: Place) -> str:
    return wire.forwards(_line(place.rest.replace("/", "\\")))


def _rebinding(wire: Wire, place: Place) -> str | None:
    """The name is an honest server’s when it is first asked for, then the place."""
    return _named(wire, place, [PUBLIC], [place.ip])


def _rebinding_on_the_way(wire: Wire, place: Place) -> str | None:
    """Our server answers, sends us on to its own name, and that has moved meanwhile."""
    if not place.ip:
        return None
    wire.leads("moving.example", [wire.server.ip], [_host(place.ip)])
    there = f"http://moving.example:{wire.server.port}/"
    wire.forwards(f"{there}b")
    return there


def _one_name_two_addresses(wire: Wire, place: Place) -> str | None:
    return _named(wire, place, [PUBLIC, place.ip])


def _the_other_way_round(wire: Wire, place: Place) -> str | None:
    return _named(wire, place, [place.ip, PUBLIC])


def _named(wire: Wire, place: Place, *answers: list[str]) -> str | None:
    if not place.ip:
        return None
    wire.leads("moving.example", *([_host(ip) for ip in answer] for answer in answers))
    return "http://moving.example/"


def _line(text: str) -> str:
    """As it can stand in a header: what would end the line is written in its %-form."""
    return quote(text, safe="".join(map(chr, range(33, 127))) + " ", errors="replace")


WAYS: Mapping[str, Way] = {
    "direct": _direct,
    **{f"redirect {status}": _redirect(status) for status in (301, 302, 303, 307, 308)},
    "chain of three": _chain,
    "http to https": _to_https,
    "protocol-relative": _protocol_relative,
    "backslashes": _backslashes,
    "rebinding": _rebinding,
    "rebinding on the way": _rebinding_on_the_way,
    "one name, two addresses": _one_name_two_addresses,
    "two addresses, the other way round": _the_other_way_round,
}
