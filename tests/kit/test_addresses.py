"""Is every hostile address refused and every ordinary one let through? Pure: nothing connects."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oyez.kit.addresses import AddressRule, WrongAllowance, literal
from tests.kit import hostile

RULE = AddressRule()


def test_the_list_of_hostile_addresses_has_not_shrunk() -> None:
    everything = {*hostile.PRIVATE_4, *hostile.PRIVATE_6, *hostile.SPELLINGS, *hostile.TRICKS}
    assert len(everything) >= 185


@pytest.mark.parametrize("port", [80, 443])
@pytest.mark.parametrize("ip", hostile.PRIVATE_4 + hostile.PRIVATE_6)
def test_a_special_address_is_refused(ip: str, port: int) -> None:
    assert not RULE.allows(ip, port, "www.example.org")


@pytest.mark.parametrize("port", [80, 443])
@pytest.mark.parametrize("ip", hostile.PUBLIC)
def test_a_public_address_is_let_through(ip: str, port: int) -> None:
    assert RULE.allows(ip, port, "www.example.org")


@pytest.mark.parametrize("port", [0, 22, 25, 79, 81, 442, 6379, 8080, 65535])
def test_only_the_web_ports_are_open(port: int) -> None:
    assert not RULE.allows("8.8.8.8", port, "www.example.org")


@pytest.mark.parametrize("rubbish", ["", "localhost", "8.8.8", "8.8.8.8.", "[::1]", "/run/x.sock"])
def test_what_is_no_literal_address_is_refused(rubbish: str) -> None:
    assert not RULE.allows(rubbish, 80, "www.example.org")


@given(st.ip_addresses(v=4))
def test_a_mapped_address_fares_as_the_one_inside(inside: IPv4Address) -> None:
    assert RULE.allows(f"::ffff:{inside}", 443) == RULE.allows(str(inside), 443)


@given(st.ip_addresses(v=4))
def test_no_other_ipv6_wrapping_of_an_ipv4_address_is_let_through(inside: IPv4Address) -> None:
    number = int(inside)
    wrapped = [number, (0x64FF9B << 96) + number, (0x2002 << 112) + (number << 80)]
    wrapped += [(0x20010000 << 96) + number, (0x2A00 << 112) + (0x5EFE << 32) + number]
    assert not any(RULE.allows(str(IPv6Address(w)), 443) for w in wrapped)


@given(st.ip_addresses(v=6))
def test_nothing_outside_the_unicast_block_is_let_through(ip: IPv6Address) -> None:
    inside = int(ip) >> 125 == 1 or ip.ipv4_mapped is not None
    assert inside or not RULE.allows(str(ip), 443)


def test_a_listed_address_is_allowed_with_its_port_only() -> None:
    rule = AddressRule(["127.0.0.1:21002", "[fd00::7]:8080"])
    assert rule.allows("127.0.0.1", 21002)
    assert rule.allows("::ffff:127.0.0.1", 21002)
    assert rule.allows("fd00:0::7", 8080)
    assert not rule.allows("127.0.0.1", 80)
    assert not rule.allows("127.0.0.2", 21002)
    assert not rule.allows("fd00::8", 8080)


def test_a_listed_name_is_matched_with_the_urls_host() -> None:
    rule = AddressRule(["Wiki.Intranet.example:443"])
    assert rule.allows("10.1.2.3", 443, "wiki.intranet.example")
    assert rule.allows("10.1.2.3", 443, "WIKI.intranet.example.")
    assert not rule.allows("10.1.2.3", 80, "wiki.intranet.example")
    assert not rule.allows("10.1.2.3", 443, "evil.example")
    assert not rule.allows("10.1.2.3", 443, "wiki.intranet.example.evil.example")


@pytest.mark.parametrize("ip", ["169.254.7.7", "fe80::1", "0.0.0.0", "::", "224.0.0.1"])
def test_a_listed_name_never_leads_to_a_neighbour_on_the_wire(ip: str) -> None:
    assert not AddressRule(["wiki.example:80"]).allows(ip, 80, "wiki.example")
    written = f"[{ip}]:80" if ":" in ip else f"{ip}:80"
    assert AddressRule([written]).allows(ip, 80)


METADATA = (
    ["169.254.169.254", "169.254.170.2", "169.254.170.23", "fd00:ec2::254", "fd00:ec2::23"],
    ["fd20:ce::254", "168.63.129.16", "192.0.0.192", "100.100.100.200", "::ffff:169.254.169.254"],
    ["64:ff9b::169.254.169.254", "64:ff9b::6464:64c8", "2002:a9fe:a9fe::1"],
)


@pytest.mark.parametrize("ip", [ip for row in METADATA for ip in row])
def test_nothing_that_is_allowed_leads_to_a_metadata_service(ip: str) -> None:
    assert not AddressRule(["wiki.example:80"]).allows(ip, 80, "wiki.example")
    written = f"[{ip}]:80" if ":" in ip else f"{ip}:80"
    with pytest.raises(WrongAllowance, match="a machine’s own credentials"):
        AddressRule([written])


def test_a_listed_name_leads_to_private_addresses_of_either_kind() -> None:
    rule = AddressRule(["wiki.example:80"])
    assert rule.allows("fd00:ec2::1", 80, "wiki.example")
    assert rule.allows("100.100.100.201", 80, "wiki.example")
    assert rule.allows("64:ff9b::10.1.2.3", 80, "wiki.example")
    assert not rule.allows("64:ff9b::169.254.7.7", 80, "wiki.example")


def test_a_public_host_may_be_listed_with_an_unusual_port() -> None:
    rule = AddressRule(["feeds.example.org:8443"])
    assert rule.allows("8.8.8.8", 8443, "feeds.example.org")
    assert not rule.allows("8.8.8.8", 8443, "www.example.org")


UNREADABLE = (
    ["", "10.0.0.1", "name", ":80", "name:", "name:0", "name:65536", "name:http", "name:８０"],
    ["*:80", "http://name:80", "name:80/", "fd00::7:80", "[fd00::7]", "10.0.0.0/8:80", "1.2:3:4"],
    ["300.1.1.1:80", "a b:80"],
)


@pytest.mark.parametrize("entry", [entry for row in UNREADABLE for entry in row])
def test_an_unreadable_entry_is_refused_with_a_right_one_shown(entry: str) -> None:
    with pytest.raises(WrongAllowance, match=r"such as 10\.1\.2\.3:8080"):
        AddressRule([entry])


@pytest.mark.parametrize(
    ("host", "means"),
    [
        ("127.1", "127.0.0.1"),
        ("0x7f000001", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("2852039166", "169.254.169.254"),
        ("127.0.0.1.", "127.0.0.1"),
        ("[::1]", "::1"),
    ],
)
def test_odd_spellings_are_read_as_a_resolver_reads_them(host: str, means: str) -> None:
    assert str(literal(host)) == means


def test_behind_a_proxy_only_what_is_spelt_out_can_be_judged() -> None:
    rule = AddressRule(["wiki.example:8080"])
    assert rule.may_try("www.example.org", 443, resolved_elsewhere=True)
    assert rule.may_try("wiki.example", 8080, resolved_elsewhere=True)
    for host, port in [("localhost", 80), ("a.localhost.", 80), ("127.1", 80), ("1.2.3.4.5", 80)]:
        assert not rule.may_try(host, port, resolved_elsewhere=True)
    assert not rule.may_try("www.example.org", 22, resolved_elsewhere=True)
