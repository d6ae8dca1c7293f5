"""What a person means by a time on the wall, also when the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from oyez.kit.walltime import NoSuchTime, moment, read

ZONE = "Europe/London"
NOW = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)  # 13:00 on the wall


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("14:05", "2026-07-01T13:05"),
        ("12:30", "2026-07-02T11:30"),
        ("2026-11-24 09:00", "2026-11-24T09:00"),
        ("2026-07-24T09:00", "2026-07-24T08:00"),
        ("2026-10-25 01:30+01:00", "2026-10-25T00:30"),
    ],
)
def test_wall_times_become_moments(text: str, moment: str) -> None:
    assert read(text, ZONE, NOW) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2027-03-28 01:30", "skip"),
        ("2026-10-25 01:30", "twice"),
        ("tomorrow", "is not a time"),
        ("24:00", "time of day"),
    ],
)
def test_times_that_are_not_certain_are_said(text: str, words: str) -> None:
    with pytest.raises(NoSuchTime, match=words):
        read(text, ZONE, NOW)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../UTC", "Europe", "\0"])
def test_a_zone_that_is_nowhere_is_said(zone: str) -> None:
    with pytest.raises(NoSuchTime, match="There is no time zone"):
        moment(datetime(2026, 7, 1, 12), zone)
