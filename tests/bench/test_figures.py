"""What the benches say about what they measured, and that they notice work that was not done."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from bench import meter, rest
from bench.feed_text import rss
from bench.figures import Figure, Void, percentile, ratio, show


def test_a_figure_is_the_median_of_its_rounds_beside_its_goal() -> None:
    told = json.loads(Figure("p95", "ms", (30.0, 10.0, 20.0), goal=25).line())
    assert (told["value"], told["goal"], told["met"]) == (20.0, 25, True)
    assert told["rounds"] == [30.0, 10.0, 20.0]


def test_a_figure_over_its_goal_has_missed_it_and_one_without_a_goal_has_not() -> None:
    assert Figure("wall", "s", (2.0,), goal=1.9).met is False
    assert Figure("wall", "s", (2.0,)).met is None


def test_ratios_compare_each_round_with_its_own_moment() -> None:
    compared = ratio("ours beside theirs", [1, 8], [2, 4], goal=1.3)
    assert compared.rounds == (0.5, 2.0)
    with pytest.raises(ValueError, match="shorter"):
        ratio("uneven", [1, 2], [1])


def test_a_percentile_lies_between_the_values_beside_it() -> None:
    assert percentile([10, 20, 30], 50) == 20
    assert percentile([10, 20], 95) == pytest.approx(19.5)


def test_programs_read_a_line_for_each_figure_and_people_a_table(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show("Rest", [Figure("memory", "MB", (390.0,), goal=400)])
    first, *table = capsys.readouterr().out.splitlines()
    assert json.loads(first)["name"] == "memory"
    assert any("at most 400" in line and "met" in line for line in table)


def test_a_longer_feed_holds_the_shorter_one_unchanged() -> None:
    short, long = (
        [item.findtext("pubDate") for item in ElementTree.fromstring(body).iter("item")]
        for body in (rss(["a", "b"]), rss(["a", "b", "c"]))
    )
    assert len(long) == 3
    assert long[:2] == short


def test_an_installation_with_a_part_missing_is_not_weighed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there = [("python -m oyez up", 25.0), ("python -m oyez worker", 60.0)]
    monkeypatch.setattr(meter, "by_words", lambda pid: there)
    with pytest.raises(Void, match="web"):
        rest._weigh(1)
