"""The smallest run of a bench, from end to end: it finds its way and its work was done."""

from __future__ import annotations

import json

import pytest

from bench import feeds, planning


@pytest.mark.server
def test_polling_is_measured_beside_bare_libcurl(capsys: pytest.CaptureFixture[str]) -> None:
    figures = feeds.run(feeds.Size(rounds=1, feeds=20, items=2))
    lines = capsys.readouterr().out.splitlines()
    told = [json.loads(line) for line in lines if line.startswith("{")]
    assert [one["name"] for one in told] == [figure.name for figure in figures]
    assert any("bare libcurl" in figure.name for figure in figures)
    assert all(value >= 0 for figure in figures for value in figure.rounds)


@pytest.mark.server
def test_the_desk_is_measured_with_what_is_planned(capsys: pytest.CaptureFixture[str]) -> None:
    figures = planning.run(planning.QUICK)
    lines = capsys.readouterr().out.splitlines()
    told = [json.loads(line) for line in lines if line.startswith("{")]
    assert [one["name"] for one in told] == [figure.name for figure in figures]
    assert all(value > 0 for figure in figures for value in figure.rounds)
