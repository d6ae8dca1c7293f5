"""An administrator asks the record who did what, and is told whether it is whole."""

from __future__ import annotations

import pytest
from django.db import connection

from oyez.ledger.actions import chain_all, check
from oyez.ledger.actor import Keeper
from oyez.people import actions as people
from oyez.people import queries as who_is_here
from oyez.people.rules import MONITORING_OFFICER
from tests.factories import BY, a_channel, a_post
from tests.journeys.house import House, aside
from tests.journeys.walker import Walker
from tests.ledger import spoiling
from tests.ledger.happening import things_happen

pytestmark = pytest.mark.usefixtures("anchors")


def test_the_record_is_read_and_found_whole(administrator: Walker, house: House) -> None:
    aside(_a_busy_day)
    administrator.opens("/settings").follows("The record").sees("Whole", "Handed in the message")
    administrator.sees("Why: Storm 2 is over", "tester on the command line")
    administrator.photographs("audit-filled").opens("/audit?what=emergency")
    administrator.sees("Let sending go on").photographs("audit-filtered")
    administrator.opens("/audit?what=library").sees("Nothing like this is on record.")
    administrator.photographs("audit-empty")
    administrator.opens("/audit?since=2026-02-02&until=2026-01-01")
    administrator.sees("must not be before the first").photographs("error-audit")


def test_the_monitoring_officer_reads_of_a_change(reader: Walker, house: House) -> None:
    aside(_a_busy_day)
    aside(_a_change_from_outside)
    reader.opens("/audit").sees("Changed from outside").photographs("audit-broken")


def _a_busy_day() -> None:
    things_happen(3)
    a_post("The bridge is open again from noon.", to=[a_channel()])
    chain_all()
    check(by=Keeper())


def _a_change_from_outside() -> None:
    rhys = who_is_here.person("rhys@council.example")
    assert rhys
    people.give(rhys, duties=[MONITORING_OFFICER], by=BY)
    with connection.cursor() as cursor, spoiling.without_triggers(cursor.execute):
        cursor.execute("update ledger_event set on_id = '9' where on_id = '2' and kind like 'em%'")
    check(by=Keeper())
