"""Notices on their pages: looking changes nothing, buttons do, and only for oneself."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oyez.emergency import actions as emergency
from oyez.ledger.models import Event
from oyez.notices import actions, queries, rules
from oyez.notices.models import Notice, Posting
from oyez.people import queries as people
from oyez.people.models import Person
from tests.factories import BY
from tests.notices.conftest import posts_by
from tests.web.conftest import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("log")]


def person(name: str) -> Person:
    return Person.objects.get(name__startswith=name)


def a_notice() -> Notice:
    """Everybody on duty is told of a stop."""
    emergency.stop(None, why="Storm", by=BY)
    emergency.resume(None, by=BY)
    actions.tell(Event.objects.filter(kind="emergency.stopped").latest("id").pk)
    return Notice.objects.latest("id")


def header(answer: Any) -> str:
    return BeautifulSoup(answer.content, "html.parser").select_one("header").get_text(" ")


def test_the_header_of_every_page_counts_what_is_unread(officer: Client) -> None:
    assert "Notices" in header(officer.get("/messages/"))
    a_notice()
    assert "1 notice" in header(officer.get("/messages/"))
    a_notice()
    assert "2 notices" in header(officer.get("/messages/"))


def test_the_count_is_one_look(officer: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        officer.get("/messages/")
    assert sum("notices_notice" in query["sql"] for query in asked) == 1


def test_looking_at_a_notice_or_its_page_marks_nothing(officer: Client) -> None:
    notice = a_notice()
    officer.get("/notices")
    officer.get(notice.href)
    assert officer.get(f"/notices/{notice.pk}/read").status_code == 405
    assert officer.get("/notices/read").status_code == 405
    assert queries.unread(person("Sam")) == 1


def test_a_notice_leads_straight_to_its_page(officer: Client) -> None:
    a_notice()
    seen = BeautifulSoup(officer.get("/notices").content, "html.parser")
    assert seen.select_one(".oyez-row__title a")["href"] == "/stop"


def test_unread_notices_stand_above_read_ones(officer: Client) -> None:
    first, second = a_notice(), a_notice()
    officer.post(f"/notices/{second.pk}/read")
    seen = BeautifulSoup(officer.get("/notices").content, "html.parser")
    new, old = (row.get_text() for row in seen.select(".oyez-row"))
    assert ("New" in new, "Mark as read" in new, "Read" in old) == (True, True, True)
    assert "New" not in old
    assert seen.select_one(f"form[action='/notices/{first.pk}/read']")


def test_nobody_reads_another_s_notices(officer: Client, reader: Client) -> None:
    notice = a_notice()
    answer = reader.post(f"/notices/{notice.pk}/read", follow=True)
    assert "This notice is not yours, or is gone." in page(answer)
    assert "Storm" not in page(reader.get("/notices"))
    assert queries.unread(person("Sam")) == 1


def test_all_that_stood_on_the_page_is_marked_and_no_more(officer: Client) -> None:
    first = a_notice()
    a_notice()
    officer.post("/notices/read", {"newest": first.pk})
    assert queries.unread(person("Sam")) == 1


@pytest.mark.parametrize("newest", ["", "x", "-1", "9" * 40, "²"])
def test_a_mangled_form_marks_nothing_and_breaks_nothing(officer: Client, newest: str) -> None:
    a_notice()
    assert officer.post("/notices/read", {"newest": newest}).status_code == 302
    assert queries.unread(person("Sam")) == 1


def test_words_of_others_are_escaped(officer: Client) -> None:
    emergency.stop(None, why="<script>alert(1)</script>", by=BY)
    actions.tell(Event.objects.latest("id").pk)
    assert "<script>alert" not in officer.get("/notices").content.decode()


def test_a_house_without_a_mail_server_says_so(officer: Client, settings: Any) -> None:
    for address in ("/notices", "/notices/choose"):
        assert "This house sends no e-mail" in page(officer.get(address))
    posts_by(settings, "smtp://127.0.0.1:1")
    for address in ("/notices", "/notices/choose"):
        assert "This house sends no e-mail" not in page(officer.get(address))


def chosen(**changed: str) -> dict[str, str]:
    usual = dict.fromkeys(rules.TOPICS, "page")
    return {**usual, "digest_at": "07:30", **changed}


def test_choices_are_kept(officer: Client) -> None:
    assert officer.post("/notices/choose", chosen(comments="off")).status_code == 302
    sam = person("Sam")
    assert (queries.ways(sam)["comments"], queries.ways(sam)["stops"]) == ("off", "page")
    assert f"{queries.digest_time(sam):%H:%M}" == "07:30"
    seen = BeautifulSoup(officer.get("/notices/choose").content, "html.parser")
    assert seen.select_one("[name=comments][checked]")["value"] == "off"
    assert seen.select_one("[name=digest_at]")["value"] == "07:30"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"digest_at": "25:00"}, "Enter a time of day, such as 08:00"),
        ({"digest_at": ""}, "Enter a time of day, such as 08:00"),
        ({"stops": "off"}, "Select a valid choice"),
    ],
)
def test_a_wrong_choice_changes_nothing_and_stays_on_the_page(
    officer: Client, wrong: dict[str, str], says: str
) -> None:
    answer = officer.post("/notices/choose", chosen(**wrong))
    assert answer.status_code == 422
    assert says in page(answer)
    assert queries.ways(person("Sam"))["stops"] == "at_once"


def test_an_absence_is_said_and_ended(officer: Client, administrator: Client) -> None:
    deputy = person("Ada")
    told = {"from_on": "2099-12-21", "until_on": "2099-12-31", "deputy": deputy.pk}
    assert officer.post("/notices/away", told).status_code == 302
    assert people.deputy_of(person("Sam"), date(2099, 12, 24)) == deputy
    assert "21 December 2099 to 31 December 2099" in page(officer.get("/notices/choose"))
    (absence,) = people.absences(person("Sam"), date(2099, 12, 24))
    administrator.post(f"/notices/away/{absence.pk}/end")  # another's: nothing happens
    assert people.is_away(person("Sam"), date(2099, 12, 24))
    officer.post(f"/notices/away/{absence.pk}/end")
    assert not people.is_away(person("Sam"), date(2099, 12, 24))


def test_a_wrong_absence_keeps_what_was_entered(officer: Client) -> None:
    told = {"from_on": "2099-12-31", "until_on": "2099-12-21", "deputy": ""}
    answer = officer.post("/notices/away", told)
    assert answer.status_code == 422
    assert "The last day away must not be before the first." in page(answer)
    assert "2099-12-31" in answer.content.decode()
    assert "Enter the last day away" in page(officer.post("/notices/away", {}))


def test_only_administrators_see_what_was_mailed(administrator: Client, officer: Client) -> None:
    now = Event.objects.latest("id").at
    Posting.objects.create(
        address="sam@council.example", kind="at_once", subject="Sending is stopped", tries=1,
        state="failed", why="550 5.1.1 No such mailbox", made_at=now, due_at=now,
    )  # fmt: skip
    seen = page(administrator.get("/notices/log"))
    assert "sam@council.example" in seen
    assert "550 5.1.1 No such mailbox" in seen
    assert officer.get("/notices/log").status_code == 403
