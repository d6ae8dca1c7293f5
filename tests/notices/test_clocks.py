"""The clock of one machine is wrong by a day: e-mails, links and limits go by the database's."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from oyez.emergency import actions as emergency
from oyez.ledger.moment import database_now
from oyez.notices import actions, jobs
from oyez.notices.models import Posting
from oyez.people import actions as people
from oyez.people import tries
from oyez.people.limits import Limit
from oyez.people.models import Person, SignInLink
from oyez.people.rules import door
from oyez.people.tries import TooMany
from tests.factories import BY
from tests.jobs import run_jobs
from tests.notices.conftest import posts_by
from tests.servers.mailbox import Mailbox
from tests.times import machine_off_by

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)


@pytest.fixture(params=[25, -25], ids=["ahead", "behind"])
def off(request: pytest.FixtureRequest) -> timedelta:
    return timedelta(hours=request.param)


def stops() -> None:
    emergency.stop(None, why="Storm", by=BY)
    run_jobs()


def post_goes() -> None:
    actions.hand_out(jobs.deliver)
    run_jobs()


def test_an_e_mail_goes_at_once(ada: Person, box: Mailbox, off: timedelta) -> None:
    stops()
    with machine_off_by(off):
        post_goes()
    assert len(box.got) == 1


def test_a_next_try_is_as_far_away_as_it_should_be(
    ada: Person, settings: Any, off: timedelta
) -> None:
    posts_by(settings, "smtp://127.0.0.1:1")
    stops()
    with machine_off_by(off):
        post_goes()
    posting = Posting.objects.get()
    assert posting.state == "waiting"
    assert timedelta(0) < posting.due_at - database_now() <= MINUTE


def test_a_link_by_e_mail_lasts_a_quarter_of_an_hour(
    ada: Person, box: Mailbox, off: timedelta
) -> None:
    actions.ask_for_link(ada.email, where="192.0.2.1", by=door())
    with machine_off_by(off):
        post_goes()
    (token,) = re.findall(r"/sign-in/(\S+)", box.got[0].text)
    expires = SignInLink.objects.get().expires_at
    assert 14 * MINUTE < expires - database_now() <= 15 * MINUTE
    assert people.use_link(token) == ada


def test_tries_on_two_machines_are_counted_together(db: None, off: timedelta) -> None:
    three = Limit("a test of", 3, 15 * MINUTE)
    for _ in range(3):
        tries.spend(three, "ada")
    with machine_off_by(off), pytest.raises(TooMany):
        tries.spend(three, "ada")
