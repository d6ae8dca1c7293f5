"""In which language does the house speak to somebody?"""

from __future__ import annotations

import pytest

from oyez.ledger import queries as ledger
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.people import actions, rules
from tests.factories import BY

pytestmark = pytest.mark.django_db


def test_anybody_may_choose_for_themselves_and_it_is_on_record() -> None:
    rhys = actions.invite("rhys@council.example", role=rules.READER, by=BY)
    actions.choose_language(rhys, "cy", by=rhys)
    rhys.refresh_from_db()
    assert rhys.language == "cy"
    assert "people.language_chosen" in [event.kind for event in ledger.history(rhys)]


def test_nobody_chooses_for_a_colleague() -> None:
    rhys = actions.invite("rhys@council.example", role=rules.READER, by=BY)
    sam = actions.invite("sam@council.example", role=rules.OFFICER, by=BY)
    with pytest.raises(NotAllowed):
        actions.choose_language(rhys, "cy", by=sam)
    rhys.refresh_from_db()
    assert rhys.language == ""


def test_a_language_the_house_does_not_speak_is_refused() -> None:
    rhys = actions.invite("rhys@council.example", role=rules.READER, by=BY)
    with pytest.raises(Refusal, match="English or Welsh"):
        actions.choose_language(rhys, "tlh", by=rhys)
