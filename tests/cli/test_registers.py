"""`oyez campaigns`, `partners`, `figures` and `topics`, as people and programs use them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_verbs import listed, oyez

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_campaign_is_added_says_what_it_lacks_and_is_closed() -> None:
    said = oyez("campaigns", "add", "Winter ready", "--audience", "Drivers", "--owner", "Ann")
    assert "its tag is winter-ready" in said.output
    assert "Still to say: what should change, how it is measured." in said.output
    (one,) = listed("campaigns", "list")
    assert one["missing"] == ["what should change", "how it is measured"]
    assert oyez("campaigns", "list").exit_code == 0
    assert oyez("campaigns", "close", str(one["id"])).output == "Closed Winter ready.\n"
    assert listed("campaigns", "list") == []
    assert [c["name"] for c in listed("campaigns", "list", "--closed")] == ["Winter ready"]


def test_a_partner_is_added_and_an_old_agreement_is_not_in_force() -> None:
    oyez("partners", "add", "Trust", "--domain", "trust.example", "--domain", "trust.test")
    oyez("partners", "add", "Club", "--until", "2020-01-01")
    assert [(p["name"], p["in_force"]) for p in listed("partners", "list")] == [
        ("Club", False),
        ("Trust", True),
    ]
    (trust,) = listed("partners", "list", "--in-force")
    assert trust["domains"] == ["trust.example", "trust.test"]
    assert oyez("partners", "retire", str(trust["id"])).exit_code == 0
    assert oyez("partners", "retire", str(trust["id"])).exit_code == 1


def test_the_political_register_is_read_from_a_file_with_a_report(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name,kind\nAnn Bow,councillor\nx,club\n", encoding="utf-8")
    tried = oyez("figures", "import", str(file), "--dry-run")
    assert tried.exit_code == 1
    assert listed("figures", "list") == []
    done = oyez("figures", "import", str(file))
    assert "There is no kind “club”" in done.output
    assert [one["name"] for one in listed("figures", "list")] == ["Ann Bow"]


def test_a_file_that_is_not_in_utf_8_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes("name,kind\nAnné,party\n".encode("latin-1"))
    result = oyez("figures", "import", str(file))
    assert result.exit_code == 1
    assert "is not in UTF-8" in result.output


def test_a_figure_and_a_topic_are_added_and_retired() -> None:
    assert oyez("figures", "add", "Hats", "--kind", "party", "--alias", "The Hats").exit_code == 0
    (hats,) = listed("figures", "list")
    assert hats["aliases"] == ["The Hats"]
    assert oyez("figures", "retire", str(hats["id"])).exit_code == 0
    assert oyez("topics", "add", "Leisure centre").exit_code == 0
    (topic,) = listed("topics", "list")
    assert oyez("topics", "retire", str(topic["id"])).exit_code == 0
    assert listed("topics", "list") == []
