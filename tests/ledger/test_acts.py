"""Something happens: allowed, written, recorded and passed on together, or not at all."""

from __future__ import annotations

import inspect
from importlib import import_module
from types import ModuleType

import pytest
from django.db import DatabaseError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from oyez.emergency import actions as emergency
from oyez.emergency.events import STOPPED
from oyez.emergency.models import Stop
from oyez.ledger import acts, events
from oyez.ledger.actor import NotAllowed
from oyez.ledger.models import Event
from oyez.people.models import Person
from oyez.people.rules import Machine, console
from tests.factories import BY

RIVER = (
    *(
        "people",
        "channels",
        "emergency",
        "policy",
        "strategy",
        "partners",
        "library",
        "feeds",
        "posts",
        "decisions",
        "deliveries",
    ),
    "notices",
)


def reader() -> Person:
    return Person(email="a@b.example", name="Rae", role=Person.Role.READER)


@pytest.mark.django_db
def test_what_happened_is_on_record_with_who_and_on_what() -> None:
    stop = emergency.stop(None, why="Storm", by=BY)
    event = Event.objects.get()
    assert (event.kind, event.on_id) == ("emergency.stopped", str(stop.pk))
    assert event.data["why"] == "Storm"
    assert (event.by_kind, event.by_name) == ("console", "console:tester")


@pytest.mark.django_db
def test_who_may_not_leaves_no_trace() -> None:
    with pytest.raises(NotAllowed, match="Rae may not"):
        emergency.stop(None, why="Storm", by=reader())
    assert not Stop.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_the_log_has_who_was_refused_what(caplog: pytest.LogCaptureFixture) -> None:
    rae = reader()
    with pytest.raises(NotAllowed):
        emergency.stop(None, why="Storm", by=rae)
    assert f"Not allowed: emergency.stopped by person {rae.pk}" in caplog.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["update", "delete"])
def test_the_record_cannot_be_changed(how: str) -> None:
    emergency.stop(None, why="Storm", by=BY)
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        Event.objects.update(by_name="nobody") if how == "update" else Event.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_act_wakes_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    from oyez.posts import jobs

    monkeypatch.setitem(acts._listeners, "emergency.stopped", [jobs.draft_from_item])
    with transaction.atomic():
        emergency.stop(None, why="Storm", by=BY)
        assert ProcrastinateJob.objects.count() == 1
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_listener_that_wants_it_is_told_which_event_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from oyez.posts import jobs

    for name in ("_listeners", "_with_event"):
        monkeypatch.setattr(acts, name, type(getattr(acts, name))())
    acts.when(STOPPED, jobs.draft_from_item, with_event=True)
    stop = emergency.stop(None, why="Storm", by=BY)
    arguments = ProcrastinateJob.objects.get().args
    assert arguments == {"on_id": stop.pk, "event_id": Event.objects.get().pk}


def test_nothing_may_happen_before_the_flow_is_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts, "_declared", False)
    with pytest.raises(acts.FlowNotDeclared), acts.act(STOPPED, on=Stop(), by=BY):
        pytest.fail("it happened")


def test_every_event_has_a_listener_or_is_final() -> None:
    lost = [
        kind.name
        for kind in events.all_kinds().values()
        if not kind.final and not acts.listeners(kind)
    ]
    assert lost == []


def test_no_listener_waits_for_a_final_event() -> None:
    heard = [k.name for k in events.all_kinds().values() if k.final and acts.listeners(k)]
    assert heard == []


@pytest.mark.parametrize("package", RIVER)
def test_every_verb_says_by_whom(package: str) -> None:
    actions = import_module(f"oyez.{package}.actions")
    verbs = [f for n, f in inspect.getmembers(actions, inspect.isfunction) if n in _public(actions)]
    without = [f.__name__ for f in verbs if "by" not in inspect.signature(f).parameters]
    assert set(without) <= MACHINERY


def _public(module: ModuleType) -> set[str]:
    names = getattr(module, "__all__", None) or vars(module)
    return {n for n in names if n[0] != "_" and _is_a_verb_of(module, vars(module)[n])}


def _is_a_verb_of(module: ModuleType, thing: object) -> bool:
    return inspect.isfunction(thing) and thing.__module__.startswith(module.__name__)


MACHINERY = {
    "set_targets",  # a part of add and change
    "unsay",  # a part of refusing, holding and withholding
    "let_stay",  # a part of planning
    "render_for",  # nothing happens: it can be made again at any time
    "use_link",  # its token says whose it is
    *("tell", "hand_out", "deliver", "gather_digests"),  # notices tell by themselves
    *(
        "promote",
        "publish",
        "look",
        "doubt_orphans",
        "doubt_restored",
        "hand_out_looks",
    ),  # the house's own
    "seen",  # a click, of which nothing is on record
    *("follow", "forget_looks"),  # looking at links: nobody decides it, and nothing changes there
    "hold_no_more",  # a part of withholding
}


def test_a_feed_s_rule_may_draft_but_not_stop() -> None:
    feed = Machine("feed", "1", "Feed Highways")
    assert feed.may("posts.submitted", None)
    assert not feed.may("emergency.stopped", None)
    assert console("root").may("emergency.stopped", None)
