"""The marks beside the database."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from oyez.kit import clock
from oyez.ledger.anchors import Anchors
from oyez.ledger.rules import Mark, Restored

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


def test_the_newest_is_kept_and_one_every_ten_minutes(tmp_path: Path) -> None:
    anchors = Anchors(tmp_path)
    now = clock.now()
    for position, minutes in ((1, 0), (2, 1), (3, 11)):
        anchors.note(Mark(position, "ab" * 32), now + timedelta(minutes=minutes))
    assert [one.position for one in anchors.noted()] == [1, 3, 3]


def test_a_restore_ends_what_was_noted_before(tmp_path: Path) -> None:
    anchors = Anchors(tmp_path)
    anchors.note(Mark(9, "ab" * 32), NOON)
    anchors.restored(4, NOON, "monday.dump")
    *_, last = anchors.noted()
    assert last == Restored(4, NOON.isoformat())


@pytest.mark.parametrize("said", ["", "4", "four:abab", "4:"])
def test_a_head_that_a_power_cut_left_half_written_is_none(said: str, tmp_path: Path) -> None:
    (tmp_path / "record.head").write_text(said)
    anchors = Anchors(tmp_path)
    assert anchors.newest() is None
    assert list(anchors.noted()) == []
    anchors.note(Mark(5, "ab" * 32), NOON)
    assert anchors.newest() == Mark(5, "ab" * 32)


def test_nobody_else_reads_them(tmp_path: Path) -> None:
    Anchors(tmp_path).note(Mark(1, "ab" * 32), NOON)
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_what_root_notes_belongs_to_the_house(tmp_path: Path) -> None:
    os.chown(tmp_path, 65534, 65534)
    Anchors(tmp_path).note(Mark(1, "ab" * 32), NOON)
    assert {file.stat().st_uid for file in tmp_path.iterdir()} == {65534}
