"""From when on is a disk low, short or full, and what is then said? Its rules need no disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from oyez.kit.disk import SAYS, Disk, Level, Limits, judge, look, told

USUAL = Limits(2_000, 500)
ENOUGH, LOW, SHORT, FULL = Level


@pytest.mark.parametrize(
    ("size", "free", "level"),
    [
        (100_000, 2_000, ENOUGH),
        (100_000, 1_999, LOW),
        (100_000, 499, SHORT),
        (100_000, 19, FULL),
        (4_000, 401, ENOUGH),
        (4_000, 399, LOW),
        (4_000, 199, SHORT),
        (400, 19, SHORT),
        (400, 9, FULL),
        (400, 0, FULL),
    ],
)
def test_a_small_disk_has_smaller_limits(size: int, free: int, level: Level) -> None:
    assert judge(free, size, USUAL) == level


def test_less_is_never_better() -> None:
    levels = [judge(free, 30_000, USUAL) for free in range(3_000, -1, -1)]
    assert levels == sorted(levels)
    assert set(levels) == set(Level)


def test_the_disk_is_asked_anew_each_time(tmp_path: Path) -> None:
    assert look([tmp_path], USUAL).free > 0
    assert look([tmp_path / "nothing"], USUAL).level == ENOUGH


def test_only_enough_says_nothing() -> None:
    assert [level for level in Level if not Disk(level, 7).says] == [ENOUGH]
    assert all("make room" in sentence for level, sentence in SAYS.items() if level != ENOUGH)
    assert "7 MB" in Disk(LOW, 7).says


def test_a_house_short_of_space_is_not_well() -> None:
    well = [told({"well": True}, Disk(level, 7))["well"] for level in Level]
    assert well == [True, True, False, False]
    assert not told({"well": False}, Disk(ENOUGH, 7))["well"]
    assert told({"well": True}, Disk(LOW, 7))["disk"] == {"level": "low", "free_mb": 7}
