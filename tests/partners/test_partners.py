"""The register of partners: who stands there, and whose agreement holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from oyez.ledger import queries as ledger
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.partners import actions, queries
from oyez.partners.rules.partners import Said
from oyez.people.rules import Machine
from tests.factories import BY

pytestmark = pytest.mark.django_db

TRUST = Said("Tamar Rivers Trust", "voluntary", domains=("TamarRivers.example", " "))


def test_an_entry_is_tidied_and_found() -> None:
    partner = actions.add_partner(replace(TRUST, handles=(" @tamar ", "@tamar")), by=BY)
    assert queries.register().get() == partner
    assert (partner.domains, partner.handles) == (["tamarrivers.example"], ["@tamar"])


def test_an_agreement_holds_to_the_end_of_its_last_day() -> None:
    ends = date(2027, 3, 31)
    partner = actions.add_partner(replace(TRUST, agreement_until=ends), by=BY)
    forever = actions.add_partner(Said("Ambulance service"), by=BY)
    assert set(queries.in_force(ends)) == {partner, forever}
    assert set(queries.in_force(date(2027, 4, 1))) == {forever}
    assert partner in queries.register()


def test_one_name_stands_there_once_whatever_its_letters() -> None:
    partner = actions.add_partner(TRUST, by=BY)
    with pytest.raises(Refusal, match="in the register already"):
        actions.add_partner(replace(TRUST, name="TAMAR rivers trust"), by=BY)
    actions.retire_partner(partner, by=BY)
    assert actions.add_partner(TRUST, by=BY) != partner


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ({"name": "\u200b"}, "Give the partner’s name"),
        ({"kind": "friend"}, "no kind “friend”"),
        ({"contact_email": "ann at trust"}, "Give an e-mail address"),
        ({"domains": ("https://trust.example/x",)}, "is no domain"),
        ({"handles": ("two words",)}, "has a space"),
        ({"feeds": ("trust.example/news.xml",)}, "is no web address"),
        ({"feeds": ("ftp://trust.example",)}, "is no web address"),
        ({"areas": tuple(str(n) for n in range(101))}, "more than 100 areas"),
        ({"areas": ("No\u202erth",)}, "cannot be one of the areas"),
        ({"verified_on": date(2199, 1, 1)}, "still to come"),
        ({"agreement": "x" * 5001}, "The agreement is too long"),
    ],
)
def test_what_is_wrong_is_refused_in_words(new: dict[str, object], words: str) -> None:
    with pytest.raises(Refusal, match=words):
        actions.add_partner(replace(TRUST, **new), by=BY)  # type: ignore[arg-type]
    assert not queries.register()


def test_a_change_is_recorded_by_the_names_of_its_parts() -> None:
    partner = actions.add_partner(TRUST, by=BY)
    actions.change_partner(partner, domains=("tamarrivers.example",), note="Ask Ann", by=BY)
    assert ledger.history(partner).last().data == {"changed": ["note"]}


def test_a_retired_one_is_neither_changed_nor_retired_again() -> None:
    partner = actions.retire_partner(actions.add_partner(TRUST, by=BY), by=BY)
    assert not queries.register()
    with pytest.raises(Refusal, match="is retired"):
        actions.change_partner(partner, note="x", by=BY)
    with pytest.raises(Refusal, match="is retired"):
        actions.retire_partner(partner, by=BY)


def test_a_feed_adds_none() -> None:
    with pytest.raises(NotAllowed):
        actions.add_partner(TRUST, by=Machine("feed", "1", "Feed"))
