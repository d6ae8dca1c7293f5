"""Which messages hold a picture? Answered from an index, also after years of messages."""

from __future__ import annotations

import pytest
from django.db import connection

from oyez.posts import actions, queries
from oyez.posts.draft import Draft, Placed
from tests.factories import BY

pytestmark = pytest.mark.django_db


def test_a_message_holds_the_pictures_of_its_words_as_they_stand() -> None:
    one = actions.start(Draft(text="Two.", media=(Placed(7, "Snow"), Placed(70))), by=BY)
    actions.start(Draft(text="None.", campaign=7, to=(7,)), by=BY)
    assert list(queries.holding(7)) == [one]
    assert list(queries.holding(70)) == [one]
    actions.save(one, Draft(text="One.", media=(Placed(70),)), based_on=1, by=BY)
    assert list(queries.holding(7)) == []


def test_the_question_is_answered_by_its_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off; set local enable_indexscan = off")
    assert "post_media" in queries.holding(7).order_by().explain()
