"""Importing a table on a page and from the command line: looked at first, then made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from oyez.cli import posts as cli
from oyez.posts.models import Post
from tests.factories import a_channel
from tests.fakes.networks import Findable, Log
from tests.web.conftest import page

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = """text,channels,date,time
The fair opens,Council news,2027-05-06,09:30
Broken,Council news,2027-02-30,09:30
"""


@pytest.fixture(autouse=True)
def networks(log: Log) -> None:
    a_channel(Findable, name="Council news")


def a_file(text: str = TABLE) -> SimpleUploadedFile:
    return SimpleUploadedFile("plan.csv", text.encode(), content_type="text/csv")


def test_nothing_is_made_before_it_was_looked_at(officer: Client) -> None:
    answer = officer.post("/planner/import", {"file": a_file(), "do": "look"})
    said = page(answer)
    assert "1 line becomes a draft. 1 line does not." in said
    assert "“2027-02-30” is not a day." in said
    assert not Post.objects.exists()
    table = BeautifulSoup(answer.content, "html.parser").find("input", {"name": "table"})
    answer = officer.post("/planner/import", {"table": table["value"], "do": "make"}, follow=True)
    assert "Made 1 draft." in page(answer)
    assert [post.draft.text for post in Post.objects.all()] == ["The fair opens"]
    assert Post.objects.get().is_draft


def test_the_same_table_again_makes_nothing_new(officer: Client) -> None:
    officer.post("/planner/import", {"table": TABLE, "do": "make"})
    answer = officer.post("/planner/import", {"table": TABLE, "do": "make"})
    assert answer.status_code == 422
    assert "It is here already, as message" in page(answer)
    assert Post.objects.count() == 1


def test_what_is_too_long_says_by_how_much(officer: Client) -> None:
    answer = officer.post(
        "/planner/import", {"file": a_file(f"text,channels\n{'x' * 501},Council news\n")}
    )
    assert "It is 501." in page(answer)


@pytest.mark.parametrize(
    ("given", "says"), [({}, "Choose a file."), ({"table": "x"}, "is missing")]
)
def test_no_table_is_said_in_words(officer: Client, given: dict[str, str], says: str) -> None:
    answer = officer.post("/planner/import", given)
    assert answer.status_code == 422
    assert says in page(answer)


def test_a_reader_imports_nothing(reader: Client) -> None:
    assert reader.post("/planner/import", {"table": TABLE, "do": "make"}).status_code == 403


def run(tmp_path: Path, *options: str) -> Result:
    file = tmp_path / "plan.csv"
    file.write_text(TABLE, encoding="utf-8")
    return CliRunner().invoke(cli.posts, ["import", str(file), *options])


def test_the_command_line_says_the_same(tmp_path: Path) -> None:
    dry = run(tmp_path, "--dry-run")
    assert (dry.exit_code, Post.objects.count()) == (1, 0)
    assert "1 of 2 lines would become drafts." in dry.output
    wet = run(tmp_path, "--json")
    first, second = json.loads(wet.stdout)
    assert (first["line"], first["problems"]) == (2, [])
    assert first["message"] == Post.objects.get().pk
    assert second["message"] is None
    assert "is not a day" in second["problems"][0]


def test_a_file_that_is_no_table_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(b"\0\1")
    result = CliRunner().invoke(cli.posts, ["import", str(file)])
    assert result.exit_code == 1
    assert result.output == "Error: This is not a CSV file. Save the table as “CSV UTF-8”.\n"
