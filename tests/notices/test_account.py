"""Whatever changes how somebody signs in is told to them, also what they did themselves: when, from
where, and what to do if it was not they. A real mail server judges.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from oyez.kit import clock
from oyez.ledger.actor import Refusal
from oyez.ledger.models import Event
from oyez.notices import actions, jobs, queries
from oyez.notices.models import Notice, Posting
from oyez.people import actions as people
from oyez.people import codes, factors, providers
from oyez.people.issuers import Issuer
from oyez.people.models import Person
from oyez.people.rules import FIRST, door
from oyez.people.tokens import Said
from tests.entering import signed_in
from tests.factories import BY
from tests.jobs import run_jobs
from tests.notices.conftest import Clock, SomeBody
from tests.servers.mailbox import Mailbox
from tests.web.conftest import page

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
GOOD = "kettle-orbit-lichen"
COUNCIL = Issuer("council", "Council account", "https://id.council.example", "oyez")
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


def post_goes() -> None:
    run_jobs()
    actions.hand_out(jobs.deliver)
    run_jobs()


def told(person: Person) -> list[str]:
    run_jobs()
    return [notice.title for notice in queries.notices(person).order_by("id")]


def with_app(person: Person) -> list[str]:
    now = codes.shown(SECRET, int(clock.now().timestamp()) // codes.STEP)
    return people.add_app(person, SECRET, now, by=person)


def links(person: Person, subject: str) -> None:
    said = Said(subject, "Ada", "", factor=False, at=None)
    people.link_account(person, COUNCIL, said, by=person)


def a_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oyez.people.discovery.asked", lambda issuer: {})
    people.add_provider(COUNCIL, "secret", by=BY)


def test_a_password_chosen_on_a_page_is_told_with_when_from_where_and_what_to_do(
    someone: SomeBody, box: Mailbox, time: Clock
) -> None:
    rae = someone("Rae", "reader")
    time.stands_at(datetime(2026, 11, 28, 10, 2, tzinfo=UTC))
    people.choose_password(rae, GOOD, by=BY)
    post_goes()
    box.got.clear()
    time.stands_at(datetime(2026, 11, 28, 11, 30, tzinfo=UTC))
    browser = Client(headers={"user-agent": FIREFOX}, REMOTE_ADDR="203.0.113.7")
    browser.post("/sign-in", {"email": rae.email, "password": GOOD})
    chosen = {"present": GOOD, "password": "another-orbit-lichen"}
    answer = browser.post("/account/password", chosen)
    assert answer["Location"] == "/account"
    post_goes()
    (letter,) = box.got
    assert letter.to == [rae.email]
    assert letter.subject == "A new password was chosen for your account."
    assert "28 November 2026, 11:30 GMT. Firefox on Windows, from 203.0.113.7." in letter.text
    assert "If it was you, there is nothing to do." in letter.text
    assert "they can sign you out" in letter.text
    assert re.findall(r"\S+://\S+", letter.text) == ["https://oyez.council.example/account"]
    assert "lichen" not in letter.text
    assert "203.0.113.7" not in str(list(Event.objects.values_list("data", flat=True)))
    rae.refresh_from_db()
    assert "Firefox on Windows" in page(signed_in(rae).get("/notices"))


def changes(person: Person, monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], object]]:
    """Each change of how they sign in, by what they are told of it."""
    a_provider(monkeypatch)
    links(person, "s-1")
    recovery, app = with_app(person), factors.of(person).get()
    run_jobs()
    Notice.objects.all().delete()
    link = providers.links(person).get()
    return {
        "A new password was chosen for your account.": lambda: people.choose_password(
            person, GOOD, by=person
        ),
        "A passkey was added to your account as a second factor.": lambda: people.add_passkey(
            person, "Laptop", {}, by=person
        ),
        "A recovery code of yours was used. 9 are left.": lambda: people.use_code(
            person, recovery[0], by=door()
        ),
        "New recovery codes were made; your old ones are worthless.": lambda: people.make_codes(
            person, by=person
        ),
        "An app that shows codes is no longer a second factor of your account.": lambda: (
            people.remove_factor(person, app.pk, by=person)
        ),
        "Your second factors and your password were taken away.": lambda: people.reset_factors(
            person, by=BY
        ),
        "An account at Council account can sign in as you now.": lambda: links(person, "s-2"),
        "Your account at Council account signs you in no longer.": lambda: people.unlink_account(
            person, link.pk, by=person
        ),
    }


def test_each_change_is_told_once_and_to_nobody_else(
    ada: Person, someone: SomeBody, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben = someone("Ben", "administrator")
    ways = changes(ada, monkeypatch)
    for says, do in ways.items():
        before = len(told(ada))
        do()
        assert told(ada)[before:] == [says]
    assert told(ben) == []


def test_what_changes_nothing_tells_nothing(ada: Person) -> None:
    with_app(ada)
    assert told(ada) == ["An app that shows codes was added to your account as a second factor."]
    later = codes.shown(SECRET, int(clock.now().timestamp()) // codes.STEP + 1)
    assert people.use_code(ada, later, by=door()) == "app"
    with pytest.raises(Refusal):
        people.use_code(ada, "000000", by=door())
    assert len(told(ada)) == 1


def test_who_did_it_is_named_where_it_was_somebody_else(ada: Person, someone: SomeBody) -> None:
    boss = someone("{Max}", "administrator")
    people.choose_password(ada, GOOD, by=boss)
    with_app(ada)
    people.reset_factors(ada, by=BY)
    run_jobs()
    said = {notice.title[:7]: notice.detail for notice in queries.notices(ada)}
    assert said["A new p"].endswith("By: {Max}.")
    assert said["An app "].endswith("GMT.")  # on no page: no session is known
    assert said["Your se"].endswith("By: Somebody on the command line.")


def test_a_provider_that_is_removed_is_told_to_each_who_signed_in_by_it(
    ada: Person, someone: SomeBody, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben = someone("Ben")
    a_provider(monkeypatch)
    for person in (ada, ben):
        links(person, person.name)
    run_jobs()
    assert people.remove_provider("council", by=BY) == 2
    assert told(ada)[1:] == told(ben)[1:] == ["Your account at council signs you in no longer."]


def test_nobody_can_switch_it_off(ada: Person, box: Mailbox) -> None:
    with pytest.raises(Refusal):
        actions.choose({"account": "page"}, clock.now().time(), by=ada)
    assert "How you sign in" not in page(signed_in(ada).get("/notices/choose"))
    people.choose_password(ada, GOOD, by=ada)
    post_goes()
    assert len(box.got) == 1


def test_several_at_once_are_one_e_mail_that_has_them_all(ada: Person, box: Mailbox) -> None:
    people.choose_password(ada, GOOD, by=ada)
    with_app(ada)
    post_goes()
    (letter,) = box.got
    assert letter.subject == "How you sign in to Oyez has changed"
    assert letter.text.count("GMT.") == 2


def test_the_account_of_the_first_start_has_no_address_to_write_to(box: Mailbox) -> None:
    people.first_link(by=BY)
    people.choose_password(Person.objects.get(email=FIRST), GOOD, by=BY)
    post_goes()
    assert (Notice.objects.count(), Posting.objects.count()) == (1, 0)
