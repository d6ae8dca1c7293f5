"""What every test can rely on: a real PostgreSQL, no other machine, no silent skip if strict."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings

from tests.anchored import anchors
from tests.database import TestDatabase, is_worker
from tests.emptying import empty_only_what_is_full
from tests.guard import refuse_other_machines
from tests.servers.fixtures import mastodon_server, openid_server, pds_server

# of the servers one for a whole run
__all__ = ["anchors", "mastodon_server", "openid_server", "pds_server"]

WAITING = ("tests/faults/", "tests/acceptance/", "tests/bench/")

database = pytest.StashKey[TestDatabase]()


def pytest_configure(config: pytest.Config) -> None:
    refuse_other_machines()
    let_hypothesis_take_its_time()
    empty_only_what_is_full()
    config.stash[database] = TestDatabase()


def let_hypothesis_take_its_time() -> None:
    """How fast examples come says how busy the machine is, and nothing about the house."""
    calm = settings(settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.register_profile("shared machine", calm)
    settings.load_profile("shared machine")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that mostly wait come first: they keep one worker busy while two have the cores."""
    items.sort(key=lambda item: not item.nodeid.startswith(WAITING))


def pytest_sessionstart(session: pytest.Session) -> None:
    """Workers find the server running; a run in one process starts it when a test needs it."""
    if getattr(session.config.option, "numprocesses", None) and not is_worker():
        session.config.stash[database].start()


def pytest_unconfigure(config: pytest.Config) -> None:
    if database in config.stash:
        config.stash[database].stop()


@pytest.fixture(autouse=True)
def settings_of_its_own() -> Iterator[None]:
    """No test leaves a setting to the next: the command line puts some into the process."""
    with patch.dict(os.environ):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    pytestconfig: pytest.Config, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """pytest-django asks for this before it makes the test database: test_oyez, test_oyez_gw0…"""
    pytestconfig.stash[database].start()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With OYEZ_TEST_STRICT=1 a missing server or browser is a failure, not a skip."""
    report = yield
    needs = [name for name in ("server", "journey") if item.get_closest_marker(name)]
    if needs and report.skipped and not hasattr(report, "wasxfail") and strict():
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} must run (OYEZ_TEST_STRICT=1): {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole module that skips itself."""
    report = yield
    if report.skipped and strict():
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} must run (OYEZ_TEST_STRICT=1): {report.longrepr}"
    return report


def strict() -> bool:
    return os.environ.get("OYEZ_TEST_STRICT") == "1"
