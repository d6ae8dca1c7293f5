"""The same words again, by another delivery: another post, or Already. A network that refuses them
otherwise would have a person told that it failed, while it may stand there.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from oyez.kit.addresses import AddressRule
from oyez.kit.fetch import Client
from oyez.networks.contract import Already, NetworkClass, Refused, Unsure
from tests.conformance.members import Member, Notebook, a_message
from tests.conformance.test_networks import a_key, unique
from tests.faults.judge import LOST, Judge, judging
from tests.faults.networks.container import Container
from tests.faults.networks.findable import Plain, Slug, Strict
from tests.faults.networks.keyed import Keyed, Record

pytestmark = pytest.mark.server


@pytest.fixture
def judge() -> Iterator[Judge]:
    with judging() as judge:
        yield judge


def at(judge: Judge, kind: NetworkClass) -> Member:
    answers = {
        "server": judge.url,
        "account": f"{kind.name.removeprefix('judged_')}1",
        "token": "t",
    }
    return Member(kind, answers, Client(AddressRule((judge.address,)), max_seconds=5.0))


def says_it_twice(member: Member) -> list[str]:
    """What comes of two deliveries of one text: the ids, or Already."""
    message, came = a_message(unique("The bridge is open.")), []
    for key in (a_key(), a_key()):
        try:
            came.append(member.network().publish(message, Notebook(key)).remote_id)
        except Already:
            came.append("already")
    return came


def test_none_of_ours_calls_it_refused(member: Member) -> None:
    first, again = says_it_twice(member)
    assert first != "already"
    assert again != first


@pytest.mark.parametrize("kind", [Keyed, Record, Container, Slug, Plain])
def test_nor_do_those_that_say_it_twice(judge: Judge, kind: NetworkClass) -> None:
    first, again = says_it_twice(at(judge, kind))
    assert "already" not in (first, again)
    assert first != again


def test_who_refuses_the_same_words_says_already(judge: Judge) -> None:
    first, again = says_it_twice(at(judge, Strict))
    assert (first.isdecimal(), again) == (True, "already")
    assert issubclass(Already, Refused), "a house that knows no better has a person change it"


def test_after_an_answer_that_was_lost_it_is_evidence_and_the_post_is_found(judge: Judge) -> None:
    member = at(judge, Strict)
    network, message, key = member.network(), a_message(unique("The road is shut.")), a_key()
    since = network.newest()  # type: ignore[attr-defined]
    judge.spoil[member.answers["account"]].append(LOST)
    with pytest.raises(Unsure):
        network.publish(message, Notebook(key))
    with pytest.raises(Already):
        network.publish(message, Notebook(key))
    assert len(network.find(message, key, since)) == 1  # type: ignore[attr-defined]
    assert len(judge.shown) == 1
