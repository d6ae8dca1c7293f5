"""Can officers keep the small registers on pages: campaigns, partners, figures and topics?"""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from oyez.partners import actions as registers
from oyez.partners import queries as partners
from oyez.partners.rules import figures
from oyez.partners.rules import partners as partner_rules
from oyez.strategy import actions as strategy
from oyez.strategy import queries as campaigns
from oyez.strategy.rules import Said as Campaign
from tests.factories import BY
from tests.web.conftest import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("log")]

REGISTERS = ["campaigns", "partners", "political", "political/topics"]
WRONG = [
    ("campaigns", {"name": ""}, "Enter the name of the campaign"),
    (
        "campaigns",
        {"name": "x", "begins_on": "2027-02-02", "ends_on": "2027-02-01"},
        "end before it begins",
    ),
    ("partners", {"name": "Trust", "kind": "x"}, "Select a valid choice"),
    ("partners", {"name": "Trust", "kind": "other", "domains": "https://x"}, "is no domain"),
    ("partners", {"name": "", "kind": "other"}, "Enter the name of the partner"),
    ("political", {"name": "Ann"}, "Select the kind"),
    ("political", {"name": "Ann", "kind": "party", "handles": "a b"}, "has a space"),
    ("political/topics", {"words": " "}, "Enter the topic"),
    ("political/topics", {"words": "Bins", "until": "2020-01-01"}, "has passed"),
]


@pytest.mark.parametrize("register", REGISTERS)
def test_an_empty_one_says_what_it_is_for_and_a_reader_only_looks(
    reader: Client, register: str
) -> None:
    answer = reader.get(f"/settings/{register}")
    seen = BeautifulSoup(answer.content, "html.parser")
    assert seen.select_one(".oyez-empty p")
    assert not seen.select("main .govuk-button")
    assert reader.get(f"/settings/{register}/add").status_code == 403
    assert reader.post(f"/settings/{register}/add", {"name": "x"}).status_code == 403


@pytest.mark.parametrize(("register", "answers", "said"), WRONG)
def test_a_wrong_entry_is_refused_in_words_and_its_answers_kept(
    officer: Client, register: str, answers: dict[str, str], said: str
) -> None:
    answer = officer.post(f"/settings/{register}/add", answers)
    assert answer.status_code == 422
    assert said in page(answer)
    given = BeautifulSoup(answer.content, "html.parser")
    for name, value in answers.items():
        if value.strip() and name != "kind":
            kept = given.select_one(f"[name={name}]")
            assert value in (kept.get("value") or kept.get_text())


def test_a_campaign_is_added_and_says_what_it_lacks(officer: Client) -> None:
    officer.post("/settings/campaigns/add", {"name": "Winter ready", "owner": "Ann Bow"})
    one = campaigns.open_campaigns().get()
    seen = page(officer.get(f"/settings/campaigns/{one.pk}"))
    assert "Nobody has said yet: what should change, for whom, how it is measured." in seen
    assert "winter-ready" in seen
    assert "Not whole yet" in page(officer.get("/settings/campaigns"))


def test_a_change_keeps_what_was_not_touched(officer: Client) -> None:
    said = Campaign("Winter ready", begins_on=date(2027, 1, 4), plan="Minutes")
    one = strategy.add_campaign(said, by=BY)
    where = f"/settings/campaigns/{one.pk}/change"
    form = BeautifulSoup(officer.get(where).content, "html.parser")
    fields = form.select("main input[name]:not([type=hidden], [type=checkbox]), main textarea")
    answers = {field["name"]: field.get("value") or field.get_text().strip() for field in fields}
    officer.post(where, {**answers, "owner": "Ann Bow"})
    one.refresh_from_db()
    assert (one.begins_on, one.plan, one.owner) == (date(2027, 1, 4), "Minutes", "Ann Bow")


def test_a_campaign_is_closed_once(officer: Client) -> None:
    one = strategy.add_campaign(Campaign("Winter ready"), by=BY)
    assert officer.post(f"/settings/campaigns/{one.pk}/close").status_code == 302
    assert "Closed lately" in page(officer.get("/settings/campaigns"))
    assert "Change" not in page(officer.get(f"/settings/campaigns/{one.pk}"))
    assert officer.post(f"/settings/campaigns/{one.pk}/close").status_code == 422


def test_a_partner_s_lists_are_written_one_a_line(officer: Client) -> None:
    answers = {"name": "Trust", "kind": "voluntary", "domains": "Trust.example\r\n\r\ntrust.test"}
    officer.post("/settings/partners/add", answers)
    one = partners.register().get()
    assert one.domains == ["trust.example", "trust.test"]
    form = officer.get(f"/settings/partners/{one.pk}/change")
    area = BeautifulSoup(form.content, "html.parser").select_one("[name=domains]")
    assert area.get_text().split() == ["trust.example", "trust.test"]


def test_an_agreement_that_ended_is_red_and_counted_out(reader: Client) -> None:
    said = partner_rules.Said("Club", agreement_until=date(2020, 1, 1))
    registers.add_partner(said, by=BY)
    seen = page(reader.get("/settings/partners"))
    assert "No agreement holds today." in seen
    assert "Agreement ended" in seen


def test_a_partner_is_retired(officer: Client) -> None:
    one = registers.add_partner(partner_rules.Said("Club"), by=BY)
    officer.post(f"/settings/partners/{one.pk}/retire")
    assert not partners.register()
    assert "Retired lately" in page(officer.get("/settings/partners"))


def test_a_figure_is_added_changed_and_taken_off(officer: Client) -> None:
    officer.post(
        "/settings/political/add", {"name": "Ann Bow", "kind": "councillor", "handles": "@ann"}
    )
    one = partners.figures().get()
    officer.post(f"/settings/political/{one.pk}/change", {"name": "Ann Bow", "kind": "candidate"})
    assert partners.figure(one.pk).said == figures.Said("Ann Bow", "candidate")
    officer.post(f"/settings/political/{one.pk}/retire")
    assert not partners.figures()


def test_a_topic_is_listed_and_taken_off(officer: Client) -> None:
    officer.post("/settings/political/topics/add", {"words": "Leisure centre"})
    one = partners.topics().get()
    assert "Until further notice" in page(officer.get("/settings/political/topics"))
    officer.post(f"/settings/political/topics/{one.pk}/retire")
    assert not partners.topics()


@pytest.mark.parametrize("register", REGISTERS[:3])
def test_what_is_not_there_is_not_found(officer: Client, register: str) -> None:
    for what in ("", "/change"):
        assert officer.get(f"/settings/{register}/99999{what}").status_code == 404


def test_words_of_others_are_escaped(reader: Client) -> None:
    one = registers.add_partner(partner_rules.Said("<b>Bold</b>", note="<i>x</i>"), by=BY)
    assert "<b>Bold</b>" in page(reader.get(f"/settings/partners/{one.pk}"))
    assert not BeautifulSoup(
        reader.get(f"/settings/partners/{one.pk}").content, "html.parser"
    ).select("main b, main i")
