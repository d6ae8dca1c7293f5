"""The tests' own walls: no other machine is reached, and each run has a house of its own."""

from __future__ import annotations

import asyncio
import os
import socket
from pathlib import Path

import pytest

from tests.guard import LeftTheMachine

ELSEWHERE = "192.0.2.1"  # TEST-NET-1, RFC 5737: nobody lives there


def test_another_machine_is_refused_before_a_packet_leaves() -> None:
    with socket.socket() as wire, pytest.raises(LeftTheMachine, match=r"192\.0\.2\.1"):
        wire.connect((ELSEWHERE, 80))


def test_datagrams_are_refused_too() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as wire, pytest.raises(LeftTheMachine):
        wire.sendto(b"", (ELSEWHERE, 53))


def test_a_name_is_refused_before_anybody_is_asked_for_its_address() -> None:
    with pytest.raises(LeftTheMachine, match="example"):
        socket.getaddrinfo("example.org", 80)


def test_asynchronous_code_is_refused_as_well() -> None:
    with pytest.raises(LeftTheMachine):
        asyncio.run(asyncio.open_connection(ELSEWHERE, 80))


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_this_machine_can_be_reached(family: socket.AddressFamily) -> None:
    with socket.create_server(
        ("localhost" if family == socket.AF_INET else "::1", 0), family=family
    ) as door:
        socket.create_connection(door.getsockname()[:2]).close()


def test_sockets_in_the_file_system_can_be_reached(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as door, socket.socket(socket.AF_UNIX) as wire:
        door.bind(str(tmp_path / "s"))
        door.listen()
        wire.connect(str(tmp_path / "s"))


def test_the_data_folder_is_this_runs_own() -> None:
    assert Path(os.environ["OYEZ_DATA"]).name.startswith("oyez-tests-")
