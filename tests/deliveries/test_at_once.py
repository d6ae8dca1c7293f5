"""Two people at once: nobody meets a failure of the database, and nothing happens twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import OperationalError, connection, transaction

from oyez.channels.models import Channel
from oyez.decisions import actions as decisions
from oyez.decisions.models import Hold
from oyez.decisions.rules import Asked
from oyez.deliveries import actions
from oyez.people.models import Person
from oyez.people.rules import APPROVER
from oyez.posts import actions as posts
from oyez.posts import queries
from oyez.posts.draft import Draft
from oyez.posts.models import Post
from tests.deliveries.desk import a_picture, ahead, handed_in, someone, the_review, yes
from tests.factories import BY, a_channel, a_pre_election
from tests.fakes.networks import Log
from tests.jobs import run_jobs
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = range(6)  # two that lock in another order meet in nearly every one


def asking() -> Channel:
    channel = a_channel()
    decisions.set_steps(channel, [Asked(role=APPROVER)], by=BY)
    return channel


def a_pair(author: Person, channel: Channel, **more: str) -> tuple[Post, Post]:
    english = posts.start(Draft("Bins", (channel.pk,), **more), by=author)  # type: ignore[arg-type]
    welsh = actions.begin_pair(english, "cy", by=author)
    posts.save(welsh, welsh.draft.saying("Biniau"), based_on=welsh.version, by=author)
    for one in (english, welsh):
        decisions.hand_in(queries.one(one.pk), by=author)
    return queries.one(english.pk), queries.one(welsh.pk)


@pytest.mark.usefixtures("log")
def test_both_languages_are_sent_back() -> None:
    asha, ben, cai, channel = someone("Asha"), someone("Ben"), someone("Cai"), asking()
    for _number in ROUNDS:
        reviews = [the_review(post) for post in a_pair(asha, channel)]
        at_once(
            *(
                partial(decisions.ask_for_changes, one, {"": "no"}, digest=one.digest, by=by)
                for one, by in zip(reviews, (ben, cai), strict=True)
            )
        )


@pytest.mark.usefixtures("log")
def test_both_languages_are_thrown_away() -> None:
    asha, channel = someone("Asha"), a_channel()
    for _number in ROUNDS:
        at_once(
            *(partial(posts.discard, p, by=asha) for p in a_pair(asha, channel, **ahead(days=1)))
        )


@pytest.mark.usefixtures("log")
def test_both_languages_are_moved() -> None:
    asha, channel = someone("Asha"), a_channel()
    for number in ROUNDS:
        one, two = a_pair(asha, channel, **ahead(days=1))
        run_jobs()
        at_once(
            partial(actions.move, one, **ahead(days=2), by=asha),
            partial(actions.move, two, **ahead(days=3), by=someone(f"Olga{number}")),
        )


def test_a_period_and_a_yes_hold(log: Log) -> None:
    asha, ben = someone("Asha"), someone("Ben")
    post = handed_in(asha, asking(), text="Leader", media=(a_picture(),), **ahead(days=1))
    at_once(partial(yes, post, ben), a_pre_election)
    run_jobs()
    assert Hold.objects.filter(ended_at=None).exists()
    assert log.texts == []


@pytest.mark.usefixtures("log")
def test_many_channels_take_the_same_message_and_a_change_waits_for_them() -> None:
    post = handed_in(someone("Asha"), a_channel(), **ahead(days=1))
    run_jobs()
    wording = queries.wordings(post).get()
    with transaction.atomic():
        assert queries.is_current(wording)
        assert elsewhere(lambda: queries.is_current(wording))
        with pytest.raises(OperationalError, match="lock timeout"):
            elsewhere(lambda: queries.locked(post))


def elsewhere(ask: Callable[[], object]) -> object:
    """On a connection of its own that waits for no lock."""

    def go() -> object:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("set local lock_timeout = '200ms'")
                return ask()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(go).result(30)
