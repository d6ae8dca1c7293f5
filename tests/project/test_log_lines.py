"""Can somebody's words pretend to be an entry in the log, and does each say when it was?"""

from __future__ import annotations

import logging
import re
import sys
from pathlib import Path

from oyez.project.log_lines import Line
from oyez.project.supervisor_child import Log

FORGED = "2026-01-01 00:00:00.000Z WARNING ledger all is well"


def written(message: str, *arguments: object, failure: bool = False) -> str:
    record = logging.LogRecord("feeds", logging.ERROR, "", 1, message, arguments, None)
    record.exc_info = sys.exc_info() if failure else None
    return Line("{asctime} {levelname} {name} {message}", style="{").format(record)


def test_an_entry_says_when_in_utc_how_grave_and_where() -> None:
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z ERROR feeds It broke", written("It broke")
    )


def test_line_breaks_from_outside_are_written_out() -> None:
    for sign in "\n\r\x0b\x0c\x1b\x85\u2028":
        assert written("Title: %s", f"Bins{sign}{FORGED}").splitlines()[1:] == []
    assert r"Bins\n2026" in written("Title: %s", f"Bins\n{FORGED}")


def test_a_traceback_stands_indented_whatever_it_says() -> None:
    try:
        raise ValueError(f"Bins\n{FORGED}\r{FORGED}")
    except ValueError:
        first, *below = written("It broke", failure=True).splitlines()
    assert first.endswith("It broke")
    assert below
    assert all(line.startswith("    ") for line in below)


def test_other_accounts_of_the_machine_read_no_log(tmp_path: Path) -> None:
    heard = Log("web", tmp_path / "log" / "web.log", print)
    heard._note(b"somebody did something")
    heard.close()
    assert (tmp_path / "log" / "web.log").exists()
    assert (tmp_path / "log").stat().st_mode & 0o007 == 0
