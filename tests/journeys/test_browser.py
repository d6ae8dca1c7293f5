"""Which browser are the journeys walked in, where a machine has several?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.conftest import BROWSERS, first_of


@pytest.mark.parametrize(
    ("there", "taken"),
    [
        (["chromium", "chromium-headless-shell"], "chromium-headless-shell"),
        (["chromium"], "chromium"),
        ([], None),
    ],
)
def test_the_one_without_windows_before_any_other(
    there: list[str], taken: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in there:
        (tmp_path / name).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert first_of(BROWSERS) == (str(tmp_path / taken) if taken else None)
