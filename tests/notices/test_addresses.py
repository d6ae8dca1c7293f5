"""Another e-mail address is told at both, whoever is quick; and nobody gives one to themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from oyez.kit import clock
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.ledger.models import Event
from oyez.notices.models import Posting
from oyez.people import actions as people
from oyez.people import queries
from oyez.people.forgetting import forget
from oyez.people.models import FormerAddress, Person
from oyez.people.rules import FIRST, door
from tests.cli.test_verbs import oyez
from tests.entering import signed_in
from tests.factories import BY
from tests.notices.conftest import SomeBody
from tests.notices.test_account import post_goes
from tests.servers.mailbox import Mailbox
from tests.web.conftest import page

pytestmark = pytest.mark.django_db(transaction=True)
GOOD = "kettle-orbit-lichen"
NEW = "ada.king@council.example"


def letters(box: Mailbox) -> dict[str, str]:
    return {to: got.text for got in box.got for to in got.to}


def test_both_addresses_are_told_and_the_old_one_not_which_is_new(
    ada: Person, box: Mailbox
) -> None:
    old = ada.email
    people.change_address(ada, f" {NEW.title()} ", by=BY)
    post_goes()
    told = letters(box)
    assert set(told) == {old, NEW}
    assert "By: Somebody on the command line." in told[NEW]
    assert "tell the person who looks after Oyez at once" in told[old]
    assert NEW not in told[old]
    assert "://" not in told[old]
    kept = str(list(Event.objects.values_list("data", flat=True)))
    assert (old in kept, NEW in kept) == (False, False)


def test_two_changes_in_a_breath_are_told_at_each_address_of_before(
    ada: Person, box: Mailbox
) -> None:
    """Else whoever takes an account over would hide it by a second change."""
    old = ada.email
    for address in ("x@thief.example", "y@thief.example"):
        people.change_address(ada, address, by=BY)
    post_goes()
    assert {old, "x@thief.example", "y@thief.example"} == set(letters(box))
    post_goes()
    assert Posting.objects.filter(address=old).count() == 1


def test_they_sign_in_with_the_new_one_and_no_link_of_before_opens(ada: Person) -> None:
    people.choose_password(ada, GOOD, by=BY)
    old, token = ada.email, people.make_link(ada, by=BY)
    people.change_address(ada, NEW, by=BY)
    assert people.try_password(NEW, GOOD, where="203.0.113.7", by=door()) == ada
    assert people.try_password(old, GOOD, where="203.0.113.7", by=door()) is None
    assert not queries.usable_link(token)


@pytest.mark.parametrize("role", ["officer", "approver", "writer", "reader"])
def test_nobody_but_an_administrator_gives_one(someone: SomeBody, role: str) -> None:
    person, other = someone("Pat", role), someone("Sam")
    for whose in (person, other):
        with pytest.raises(NotAllowed):
            people.change_address(whose, NEW, by=person)
    people.change_address(other, NEW, by=someone("Max", "administrator"))


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("nonsense", "is not an e-mail address"),
        ("ADA@council.example", "is their address already"),
        ("ben@council.example", "somebody who is or was here"),
        ("gone@council.example", "somebody who is or was here"),
        ("a" * 250 + "@council.example", "may have 254 characters"),
    ],
)
def test_what_will_not_do_is_said_and_changes_nothing(
    ada: Person, someone: SomeBody, address: str, says: str
) -> None:
    someone("Ben")
    people.remove(someone("Gone"), by=BY)
    with pytest.raises(Refusal, match=says):
        people.change_address(ada, address, by=BY)
    assert Person.objects.get(pk=ada.pk).email == ada.email == "ada@council.example"
    assert not FormerAddress.objects.exists()


def test_the_first_administrator_gets_a_real_one_and_no_mail_goes_to_the_made_up(
    box: Mailbox,
) -> None:
    people.first_link(by=BY)
    said = oyez("people", "address", FIRST, "boss@council.example")
    assert "signs in with boss@council.example from now on" in said.output
    post_goes()
    assert set(letters(box)) == {"boss@council.example"}


def test_an_administrator_does_it_on_a_page(someone: SomeBody, client: Client) -> None:
    ada, boss = someone("Ada"), someone("Max", "administrator")
    browser = signed_in(boss, client)
    path = f"/settings/people/{ada.pk}/address"
    assert path in browser.get(f"/settings/people/{ada.pk}").content.decode()
    assert "told at both addresses" in page(browser.get(path))
    wrong = browser.post(path, {"email": "max@council.example"})
    assert (wrong.status_code, "is or was here" in page(wrong)) == (422, True)
    assert "They sign in with the new address" in page(
        browser.post(path, {"email": NEW}, follow=True)
    )
    assert Person.objects.get(pk=ada.pk).email == NEW


def test_a_former_address_is_forgotten_after_a_month(ada: Person) -> None:
    people.change_address(ada, NEW, by=BY)
    forget()
    assert FormerAddress.objects.count() == 1
    now = clock.now()
    clock.set_reader(lambda: now + timedelta(days=31))
    try:
        forget()
    finally:
        clock.set_reader(None)
    assert not FormerAddress.objects.exists()
