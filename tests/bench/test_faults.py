"""What the proof run says of itself: lines for programs, a table for people, an exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.faults import command
from bench.faults.contract import Asked, Found, NotHeld, Row

ROOT = Path(__file__).parents[2]
FIGURES = ROOT / "bench" / "faults" / "figures.jsonl"


def held(asked: Asked) -> Found:
    return {"deliveries": asked.deliveries, "lost": 0}


def broken(asked: Asked) -> Found:
    raise NotHeld({"deliveries": 10, "lost": 1}, "See the folder.")


@pytest.fixture(autouse=True)
def rows(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {1: Row(1, "Nothing is lost", held), 2: Row(2, "Nothing is doubled", broken)}
    monkeypatch.setattr(command, "ROWS", rows)


def test_a_row_that_held_tells_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--rows", "1", "--seed", "7", "--deliveries", "1200"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told.pop("seconds") >= 0
    assert "commit" in told
    del told["commit"]
    promise = {"row": 1, "promise": "Nothing is lost", "held": True}
    assert told == {**promise, "deliveries": 1200, "lost": 0, "seed": 7}


def test_a_broken_row_says_its_seed_and_the_others_are_tried_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert command.main(["--rows", "2,1", "--seed", "7"]) == 1
    said = capsys.readouterr()
    assert [json.loads(line)["held"] for line in said.out.splitlines()] == [False, True]
    assert "Row 2 did not hold with seed 7. See the folder." in said.err


def test_an_unknown_row_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(["--rows", "1,9"])
    assert "no row 9; there are 1, 2" in capsys.readouterr().err


def test_lines_become_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for seed, deliveries in [("9", "1300"), ("7", "1200")]:
        command.main(["--rows", "2,1", "--seed", seed, "--deliveries", deliveries])
    lines = tmp_path / "lines"
    lines.write_text("Anything else.\n" + capsys.readouterr().out)
    assert command.main(["--table", str(lines)]) == 0
    *_, first, second = capsys.readouterr().out.splitlines()
    figures = "deliveries **1,200 / 1,300**, lost **0**"
    assert first == f"| 1 | Nothing is lost | {figures} | 7 / 9 | 0 |"
    assert "**broken:** deliveries **10**, lost **1**" in second


def test_the_readme_shows_what_was_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--table", str(FIGURES)]) == 0
    assert capsys.readouterr().out in (ROOT / "README.md").read_text()


def test_it_was_measured_in_full_on_two_seeds() -> None:
    first = [line for line in map(json.loads, FIGURES.read_text().splitlines()) if line["row"] == 1]
    assert len({line["seed"] for line in first}) > 1
    for line in first:
        assert (line["deliveries"] >= 10_000, line["kills"] >= 200) == (True, True)
        assert (line["lost"], line["doubled"], line["unsettled"]) == (0, 0, 0)
