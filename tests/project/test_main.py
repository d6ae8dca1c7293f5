"""The command line: where `--data` may stand, and which exit code means what."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from oyez.project import main as command
from oyez.project.main import main, take_data

SOURCE = Path(__file__).resolve().parents[2] / "src"


@pytest.fixture(autouse=True)
def untouched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OYEZ_DATA", str(tmp_path))


@pytest.mark.parametrize(
    "words", ["--data /a/b db migrate", "db --data=/a/b migrate", "db migrate --data /a/b"]
)
def test_the_data_folder_may_be_named_anywhere(words: str) -> None:
    assert take_data(words.split()) == ["db", "migrate"]
    assert os.environ["OYEZ_DATA"] == "/a/b"


def test_words_after_two_dashes_are_left_alone(tmp_path: Path) -> None:
    words = ["post", "--", "--data", "/a/b"]
    assert take_data(words) == words
    assert os.environ["OYEZ_DATA"] == str(tmp_path)


@pytest.mark.parametrize(
    "words", [["db", "migrate", "--data"], ["up", "--port", "many"], ["db", "dance"]]
)
def test_wrong_usage_is_exit_code_2(words: list[str]) -> None:
    assert main(words) == 2


def test_a_wrong_setting_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OYEZ_PORT", "many")
    assert main(["db", "migrate"]) == 1
    assert capsys.readouterr().err == "OYEZ_PORT is “many”: give a port number from 1 to 65535.\n"


def test_a_fault_of_ours_is_one_sentence_and_its_detail_is_in_the_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    @click.command()
    def stumble() -> None:
        raise ZeroDivisionError("a stone")

    monkeypatch.setitem(command.oyez.commands, "stumble", stumble)
    assert main(["stumble"]) == 1
    said = capsys.readouterr().err
    assert (
        said == "This is a fault in Oyez (ZeroDivisionError): data/log/oyez.log has the detail.\n"
    )
    assert "a stone" in (tmp_path / "log" / "oyez.log").read_text()


def test_a_refusal_of_a_verb_is_its_sentence_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def refuse() -> None:
        raise click.ClickException("The channel is closed: link it again.")

    monkeypatch.setitem(command.oyez.commands, "refuse", refuse)
    assert main(["refuse"]) == 1
    assert capsys.readouterr().err == "The channel is closed: link it again.\n"


def test_a_verb_keeps_its_log_out_of_the_way(tmp_path: Path) -> None:
    """A real command in a process of its own: stderr is for sentences, log lines go to the file."""
    speak = "import logging; logging.getLogger('oyez.x').warning('a detail')"
    code = f"import django; django.setup(); {speak}"
    log = tmp_path / "log" / "oyez.log"
    environ = {
        **os.environ,
        "PYTHONPATH": str(SOURCE),
        "DJANGO_SETTINGS_MODULE": "oyez.project.settings",
        "OYEZ_LOG_FILE": str(log),
    }
    ran = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "a detail" in log.read_text()


def test_bytes_that_are_no_text_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["post", "caf\udce9"]) == 1
    assert "not UTF-8" in capsys.readouterr().err


def test_a_data_folder_that_is_a_file_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("OYEZ_DATA", str(tmp_path / "file"))
    assert main(["channels", "list"]) == 1
    assert "cannot be used" in capsys.readouterr().err.splitlines()[0]


def test_a_log_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    elsewhere = {"PYTHONPATH": str(SOURCE), "OYEZ_LOG_FILE": str(tmp_path / "file" / "oyez.log")}
    command = [sys.executable, "-m", "oyez", "channels", "list"]
    ran = subprocess.run(command, env=os.environ | elsewhere, capture_output=True, text=True)
    assert ran.returncode == 1
    assert ran.stderr.startswith(f"The log {tmp_path}/file/oyez.log cannot be written")
