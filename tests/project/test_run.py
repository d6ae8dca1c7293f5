"""`./run` sets itself up, or says in one sentence why it cannot; the locks are whole."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TOOLS = ("bash", "cat", "cksum", "dirname", "env", "grep", "readlink", "rm")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout without .venv, and a PATH without Python."""
    shutil.copy(ROOT / "run", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool) or "")
    return tmp_path


def run(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [checkout / "run", *words], cwd="/", env={"PATH": str(checkout / "bin")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_without_python_it_says_what_to_install(checkout: Path) -> None:
    done = run(checkout, "up")
    assert done.returncode == 1
    assert done.stderr == (
        "Oyez needs Python 3.11 or newer with its venv module "
        "(on Debian or Ubuntu: apt install python3-venv).\n"
    )


def test_an_older_python_is_passed_over(checkout: Path) -> None:
    old = checkout / "bin" / "python3"
    old.write_text("#!/usr/bin/env bash\nexit 1\n")
    old.chmod(0o755)
    assert "Oyez needs Python 3.11" in run(checkout, "test").stderr


def test_a_word_it_does_not_know_is_wrong_usage(checkout: Path) -> None:
    done = run(checkout, "dance")
    assert done.returncode == 2
    assert "./run up" in done.stderr


RELEASE = ("advisories", "sbom")


def test_it_explains_itself(checkout: Path) -> None:
    words = re.findall(r"^\./run (\w+)", run(checkout).stdout, re.MULTILINE)
    assert words == ["up", "oyez", "test", "check", "docs", "texts", "bench", *RELEASE, "lock"]


@pytest.mark.parametrize("name", ["run", "dev"])
def test_every_locked_package_has_its_hashes_and_no_lock_names_an_index(name: str) -> None:
    lock = (ROOT / "requirements" / f"{name}.txt").read_text()
    packages = re.findall(r"^[\w.\[\],-]+==.*(?:\n    .*)*", lock, re.MULTILINE)
    assert len(packages) > 30
    assert all("--hash=sha256:" in package for package in packages)
    assert "://" not in lock


def test_development_runs_on_the_versions_of_the_product() -> None:
    pins = [pinned(name) for name in ("run", "dev")]
    assert pins[0].items() <= pins[1].items()


def pinned(name: str) -> dict[str, str]:
    lock = (ROOT / "requirements" / f"{name}.txt").read_text()
    return dict(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([^\s;]+)", lock, re.MULTILINE))
