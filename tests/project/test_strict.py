"""Where everything must be there (OYEZ_TEST_STRICT=1), a test that skips itself fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HOOKS = "from tests.conftest import pytest_make_collect_report, pytest_runtest_makereport\n"
TESTS = """
import pytest

@pytest.mark.server
def test_of_a_server():
    pytest.skip("no server here")

@pytest.mark.journey
@pytest.mark.skipif(True, reason="no browser here")
def test_of_a_browser(): ...

def test_of_an_account():
    pytest.skip("only for root")
"""


def outcome(folder: Path, *, strict: str) -> str:
    """The last line of a test run of its own over `folder`."""
    (folder / "conftest.py").write_text(HOOKS)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n  server\n  journey\n")
    plain = ["-q", "-p", "no:django", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *plain, str(folder)],
        env=os.environ | {"OYEZ_TEST_STRICT": strict, "PYTHONPATH": ":".join(sys.path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout.splitlines()[-1].partition(" in ")[0]


@pytest.mark.parametrize(
    ("strict", "expected"), [("0", "3 skipped"), ("1", "1 failed, 1 skipped, 1 error")]
)
def test_only_a_strict_run_insists_on_servers_and_browsers(
    tmp_path: Path, strict: str, expected: str
) -> None:
    (tmp_path / "test_some.py").write_text(TESTS)
    assert outcome(tmp_path, strict=strict) == expected


@pytest.mark.parametrize(("strict", "expected"), [("0", "1 skipped"), ("1", "1 error")])
def test_a_module_that_skips_itself_counts_too(tmp_path: Path, strict: str, expected: str) -> None:
    (tmp_path / "test_some.py").write_text("import pytest\npytest.importorskip('no_such_thing')\n")
    assert outcome(tmp_path, strict=strict) == expected
