"""E-mail that does not go out is said by `oyez health`, and is no reason to call the house ill."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client

from oyez.notices.models import Posting
from oyez.people.models import Person
from tests.cli.test_verbs import oyez
from tests.factories import a_worker_lives
from tests.notices.test_mail import post_goes, stops
from tests.servers.mailbox import Mailbox

pytestmark = pytest.mark.django_db(transaction=True)


def test_e_mail_that_fails_for_over_an_hour_is_said(ada: Person, box: Mailbox) -> None:
    box.says["RCPT"] = "451 4.7.1 Later, please"
    stops()
    post_goes()
    a_worker_lives()
    assert oyez("health").output == "All is well.\n"
    posting = Posting.objects.get()
    Posting.objects.update(made_at=posting.made_at - timedelta(minutes=61))
    said = oyez("health")
    assert said.exit_code == 0
    assert "1 e-mail has been failing for over an hour." in said.output
    assert "451 4.7.1 Later, please" in said.output


def test_the_health_page_counts_and_names_nobody(ada: Person, box: Mailbox, client: Client) -> None:
    box.says["RCPT"] = "550 5.1.1 no ada here"
    stops()
    post_goes()
    a_worker_lives()
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["mails_in_trouble"]) == (200, 1)
    assert "ada" not in answer.content.decode()
    assert json.loads(oyez("health", "--json").stdout)["mails_in_trouble"] == 1
