"""Nobody becomes an administrator, and nobody is sent away, unnoticed."""

from __future__ import annotations

import pytest

from oyez.notices.models import Notice
from oyez.people import actions as people
from oyez.people.models import Person
from tests.factories import BY
from tests.jobs import run_jobs
from tests.notices.conftest import SomeBody
from tests.notices.test_mail import post_goes
from tests.servers.mailbox import Mailbox

pytestmark = pytest.mark.django_db(transaction=True)


def told(person: Person) -> list[str]:
    run_jobs()
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("title", flat=True))


def test_every_other_administrator_reads_of_a_new_one_and_why(someone: SomeBody) -> None:
    ada, eve = someone("Ada", "administrator"), someone("Eve", "officer")
    people.give(eve, role="administrator", why="Both are ill", by=BY)
    said = "Somebody on the command line made Eve an administrator. Both are ill"
    assert told(ada)[-1] == said


def test_who_could_confirm_is_asked(someone: SomeBody) -> None:
    ada, ben = someone("Ada", "administrator"), someone("Ben", "administrator")
    people.give(someone("Eve", "officer"), role="administrator", why="Holidays", by=ada)
    asks = "Ada asks you to confirm that Eve becomes an administrator. Holidays"
    assert (asks in told(ben), asks in told(ada)) == (True, False)


def test_who_is_sent_away_gets_it_by_e_mail(someone: SomeBody, box: Mailbox) -> None:
    ada, ben = someone("Ada", "administrator"), someone("Ben", "administrator")
    post_goes()
    people.remove(ben, by=ada)
    post_goes()
    last = box.got[-1]
    assert last.to == [ben.email]
    assert last.subject.startswith("Ada removed you from this house.")
