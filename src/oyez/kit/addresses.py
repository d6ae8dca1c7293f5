"""Which addresses may this house reach? An allow-rule: what is not known to be public is refused.

The special networks are those of the IANA special-purpose address registries (RFC 6890 and its
successors), with the metadata and platform addresses of the large clouds that lie in public space.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

USUAL_PORTS = frozenset({80, 443})

_NOT_PUBLIC_4 = tuple(
    IPv4Network(net)
    for net in (
        "192.0.0.0/24",  # protocol assignments; Oracle's metadata is 192.0.0.192
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays, retired
        "192.175.48.0/24",  # AS112
        "168.63.129.16/32",  # Azure's platform address, in public space
        "224.0.0.0/3",  # multicast and reserved; is_global calls multicast global
    )
)
_PUBLIC_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    IPv6Network(net)
    for net in (
        "2001::/23",  # protocol assignments: Teredo, benchmarking, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: carries any IPv4 address
        "2620:4f:8000::/48",  # AS112
        "3ffe::/16",  # 6bone, handed back
        "3fff::/20",  # documentation
    )
)
# What hands out a machine's own credentials, or is its host: no allowance ever leads there.
_METADATA = frozenset(
    ip_address(one)
    for one in (
        "169.254.169.254",  # AWS, Azure, Google and most others
        "169.254.170.2",  # AWS: credentials of a container
        "169.254.170.23",  # AWS: credentials of a pod
        "fd00:ec2::254",  # AWS
        "fd00:ec2::23",  # AWS: credentials of a pod
        "fd20:ce::254",  # Google
        "168.63.129.16",  # Azure's platform
        "192.0.0.192",  # Oracle
        "100.100.100.200",  # Alibaba
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")  # carries any IPv4 address (RFC 6052)
_ISATAP = {0x00005EFE, 0x02005EFE}  # an interface id that carries any IPv4 address (RFC 5214)

_NUMERIC = re.compile(r"(\d+|0x[0-9a-f]*)", re.IGNORECASE)
_NAME = re.compile(r"[a-z0-9_]([a-z0-9_.-]{0,252}[a-z0-9_])?")

Address = IPv4Address | IPv6Address


class WrongAllowance(ValueError):
    """An entry of the allow-list cannot be read. The sentence shows it and a right one."""


def literal(host: str) -> Address | None:
    """The address a host spells out, in any spelling a resolver takes (`127.1`, `0x7f000001`).

    None for a name. Raises ValueError for a host that ends in a number and is no address
    (the WHATWG URL rule), so that no two readers can disagree about it.
    """
    bare = host.strip("[]").rstrip(".")
    if ":" in bare:
        return ip_address(bare)
    if not _NUMERIC.fullmatch(bare.rpartition(".")[2]):
        return None
    try:
        return IPv4Address(socket.inet_aton(bare))
    except OSError as error:
        raise ValueError(f"{host} is neither a name nor an address") from error


def is_public(address: Address) -> bool:
    """Whether anybody on the internet could reach it, so that we may too."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        return (
            address in _PUBLIC_6
            and address.scope_id is None
            and not any(address in net for net in _NOT_PUBLIC_6)
            and (int(address) >> 32) & 0xFFFFFFFF not in _ISATAP
        )
    return address.is_global and not any(address in net for net in _NOT_PUBLIC_4)


class AddressRule:
    """Public addresses on the usual ports, and what the administrator lists by hand.

    `allow` holds "address:port", "[address]:port" or "name:port". An address is matched with the
    one being connected to, a name with the URL's host; the pair is allowed with that port only.
    """

    def __init__(self, allow: Iterable[str] = (), ports: Iterable[int] = USUAL_PORTS) -> None:
        self._ports = frozenset(ports)
        self._allowed = frozenset(_allowance(entry) for entry in allow)

    def allows(self, ip: str, port: int, host: str = "") -> bool:
        """Whether a connection to this literal address may be opened for a URL of this host."""
        try:
            address = _plain(ip_address(ip))
        except ValueError:
            return False
        if _carried(address) in _METADATA:
            return False
        if (str(address), port) in self._allowed:
            return True
        if self.lists(host, port):
            return not _never_by_name(address)
        return port in self._ports and is_public(address)

    def lists(self, host: str, port: int) -> bool:
        """Whether the administrator wrote down this very host (a name or an address) and port."""
        try:
            address = literal(host)
        except ValueError:
            return False
        written = _tidy(host) if address is None else str(_plain(address))
        return (written, port) in self._allowed

    def may_try(self, host: str, port: int, *, resolved_elsewhere: bool = False) -> bool:
        """What can be said before a name is resolved: a spelt-out address is judged at once.

        A name waits for its addresses, unless a proxy resolves it: then this is all we can do.
        """
        try:
            address = literal(host)
        except ValueError:
            return False
        if address is not None:
            return self.allows(str(address), port, host)
        if not resolved_elsewhere or self.lists(host, port):
            return True
        local = _tidy(host) == "localhost" or _tidy(host).endswith(".localhost")
        return port in self._ports and not local


def _allowance(entry: str) -> tuple[str, int]:
    host, _, port = entry.strip().rpartition(":")
    wrong = WrongAllowance(
        f"“{entry}” cannot be allowed: write an address or a name with its port, "
        "such as 10.1.2.3:8080, [fd00::7]:8080 or intranet.example:443."
    )
    if not port.isascii() or not port.isdecimal() or not 0 < int(port) < 65536:
        raise wrong
    if ":" in host and not (host.startswith("[") and host.endswith("]")):
        raise wrong
    try:
        address = literal(host)
    except ValueError as error:
        raise wrong from error
    if address is None and not _NAME.fullmatch(_tidy(host)):
        raise wrong
    if address is not None and _carried(address) in _METADATA:
        raise WrongAllowance(
            f"“{entry}” cannot be allowed: that is where clouds hand out a machine’s own "
            "credentials. Take it out of the list."
        )
    return (_tidy(host) if address is None else str(_plain(address))), int(port)


def _plain(address: Address) -> Address:
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def _tidy(host: str) -> str:
    return host.lower().removesuffix(".")


def _carried(address: Address) -> Address:
    """The IPv4 address that an IPv6 one leads to on the way, or the address itself."""
    if isinstance(address, IPv6Address):
        if address in _NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
        return address.ipv4_mapped or address.sixtofour or address
    return address


def _never_by_name(address: Address) -> bool:
    """The neighbours on the wire and the like: who wants them has to write the address itself."""
    end = _carried(address)
    return end.is_link_local or end.is_multicast or end.is_unspecified


def network_of(address: str) -> str:
    """Whom a limit counts as one: an IPv4 address, the /64 of an IPv6 one, or the text itself."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:100]
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(IPv6Address(int(found) >> 64 << 64))
    return str(found)


def is_of_digits(host: str) -> bool:
    """Is this host an address and no name?"""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
