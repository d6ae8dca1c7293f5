"""The record from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection

from oyez.ledger.models import Event
from oyez.people import actions as people
from oyez.people.rules import ADMINISTRATOR, DATA_PROTECTION, READER
from tests.cli.test_verbs import listed, oyez
from tests.factories import BY
from tests.ledger import spoiling
from tests.ledger.happening import things_happen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("anchors")]


def test_who_did_what_and_why() -> None:
    ada = people.invite("ada@council.example", name="Ada Clerk", role=ADMINISTRATOR, by=BY)
    things_happen(2)
    things_happen(1, by=ada, first=7)
    (told,) = listed("audit", "list", "--who", "ada@council.example")
    assert (told["by"], told["on"], told["why"]) == (
        "Ada Clerk",
        "emergency.stop:7",
        "Storm 7 is over",
    )
    assert len(listed("audit", "list", "--what", "emergency")) == 3
    assert len(listed("audit", "list", "--what", "people.invited")) == 1
    assert len(listed("audit", "list", "--on", "stop:1")) == 1
    assert listed("audit", "list", "--until", "2020-01-01") == []
    assert "Storm 7 is over" in oyez("audit", "list").stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("list", "--what", "weather"), "Nothing of the kind “weather” can happen here"),
        (("list", "--on", "cloud:1"), "“cloud:1” names no thing here"),
        (("list", "--who", "nobody@council.example"), "Nobody here has had the address"),
        (("list", "--who", "Ada"), "“Ada” is nobody"),
        (("forget", "person", "7", "--why", "Asked"), "holds no name of person 7"),
    ],
)
def test_what_there_is_not_is_said(arguments: tuple[str, ...], says: str) -> None:
    said = oyez("audit", *arguments)
    assert said.exit_code == 1
    assert says in said.stderr


def test_a_head_that_is_none_is_wrong_usage() -> None:
    assert oyez("audit", "verify", "--head", "yesterday").exit_code == 2


def test_a_whole_record_is_told_with_its_head() -> None:
    things_happen(3)
    head = oyez("audit", "head").stdout.strip()
    assert head.startswith("3:")
    assert f"The record is whole: 3 events, up to {head}." in oyez("audit", "verify").stdout
    assert oyez("audit", "verify", "--head", head[:18]).exit_code == 0
    assert oyez("audit", "verify", "--head", "2:0123456789abcdef").exit_code == 1


def test_the_head_of_nothing_is_refused_and_programs_get_an_object() -> None:
    refused = oyez("audit", "head")
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert "The record is empty" in refused.stderr
    things_happen(2)
    told = json.loads(oyez("audit", "head", "--json").stdout)
    assert told == {"head": oyez("audit", "head").stdout.strip(), "links": 2}


def test_the_record_is_gone_through_for_whoever_may_read_it() -> None:
    for name, role in (("ada", ADMINISTRATOR), ("rhys", READER)):
        people.invite(f"{name}@council.example", name=name.title(), role=role, by=BY)
    assert "is whole" in oyez("--as", "ada@council.example", "audit", "verify").stdout
    for verb in ("verify", "head"):
        refused = oyez("--as", "rhys@council.example", "audit", verb)
        assert (refused.exit_code, "may not do this" in refused.stderr) == (1, True)


def test_a_break_is_told_once_with_its_place() -> None:
    things_happen(3)
    oyez("audit", "head")
    with connection.cursor() as cursor, spoiling.without_triggers(cursor.execute):
        cursor.execute("update ledger_event set kind = 'posts.started' where on_id = '2'")
    said = oyez("audit", "verify")
    assert said.exit_code == 1
    assert said.stdout.startswith("The record does not hold at 2: Event ")
    told = json.loads(oyez("audit", "verify", "--json").stdout)
    assert (told["whole"], told["broken"]["position"], told["broken"]["what"]) == (
        False,
        2,
        "altered",
    )
    assert len(listed("audit", "list", "--what", "ledger.broken")) == 1


def test_a_copy_is_written_once_and_verified_alone(tmp_path: Path) -> None:
    things_happen(3)
    file = tmp_path / "record.jsonl"
    assert "Wrote 3 events" in oyez("audit", "export", str(file)).stdout
    assert file.stat().st_mode & 0o777 == 0o600
    refused = oyez("audit", "export", str(file))
    assert (refused.exit_code, "exists" in refused.stderr) == (1, True)
    assert oyez("audit", "verify", "--file", str(file)).exit_code == 0
    file.write_text(file.read_text().replace("Storm 2", "Storm 5"))
    assert oyez("audit", "verify", "--file", str(file)).exit_code == 1


def test_a_copy_for_a_spreadsheet(tmp_path: Path) -> None:
    things_happen(1)
    file = tmp_path / "record.csv"
    oyez("audit", "export", str(file), "--format", "csv")
    assert "Storm 1 is over" in file.read_text()


def test_a_name_is_erased_by_address() -> None:
    ada = people.invite("ada@council.example", name="Ada Clerk", role=ADMINISTRATOR, by=BY)
    things_happen(1, by=ada)
    said = oyez("audit", "forget", "person", "ada@council.example", "--why", "She asked")
    assert said.stdout == f"Erased 1 name of person {ada.pk}.\n"
    assert "name was erased" in listed("audit", "list", "--who", "ada@council.example")[0]["by"]


def test_who_found_a_break_is_on_record_and_not_the_machine_it_was_found_from() -> None:
    """Also where the law, and no role, lets them read the record."""
    may = people.invite("dan@council.example", name="Dan", role=READER, by=BY)
    people.give(may, duties=[DATA_PROTECTION], by=BY)
    things_happen(3)
    oyez("audit", "head")
    assert "is whole" in oyez("--as", may.email, "audit", "verify").stdout
    with connection.cursor() as cursor, spoiling.without_triggers(cursor.execute):
        one = "(select event from ledger_link where position = 2)"
        cursor.execute(f"update ledger_event set on_id = '99' where id = {one}")
    assert oyez("--as", may.email, "audit", "verify").exit_code == 1
    event = Event.objects.get(kind="ledger.broken")
    assert (event.by_kind, event.by_id) == ("person", str(may.pk))
    assert event.by_name.startswith("Dan (typed by ")
