"""The real counter-parts of the networks, one of each for a test run.

Import what you need in a conftest.py. One that is not installed skips its tests by name and says
what is missing; with OYEZ_TEST_STRICT=1 that is a failure (tests/conftest.py).
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers.process import running

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PASSWORD = "only-for-tests"


@dataclass(frozen=True)
class Counterpart:
    """A running server of somebody else's."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        """As it is written in an allow-list."""
        return f"127.0.0.1:{self.port}"


@pytest.fixture(scope="session")
def mastodon_server() -> Iterator[Counterpart]:
    """The Mastodon API of `mastodon_mock`: tokens are in tests/servers/mastodon.py."""
    if importlib.util.find_spec("mastodon_mock") is None:
        pytest.skip("mastodon_mock is not installed (requirements/dev.txt)")
    command = [sys.executable, "-m", "tests.servers.mastodon"]
    with running(command, cwd=ROOT) as port:
        yield Counterpart(port)


@pytest.fixture(scope="session")
def openid_server() -> Iterator[Counterpart]:
    """The OpenID provider of `oidc_provider_mock`."""
    if importlib.util.find_spec("oidc_provider_mock") is None:
        pytest.skip("oidc_provider_mock is not installed (requirements/dev.txt)")
    command = [sys.executable, "-m", "tests.servers.openid"]
    with running(command, cwd=ROOT) as port:
        yield Counterpart(port)


@pytest.fixture(scope="session")
def pds_server() -> Iterator[Counterpart]:
    """The official Bluesky server with the account council.test."""
    folder = pds_folder()
    node = pds_node(folder)
    if node is None:
        pytest.skip(f"the Bluesky PDS is not in {folder} (tests/servers/install-pds.sh)")
    with running([str(node), str(HERE / "pds.mjs")], cwd=folder) as port:
        _create_account(port, "council")
        yield Counterpart(port)


def pds_folder() -> Path:
    """Where install-pds.sh puts it."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("OYEZ_TEST_PDS") or Path(cache) / "oyez-test" / "pds")


def pds_node(folder: Path) -> Path | None:
    """The node that the PDS was compiled against, where all of it is there."""
    modules = folder / "node_modules"
    nodes = [path for path in modules.glob("node-linux-*/bin/node") if os.access(path, os.X_OK)]
    built = modules / "better-sqlite3/build/Release/better_sqlite3.node"
    parts = (modules / "@atproto/pds", modules / "@did-plc/server", built)
    return nodes[0] if nodes and all(part.exists() for part in parts) else None


def _create_account(port: int, name: str) -> None:
    account = {"handle": f"{name}.test", "email": f"{name}@example.test", "password": PASSWORD}
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/xrpc/com.atproto.server.createAccount",
        json.dumps(account).encode(),
        {"content-type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        answer.read()
