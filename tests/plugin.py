"""What must be true before Django's settings are read: a data folder of its own for every test run.

Loaded early (`-p tests.plugin`, see pyproject.toml), since pytest-django reads the settings before
any conftest.py.
"""

from __future__ import annotations

import atexit
import base64
import gc
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]


gc.disable()  # until everything is loaded, none of which is ever garbage


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """What was loaded stays: whoever looks for garbage need not go through a million things."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """The outer shell's settings must not reach the tests; workers share their controller's."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        external = os.environ.get("OYEZ_TEST_DATABASE_URL", "")
        for name in [name for name in os.environ if name.startswith("OYEZ_")]:
            if not name.startswith("OYEZ_TEST_"):
                del os.environ[name]
        os.environ["OYEZ_DATA"] = folder = tempfile.mkdtemp(prefix="oyez-tests-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ["OYEZ_DATABASE_URL"] = external
        if external:  # where no key is made up
            os.environ["OYEZ_SECRET_KEY"] = secrets.token_urlsafe(50)
            os.environ["OYEZ_KEYS"] = f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}"
        # libcurl asks for names where the guard cannot see it; tests that follow links switch it on
        os.environ["OYEZ_FOLLOW_LINKS"] = "no"
        os.environ["OYEZ_BREACH_CHECK"] = "no"
    return (yield)
