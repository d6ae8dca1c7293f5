"""The record on a page: who sees it, what it says, and a copy of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import AsyncClient, Client

from oyez.kit import clock
from oyez.ledger.actions import chain_all, check
from oyez.ledger.actor import Keeper
from oyez.ledger.checked import Copy
from oyez.ledger.models import Event, Verifying
from oyez.people import actions as people
from oyez.people import queries as who_is_here
from oyez.people import rules
from tests.factories import BY, a_channel, a_post
from tests.jobs import run_jobs
from tests.ledger import spoiling
from tests.ledger.happening import things_happen
from tests.web.conftest import page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("log", "anchors")]


def test_a_message_a_reason_and_who_are_told(administrator: Client) -> None:
    a_post("The bridge is open.", to=[a_channel()])
    things_happen(1)
    seen = page(administrator.get("/audit"))
    assert "Handed in the message: “The bridge is open.”" in seen
    assert "tester on the command line" in seen
    assert "Why: Storm 1 is over" in seen


@pytest.mark.parametrize("duty", [rules.MONITORING_OFFICER, rules.DATA_PROTECTION])
def test_those_whom_the_law_names_see_it(duty: str, reader: Client) -> None:
    assert reader.get("/audit").status_code == 403
    assert "The record" not in page(reader.get("/settings"))
    person = who_is_here.person("rhys@council.example")
    assert person
    people.give(person, duties=[duty], by=BY)
    assert reader.get("/audit").status_code == 200
    assert "The record" in page(reader.get("/settings"))


@pytest.mark.parametrize("who", ["officer", "writer", "reader"])
def test_others_do_not(who: str, request: pytest.FixtureRequest) -> None:
    client = request.getfixturevalue(who)
    assert client.get("/audit").status_code == 403
    assert client.post("/audit/copy", {"format": "csv"}).status_code == 403


def test_it_is_shown_by_person_area_thing_and_day(administrator: Client) -> None:
    wyn = people.invite("wyn@council.example", name="Wyn", role=rules.ADMINISTRATOR, by=BY)
    things_happen(2)
    things_happen(1, by=wyn, first=7)
    assert rows(administrator, who=f"person:{wyn.pk}") == 1
    assert rows(administrator, who="console:", what="emergency") == 2
    assert rows(administrator, on="emergency.stop:2") == 1
    assert rows(administrator, until="2020-01-01") == 0
    today = clock.now().date().isoformat()
    assert rows(administrator, what="emergency", since="2020-01-01", until=today) == 3


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"since": "yesterday"}, "Enter a real day"),
        ({"since": "2026-02-02", "until": "2026-02-01"}, "must not be before the first"),
        ({"who": "person:99999"}, "Select a valid choice"),
        ({"what": "weather"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said(administrator: Client, asked: dict[str, str], says: str) -> None:
    answer = administrator.get("/audit", asked)
    assert answer.status_code == 422
    assert says in page(answer)


def test_fifty_a_page_and_each_event_once(administrator: Client) -> None:
    things_happen(120)
    seen: list[str] = []
    address = "/audit?what=emergency"
    while address:
        soup = BeautifulSoup(administrator.get(address).content, "html.parser")
        seen += [one.get_text() for one in soup.select(".oyez-row__title")]
        older = soup.select_one("a[rel=next]")
        address = f"/audit{older['href']}" if older else ""
    assert len(seen) == len(set(seen)) == 120


@pytest.mark.parametrize(
    "before", ["x", "1-", "-1", "9" * 30 + "-1", "1e5-3", "999999999999999999-1"]
)
def test_an_odd_place_to_begin_is_the_beginning(administrator: Client, before: str) -> None:
    assert administrator.get("/audit", {"before": before}).status_code == 200


def test_whether_it_is_whole_is_said(administrator: Client) -> None:
    assert "Not verified yet" in page(administrator.get("/audit"))
    things_happen(2)
    chain_all()
    check(by=Keeper())
    assert "Whole" in page(administrator.get("/audit"))
    with connection.cursor() as cursor, spoiling.without_triggers(cursor.execute):
        cursor.execute("update ledger_event set on_id = '9' where on_id = '1' and kind like 'e%'")
    check(by=Keeper())
    seen = page(administrator.get("/audit"))
    assert "Changed from outside" in seen
    assert "has been changed since it was recorded" in seen


def test_an_erased_name_is_said(administrator: Client) -> None:
    things_happen(1)
    Event.objects.update(by_name="")
    assert "Somebody whose name was erased" in page(administrator.get("/audit"))


def test_a_name_from_outside_is_only_words(administrator: Client) -> None:
    things_happen(1, by=people.invite("x@y.example", name="<script>alert(1)</script>",
                                      role=rules.ADMINISTRATOR, by=BY))  # fmt: skip
    assert b"<script>alert" not in administrator.get("/audit").content


def test_a_copy_needs_a_fresh_proof(administrator: Client) -> None:
    proved(administrator, clock.now() - timedelta(minutes=16))
    answer = administrator.post("/audit/copy", {"format": "csv"})
    assert answer.status_code == 302
    assert not Event.objects.filter(kind="ledger.exported").exists()


@pytest.mark.parametrize("format_", ["jsonl", "csv"])
def test_a_copy_is_streamed_and_recorded(administrator: Client, format_: str) -> None:
    things_happen(3)
    lines = asyncio.run(_copied(proved(administrator), format_))
    if format_ == "jsonl":
        assert Copy().read(lines) is None
    assert any("Storm 2 is over" in line for line in lines)
    taken = Event.objects.get(kind="ledger.exported")
    assert (taken.by_name, taken.data["format"]) == ("Ada Clerk", format_)


def proved(client: Client, at: datetime | None = None) -> Client:
    session = cast("SessionBase", client.session)
    session["oyez_proved_at"] = (at or clock.now()).isoformat()
    session.save()
    return client


async def _copied(client: Client, format_: str) -> list[str]:
    browser = AsyncClient()
    browser.cookies = client.cookies
    answer: Any = await browser.post("/audit/copy", {"format": format_})
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    streamed = cast("StreamingHttpResponse", answer).streaming_content
    pieces = [piece async for piece in cast("AsyncIterator[bytes]", streamed)]
    return b"".join(pieces).decode().splitlines(keepends=True)


def rows(client: Client, **asked: str) -> int:
    answer = client.get("/audit", asked)
    assert answer.status_code == 200
    return len(BeautifulSoup(answer.content, "html.parser").select(".oyez-row__title"))


def test_whoever_reads_it_has_it_verified_with_one_button(administrator: Client) -> None:
    things_happen(3)
    chain_all()
    said = page(administrator.post("/audit/verify", follow=True))
    assert "The record is being verified." in said
    assert "It is about to be verified." in said
    Verifying.objects.update(done=10_000, of=30_000)
    assert "It is being verified: 10000 of 30000 places" in page(administrator.get("/audit"))
    assert "Verify now" not in said
    assert "See how far it is" in said
    run_jobs()
    done = page(administrator.get("/audit"))
    assert "Whole Verified up to place" in done
    assert "Verify now" in done
    assert "Had the record verified" in done


def test_a_break_that_the_button_finds_is_told_in_words(administrator: Client) -> None:
    things_happen(3)
    chain_all()
    with connection.cursor() as cursor, spoiling.without_triggers(cursor.execute):
        cursor.execute("update ledger_event set on_id = '99' where on_id = '2'")
    administrator.post("/audit/verify")
    run_jobs()
    assert "has been changed since it was recorded." in page(administrator.get("/audit"))


@pytest.mark.parametrize("who", ["officer", "reader"])
def test_others_have_nothing_verified(who: str, request: pytest.FixtureRequest) -> None:
    assert request.getfixturevalue(who).post("/audit/verify").status_code == 403
