"""Queues and what comes again, on pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from oyez.kit import clock
from oyez.posts import actions, queries
from oyez.posts.draft import Draft
from oyez.posts.models import Post, Recurrence, Slot
from tests.factories import BY, a_channel
from tests.fakes.networks import Log
from tests.web.conftest import page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(log: Log) -> Post:
    return actions.start(Draft("The fair opens", (a_channel().pk,)), by=BY)


def test_a_draft_goes_into_the_next_slot(officer: Client, draft: Post) -> None:
    assert "None of its channels has a free slot" in page(
        officer.post(f"/planner/{draft.pk}/queue", follow=True)
    )
    given = {"channel": draft.draft.to[0], "weekday": 2, "wall": "09:30"}
    assert "Wednesday, 09:30" in page(officer.post("/planner/slots", given, follow=True))
    assert "Drafts without a time The fair opens Add to queue" in page(officer.get("/planner"))
    said = page(officer.post(f"/planner/{draft.pk}/queue", follow=True))
    assert "The draft is for 09:30, Wednesday" in said
    assert queries.one(draft.pk).draft.wall.endswith("T09:30")
    assert "Drafts without a time" not in page(officer.get("/planner"))


def test_a_time_twice_is_refused_in_words(officer: Client, draft: Post) -> None:
    given = {"channel": draft.draft.to[0], "weekday": 2, "wall": "09:30"}
    officer.post("/planner/slots", given)
    answer = officer.post("/planner/slots", given)
    assert answer.status_code == 422
    assert "has this time already" in page(answer)
    officer.post(f"/planner/slots/{Slot.objects.get().pk}/remove")
    assert not Slot.objects.exists()


def test_a_message_comes_again_until_it_is_ended(officer: Client, draft: Post) -> None:
    day = timezone.localtime(clock.now()).date() + timedelta(days=3)
    given = {"rule": "FREQ=WEEKLY", "day": day, "hour": "09:30", "until": ""}
    said = page(officer.post(f"/planner/{draft.pk}/repeat", given, follow=True))
    assert "The fair opens Every week · next: 09:30," in said
    pk = Recurrence.objects.get().pk
    assert "Should this come no more?" in page(officer.get(f"/planner/repeats/{pk}/end"))
    assert "Nothing comes again" in page(officer.post(f"/planner/repeats/{pk}/end", follow=True))


def test_a_rule_without_a_time_to_come_keeps_every_answer(officer: Client, draft: Post) -> None:
    day = timezone.localtime(clock.now()).date()
    given = {"rule": "FREQ=WEEKLY", "day": day, "hour": "00:00", "until": day}
    answer = officer.post(f"/planner/{draft.pk}/repeat", given)
    assert answer.status_code == 422
    assert "There is no such time to come." in page(answer)
    assert f'value="{day}"' in answer.content.decode()


def test_a_reader_changes_nothing(reader: Client, draft: Post) -> None:
    given = {"channel": draft.draft.to[0], "weekday": 2, "wall": "09:30"}
    assert reader.post("/planner/slots", given).status_code == 403
    assert reader.post(f"/planner/{draft.pk}/queue").status_code == 403
    assert reader.get(f"/planner/{draft.pk}/repeat").status_code == 403
    assert "Add to queue" not in page(reader.get("/planner"))
