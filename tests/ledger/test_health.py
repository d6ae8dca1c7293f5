"""Does the house say that its record needs somebody?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from oyez.deliveries import queries as deliveries
from oyez.kit import clock
from oyez.ledger.actions import chain, chain_all, check
from oyez.ledger.actor import Keeper
from oyez.ledger.models import Verification
from oyez.notices.models import Notice
from oyez.people import actions as people
from oyez.people.rules import ADMINISTRATOR, OFFICER
from tests.factories import BY
from tests.jobs import run_jobs
from tests.ledger import spoiling
from tests.ledger.happening import things_happen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("anchors")]


def wrong() -> set[str]:
    return {check.name for check in deliveries.self_checks() if not check.well}


def later(minutes: int) -> None:
    now = clock.now()
    clock.set_reader(lambda: now + timedelta(minutes=minutes))


def test_an_event_that_nobody_links_is_said_after_five_minutes() -> None:
    try:
        things_happen(2)
        assert wrong() == set()
        later(6)
        assert wrong() == {"unlinked"}
        chain_all()
        assert wrong() == set()
    finally:
        clock.set_reader(None)


def test_old_events_that_are_being_linked_are_no_trouble() -> None:
    try:
        things_happen(2)
        later(60)
        things_happen(1)
        chain(1)
        assert wrong() == set()
    finally:
        clock.set_reader(None)


def test_administrators_are_told_of_a_break_once_and_the_house_is_not_well() -> None:
    ada = people.invite("ada@council.example", name="Ada", role=ADMINISTRATOR, by=BY)
    people.invite("sam@council.example", name="Sam", role=OFFICER, by=BY)
    things_happen(3)
    chain_all()
    with connection.cursor() as cursor, spoiling.without_triggers(cursor.execute):
        cursor.execute("update ledger_event set data = '{}' where on_id = '2' and kind like 'em%'")
    for _ in range(2):
        check(by=Keeper())
    run_jobs()
    (notice,) = Notice.objects.all()
    assert (notice.person, notice.href) == (ada, "/audit")
    assert "has been changed since it was recorded" in notice.title
    assert wrong() == {"record_changed"}
    assert Verification.objects.count() == 2
