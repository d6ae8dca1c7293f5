"""Words are approved and wait. Whatever is then done to them, by any action of the house or with a
hand in the database: what leaves is exactly what was approved, or nothing.

A new column of a wording, or a new action on a message, fails here until it has its line.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from oyez.channels.models import Channel
from oyez.deliveries import actions as deliveries
from oyez.deliveries.models import Delivery
from oyez.emergency import actions as emergency
from oyez.kit import clock
from oyez.ledger.actor import Refusal
from oyez.library import actions as library
from oyez.library.models import Chunk
from oyez.posts import actions as posts
from oyez.posts import queries
from oyez.posts.draft import Draft, Placed
from oyez.posts.models import Post, Wording
from tests.factories import BY, a_channel
from tests.fakes.networks import Findable, Log, fakes
from tests.formats.gallery import png
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)

APPROVED, OTHER = "The bridge is open.", "The bridge is closed."


@dataclass(frozen=True)
class Case:
    """A message that waits behind a stop, and what else there is."""

    post: Post
    channel: Channel
    elsewhere: Channel

    @property
    def delivery(self) -> Delivery:
        return Delivery.objects.get(wording__variant__post=self.post)

    @property
    def wording(self) -> Wording:
        return Wording.objects.get(variant__post=self.post)


@pytest.fixture
def log() -> Iterator[Log]:
    with fakes(Findable) as log:
        yield log


@pytest.fixture
def case(log: Log) -> Case:
    kept = library.upload(png(8, 8, b"\x20" * 3 * 64), "bridge.png", by=BY)
    library.describe(kept, alt="A bridge", licence="Our own", by=BY)
    channel = a_channel(name="council")
    emergency.stop(None, why="Until it is tried.", by=BY)
    draft = Draft(text=APPROVED, to=(channel.pk,), media=(Placed(kept.pk),), title="Bridge")
    post = posts.hand_in(posts.start(draft, by=BY), by=BY)
    run_jobs()
    case = Case(queries.one(post.pk), channel, a_channel(name="elsewhere"))
    assert case.delivery.state == "waiting"
    return case


def what_leaves(log: Log) -> list[tuple[str, list[str]]]:
    """After the stop has ended: each text with its alt texts."""
    emergency.resume(None, by=BY)
    run_jobs()
    return [(said.text, [one.alt for one in said.media]) for said in log.messages.values()]


def in_the_database(statement: str, *values: object) -> None:
    """With the hand of somebody who may do anything there, the triggers too."""
    with connection.cursor() as cursor:
        cursor.execute("alter table posts_wording disable trigger user")
        cursor.execute(statement, values)
        cursor.execute("alter table posts_wording enable trigger user")


SEEN: dict[str, Any] = {
    "text": OTHER,
    "link": "https://elsewhere.example/",
    "title": "Closed",
    "language": "cy",
    "extras": '{"sensitive": "yes"}',
    "wall_time": clock.now() - timedelta(days=1),
    "zone": "Europe/Paris",
    "media": "[]",
    "wall": "2020-01-01T00:00",
    "part": 2,
    "channel_id": "elsewhere",
    "digest": "0" * 64,
    "version": 7,
}
"""Columns of a wording that a network would see, or that say which words these are."""
NOT_SEEN = {
    "id": "its name",
    "variant_id": "where it belongs; its digest is its own",
    "late_after": "when it is too late, which only keeps it back",
    "made_at": "when it was written down",
    "fold": "only beside a wall time, which is seen",
    "follows_id": "only of a part of a thread; with `part`, which is seen",
}


def test_every_column_of_a_wording_has_its_line() -> None:
    columns = {field.column for field in Wording._meta.concrete_fields}
    assert columns == {*SEEN, *NOT_SEEN}


def test_the_database_itself_refuses_other_words(case: Case) -> None:
    for column in SEEN:
        statement = f"update posts_wording set {column} = %s"
        with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
            connection.cursor().execute(statement, [other(case, column)])


def other(case: Case, column: str) -> object:
    return case.elsewhere.pk if column == "channel_id" else SEEN[column]


@pytest.mark.parametrize("column", SEEN)
def test_other_words_do_not_leave_even_where_the_database_took_them(
    case: Case, log: Log, column: str
) -> None:
    in_the_database(f"update posts_wording set {column} = %s", other(case, column))
    assert what_leaves(log) == []
    assert Delivery.objects.get().state == "withheld"


def test_nor_does_a_delivery_take_other_words(case: Case, log: Log) -> None:
    wording = case.wording
    wording.pk, wording.text = None, OTHER
    wording.seal().save()
    in_the_database("update deliveries_delivery set wording_id = %s", wording.pk)
    assert what_leaves(log) == []


def test_nor_does_it_go_to_another_channel(case: Case, log: Log) -> None:
    in_the_database("update deliveries_delivery set channel_id = %s", case.elsewhere.pk)
    assert what_leaves(log) == []
    assert "not those that were approved" in Delivery.objects.get().why


def test_nor_do_other_bytes_under_a_picture_s_name(case: Case, log: Log) -> None:
    for chunk in Chunk.objects.all():
        chunk.data = bytes(chunk.data)[:-1] + b"\0"
        chunk.save()
    assert what_leaves(log) == []
    assert Delivery.objects.get().state == "refused"


Act = Callable[[Case], object]


def taken_back_and_changed(case: Case) -> None:
    taken = posts.take_back(case.post, by=BY)
    words = Draft(text=OTHER, to=(case.channel.pk,))
    posts.save(taken, words, based_on=taken.version, by=BY)


def saved_from_an_older_page(case: Case) -> None:
    words = replace(case.post.draft, text=OTHER)
    posts.save(case.post, words, based_on=case.post.version, by=BY)


def a_draft(case: Case) -> Post:
    return posts.start(Draft(text=OTHER, to=(case.channel.pk,), language="cy"), by=BY)


DONE: dict[str, Act] = {
    "save": saved_from_an_older_page,
    "take_back": taken_back_and_changed,
    "discard": lambda case: posts.discard(case.post, by=BY),
    "restore": lambda case: posts.restore(case.post, by=BY),
    "copy": lambda case: posts.copy(case.post, by=BY),
    "queue": lambda case: posts.queue(case.post, by=BY),
    "hand_in": lambda case: posts.hand_in(case.post, by=BY),
    "begin_pair": lambda case: deliveries.begin_pair(case.post, "cy", by=BY),
    "pair": lambda case: deliveries.pair(case.post, a_draft(case), by=BY),
    "part": lambda case: deliveries.part(case.post, by=BY),
    "comment": lambda case: posts.comment(case.post, OTHER, by=BY),
    "share": lambda case: posts.share(case.post, by=BY),
    "unshare": lambda case: posts.unshare(case.post, by=BY),
    "plan": lambda case: deliveries.plan(case.post, by=BY),
    "correct": lambda case: deliveries.correct(case.post, by=BY),
    "move": lambda case: deliveries.move(
        case.post, wall="2030-01-01T09:00", zone="Europe/London", by=BY
    ),
    "take_down": lambda case: deliveries.take_down(case.post, reason="Wrong.", by=BY),
    "withhold": lambda case: deliveries.withhold(case.delivery, "Not now.", by=BY),
    "withhold_superseded": lambda case: deliveries.withhold_superseded(case.post, by=BY),
    "decide_arrived": lambda case: deliveries.decide_arrived(case.delivery, by=BY),
    "decide_resend": lambda case: deliveries.decide_resend(case.delivery, by=BY),
}
"""Every action on a message or a delivery, done to words that wait."""


def on_a_message(module: ModuleType) -> Iterator[str]:
    for name in module.__all__:
        if inspect.isfunction(it := getattr(module, name)):
            names = [one.annotation for one in inspect.signature(it).parameters.values()]
            if names and names[0] in {"Post", "Delivery", "Wording"}:
                yield name


def test_every_action_on_a_message_has_its_line() -> None:
    assert {*on_a_message(posts), *on_a_message(deliveries)} == set(DONE)


@pytest.mark.parametrize("name", DONE)
def test_whatever_is_done_only_the_approved_words_leave(case: Case, log: Log, name: str) -> None:
    with suppress(Refusal):
        DONE[name](case)
    left = what_leaves(log)
    assert left in ([], [(APPROVED, ["A bridge"])])
