"""Can officers open, change and close sensitive periods on pages, and does everybody see them?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from oyez.emergency import actions, queries
from oyez.emergency.models import Period
from oyez.emergency.rules import Said
from oyez.kit import clock
from oyez.partners import actions as partners
from oyez.partners.rules.figures import Said as Figure
from oyez.people.models import Person
from tests.entering import signed_in
from tests.factories import BY
from tests.web.conftest import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("log")]

POLL = date(2027, 5, 6)
STEP_TWO = "/settings/periods/add?kind=pre_election&polling_on=2027-05-06&nation=England"
ANSWERS = {
    "name": "County election",
    "polling_on": "2027-05-06",
    "begins_on": "2027-03-24",
    "ends_on": "2027-05-06",
    "area": "",
    "note": "",
}


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    it_is(datetime(2026, 11, 24, 12, tzinfo=UTC))
    yield
    clock.set_reader(None)


def it_is(moment: datetime) -> None:
    clock.set_reader(lambda: moment)


def an_election() -> Period:
    return actions.open_period(Said("pre_election", "County election", polling_on=POLL), by=BY)


def test_an_empty_register_is_said_wherever_an_election_is_opened(officer: Client) -> None:
    says = "The political register names nobody"
    assert says not in page(officer.get("/settings/periods"))
    assert says in page(officer.get(STEP_TWO))
    assert says not in page(officer.get(STEP_TWO.replace("pre_election", "mourning")))
    opened = officer.post(STEP_TWO, ANSWERS, follow=True)
    assert says in page(opened)
    assert 'href="/settings/political"' in opened.content.decode()
    here = f"/settings/periods/{Period.objects.get().pk}"
    assert says in page(officer.get(here))
    partners.add_figure(Figure(name="Jo Penrose", kind="candidate"), by=BY)
    for path in ("/settings/periods", here, STEP_TWO):
        assert says not in page(officer.get(path))


def test_settings_lists_periods_and_leaves_out_what_this_house_has_not(reader: Client) -> None:
    seen = BeautifulSoup(reader.get("/settings").content, "html.parser")
    links = {link["href"] for link in seen.select(".oyez-row a")}
    assert "/settings/periods" in links


def test_settings_is_lit_on_the_pages_inside_it(reader: Client) -> None:
    seen = BeautifulSoup(reader.get("/settings/periods").content, "html.parser")
    lit = seen.select(".oyez-places--wide [aria-current=true]")
    assert [link.get_text(strip=True) for link in lit] == ["Settings"]


def test_the_days_are_computed_from_the_polling_day_for_the_officer_to_set(
    officer: Client,
) -> None:
    first = officer.get(
        "/settings/periods/new",
        {"kind": "pre_election", "polling_on": "2027-05-06", "nation": "England"},
        follow=True,
    )
    seen = BeautifulSoup(first.content, "html.parser")
    assert "it begins on 31 March 2027 at the latest" in page(first)
    assert seen.select_one("[name=begins_on]")["value"] == "2027-03-31"
    assert seen.select_one("[name=ends_on]")["value"] == "2027-05-06"
    assert not queries.every_period()


def test_the_officer_s_day_wins_and_the_page_says_both(officer: Client) -> None:
    officer.post(STEP_TWO, ANSWERS)
    period = queries.every_period().get()
    seen = page(officer.get(f"/settings/periods/{period.pk}"))
    assert "Computed: 31 March 2027; set to 24 March 2027, which counts." in seen
    assert "Ends 22:00, Thursday 6 May 2027 (BST)" in seen


def test_mourning_asks_for_no_polling_day(officer: Client) -> None:
    first = officer.get(
        "/settings/periods/new", {"kind": "mourning", "polling_on": "", "nation": "England"}
    )
    second = officer.get(first["Location"])
    assert second.status_code == 200
    assert not BeautifulSoup(second.content, "html.parser").select("[name=polling_on]")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"nation": "England"}, "Select the kind of period"),
        ({"kind": "pre_election", "nation": "England"}, "Enter the polling day"),
        (
            {"kind": "pre_election", "nation": "England", "polling_on": "2037-05-06"},
            "more than two years ahead",
        ),
        (
            {"kind": "pre_election", "nation": "England", "polling_on": "nonsense"},
            "Enter a real day",
        ),
    ],
)
def test_step_one_says_what_is_wrong(officer: Client, asked: dict[str, str], said: str) -> None:
    answer = officer.get("/settings/periods/new", asked)
    assert answer.status_code == 422
    assert said in page(answer)


def test_step_two_without_step_one_begins_there(officer: Client) -> None:
    assert officer.get("/settings/periods/add")["Location"] == "/settings/periods/new"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Enter the name of the period"),
        ({"begins_on": "2027-06-01"}, "before it begins on 1 June 2027"),
        ({"ends_on": "2035-06-01"}, "more than two years ahead"),
    ],
)
def test_a_wrong_period_is_refused_and_every_answer_kept(
    officer: Client, wrong: dict[str, str], said: str
) -> None:
    answer = officer.post(STEP_TWO, {**ANSWERS, "note": "Ask Ann", **wrong})
    assert answer.status_code == 422
    assert said in page(answer)
    assert "Ask Ann" in page(answer)
    assert not queries.every_period()


def test_a_change_shows_in_the_history(officer: Client) -> None:
    period = an_election()
    officer.post(f"/settings/periods/{period.pk}/change", ANSWERS)
    seen = page(officer.get(f"/settings/periods/{period.pk}"))
    assert "Changed a sensitive period: Sam Carter" in seen
    assert "first day (2027-03-31 → 2027-03-24)" in seen


def test_closing_asks_why_and_the_period_is_over(officer: Client) -> None:
    period = an_election()
    where = f"/settings/periods/{period.pk}/close"
    assert "Say why" in page(officer.post(where, {"why": ""}))
    officer.post(where, {"why": "The election was called off."})
    seen = page(officer.get(f"/settings/periods/{period.pk}"))
    assert "The election was called off." in seen
    assert "Close it early" not in seen


def test_the_strip_stands_on_every_page_while_it_holds(reader: Client, client: Client) -> None:
    period = an_election()
    assert "County election" not in page(reader.get("/messages"))
    it_is(period.begins_at)
    seen = page(signed_in(Person.objects.get(), reader).get("/messages"))
    assert "County election until 22:00, Thursday 6 May (BST). Publicity stays" in seen
    assert "County election" not in page(client.get("/sign-in"))
    it_is(period.ends_at)
    assert "County election" not in page(signed_in(Person.objects.get(), reader).get("/messages"))


def test_mourning_lasts_to_the_end_of_its_last_day(reader: Client) -> None:
    today = date(2026, 11, 24)
    actions.open_period(Said("mourning", "National mourning", "", today, today), by=BY)
    seen = page(reader.get("/messages"))
    assert "National mourning until the end of 24 November 2026. Think twice" in seen


def test_a_custom_period_has_no_strip(reader: Client) -> None:
    today = date(2026, 11, 24)
    actions.open_period(Said("custom", "Budget week", "", today, today), by=BY)
    assert "Budget week" not in page(reader.get("/messages"))
    assert "In force now: Budget week." in page(reader.get("/settings/periods"))


def test_a_reader_may_look_and_not_touch(reader: Client) -> None:
    period = an_election()
    assert reader.get(f"/settings/periods/{period.pk}").status_code == 200
    for address in ("new", "add", f"{period.pk}/change", f"{period.pk}/close"):
        assert reader.get(f"/settings/periods/{address}").status_code == 403
    assert reader.get("/settings/periods/99999").status_code == 404
