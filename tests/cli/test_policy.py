"""`oyez policy`, as people and programs use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from oyez.people import actions as people
from oyez.people.rules import OFFICER
from tests.cli.test_verbs import listed, oyez
from tests.factories import BY
from tests.policy.document import TEXT

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "policy.md"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_a_policy_is_published_and_acknowledged(file: Path) -> None:
    people.invite("sam@council.example", name="Sam", role=OFFICER, by=BY)
    assert oyez("policy", "list").output == "No policy has been published.\n"
    days = ("--approved-on", "2026-11-01", "--review-on", "2027-11-01")
    done = oyez("policy", "publish", str(file), "--number", "3.2", *days)
    assert "Policy 3.2 is in force, with 3 clauses." in done.output
    assert "1 to acknowledge it." in done.output
    assert [one["name"] for one in listed("policy", "unacknowledged")] == ["Sam"]
    said = oyez("policy", "acknowledge", "--as", "SAM@council.example").output
    assert said == "Sam has acknowledged policy 3.2.\n"
    assert listed("policy", "unacknowledged") == []
    (one,) = listed("policy", "list")
    assert (one["number"], one["review_on"], one["acknowledged"]) == ("3.2", "2027-11-01", 1)


def test_refusals_are_one_sentence(file: Path) -> None:
    nobody = oyez("policy", "acknowledge", "--as", "x@council.example")
    assert (nobody.exit_code, "Nobody here has the address" in nobody.output) == (1, True)
    people.invite("sam@council.example", name="Sam", role=OFFICER, by=BY)
    assert (
        "nothing to acknowledge"
        in oyez("policy", "acknowledge", "--as", "sam@council.example").output
    )
    file.write_bytes("Policy é".encode("latin-1"))
    assert "is not in UTF-8" in oyez("policy", "publish", str(file), "--number", "1").output


def test_a_level_is_changed_for_a_reason_and_shown(file: Path) -> None:
    assert oyez("policy", "level", "AC-9", "off").exit_code == 2
    said = oyez("policy", "level", "AC-9", "off", "--why", "False alarms.").output
    assert said == "AC-9 is at the level off (before: own).\n"
    rows = {str(row["id"]): row for row in listed("policy", "levels")}
    assert (rows["AC-9"]["state"], rows["AC-9"]["why"]) == ("off", "False alarms.")
    assert (rows["EM-5"]["state"], rows["EM-5"]["level"]) == ("planned", "")
    assert oyez("policy", "levels").exit_code == 0


def test_facts_are_set_and_listed() -> None:
    assert oyez("policy", "set", "own_contacts", "01822 600100", "a@b.example").exit_code == 0
    assert "no domain" in oyez("policy", "set", "own_domains", "https://x.example").output
    rows = {row["key"]: row["lines"] for row in listed("policy", "facts")}
    assert (rows["own_contacts"], rows["own_domains"]) == (["01822 600100", "a@b.example"], [])
    assert oyez("policy", "facts").exit_code == 0
