"""Links by e-mail: do they reach whom they are for, tell nobody else, and lie nowhere between?"""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.core import serializers
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from oyez.ledger.actor import Refusal
from oyez.ledger.models import Event
from oyez.notices import actions, jobs
from oyez.notices.models import Posting
from oyez.people import actions as people
from oyez.people.models import Person, SignInLink
from oyez.people.rules import FIRST
from tests.factories import BY
from tests.jobs import run_jobs
from tests.notices.conftest import Clock
from tests.servers.mailbox import Mailbox
from tests.web.conftest import page

pytestmark = pytest.mark.django_db(transaction=True)


def post_goes() -> None:
    actions.hand_out(jobs.deliver)
    run_jobs()


def asks(client: Client, address: str) -> str:
    return page(client.post("/sign-in/link", {"email": address}))


def token_in(box: Mailbox) -> str:
    return str(re.findall(r"/sign-in/(\S+)", box.letter.text)[0])


def test_a_link_comes_by_e_mail_and_lets_in_once(ada: Person, box: Mailbox, client: Client) -> None:
    assert "If somebody here has the address" in asks(client, ada.email.upper())
    post_goes()
    assert (box.letter.to, box.letter.subject) == ([ada.email], "Your link to sign in")
    there = f"/sign-in/{token_in(box)}"
    assert client.post(there).status_code == 302
    assert Client().post(there).status_code == 422


def test_an_unknown_address_reads_the_same_and_nobody_is_written_to(
    ada: Person, box: Mailbox, client: Client
) -> None:
    known = asks(client, ada.email).replace(ada.email, "…")
    unknown = asks(client, "eve@council.example").replace("eve@council.example", "…")
    assert known == unknown
    post_goes()
    assert [got.to for got in box.got] == [[ada.email]]
    assert Posting.objects.get(address="eve@council.example").state == "failed"


def test_the_token_lies_in_no_row_and_no_job(ada: Person, box: Mailbox, client: Client) -> None:
    asks(client, ada.email)
    post_goes()
    kept = [*SignInLink.objects.all(), *Posting.objects.all(), *Event.objects.all()]
    told = serializers.serialize("json", kept)
    told += json.dumps([job.args for job in ProcrastinateJob.objects.all()])
    assert token_in(box) not in told


def test_three_letters_to_one_address_are_the_most(
    ada: Person, box: Mailbox, client: Client
) -> None:
    said = [asks(client, ada.email) for _ in range(4)]
    assert ["too many tries" in one for one in said] == [False, False, False, True]


def test_without_a_mail_server_the_page_says_whom_to_ask(ada: Person, client: Client) -> None:
    assert "./run oyez people link" in page(client.get("/sign-in/link"))
    assert "Send me a link" not in asks(client, ada.email)
    assert not Posting.objects.exists()


def test_an_invitation_lasts_a_week_and_leads_to_a_password(
    ada: Person, box: Mailbox, client: Client, time: Clock
) -> None:
    actions.send_invitation(ada, by=BY)
    post_goes()
    assert box.letter.subject == "Your invitation to Oyez"
    time.moves(timedelta(days=6))
    assert client.post(f"/sign-in/{token_in(box)}")["Location"] == "/account/password"


def test_a_late_invitation_leads_to_asking_for_a_new_link(
    ada: Person, box: Mailbox, client: Client, time: Clock
) -> None:
    actions.send_invitation(ada, by=BY)
    post_goes()
    time.moves(timedelta(days=8))
    answer = client.get(f"/sign-in/{token_in(box)}")
    assert answer.status_code == 422
    assert "Send me a link" in page(answer)


def test_nobody_is_invited_at_an_address_that_is_none(box: Mailbox) -> None:
    people.first_link(by=BY)
    with pytest.raises(Refusal, match="Hand them a link"):
        actions.send_invitation(Person.objects.get(email=FIRST), by=BY)
