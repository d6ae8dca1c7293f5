"""Every page, every role, one's own team's things and another's: allowed and refused, both ways;
and whoever only asks to be shown a thing changes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from oyez.people import rules
from oyez.people.models import Person
from oyez.people.rules import Scope
from oyez.project import urls
from tests.entering import signed_in
from tests.fakes.networks import Findable, fakes
from tests.rights.pages import Row, rows
from tests.rights.world import OWN, World, build

pytestmark = pytest.mark.django_db

WRITES = ("insert", "update", "delete")
SHOWN_AND_KEPT = {  # what may be written for somebody who only asks to be shown a thing
    "signin:back": '"people_try"',  # a provider sends people here; answers to nothing are counted
    "library:picture": '"library_',  # a picture drawn in this size is drawn once
}
NOT_THE_HOUSE_S = ('"django_session"', '"people_sitting"', '"people_person" set "last_login"')


def addresses() -> set[str]:
    """The name of every address there is."""
    return set(_named(get_resolver(), ""))


def _named(resolver: URLResolver, space: str) -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield f"{space}:{one.name}" if space else str(one.name)
        else:
            yield from _named(one, one.namespace or space)


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert addresses() == set(rows())


def test_every_page_keeps_to_the_table(
    monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    monkeypatch.setattr(urls, "handler403", f"{__name__}.bare")  # a page of its own is dear
    tried = every_page(least="OYEZ_TEST_EVERY_CELL" not in os.environ)
    record_property("cells", tried.cells)
    assert not tried.wrong, "\n".join(tried.wrong)
    assert tried.cells > 500


def bare(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=403)


class Tried:
    """How many cells were tried, and what went wrong in which."""

    def __init__(self) -> None:
        self.cells = 0
        self.wrong: list[str] = []


def every_page(*, least: bool = False) -> Tried:
    """Ask for each page as each role, on both sides. `least`: of those that may, only the least;
    and whoever may not, by one method where both ask for the same.
    """
    tried = Tried()
    with fakes(Findable):
        world = build()
        visitors = [Visitor(person, _signed_in(person)) for person in world.people.values()]
        for row in rows().values():
            for method, asks in (("get", row.get), ("post", row.post)):
                alike = least and method == "get" and row.get == row.post
                if not alike:
                    tried.cells += 1
                    _stranger(tried, world, row, method, asks)
                for side in world.sides(row.on):
                    for who in _who(visitors, world, row, asks, side, least=least):
                        if alike and not _may(who.person, asks, world, row, side):
                            continue
                        tried.cells += 1
                        _visit(tried, world, row, method, asks, who, side)
    return tried


class Visitor(NamedTuple):
    person: Person
    session: str


def _who(
    visitors: Sequence[Visitor], world: World, row: Row, asks: str, side: str, *, least: bool
) -> list[Visitor]:
    """Everybody; or whoever may not, and of those who may the one with the least rights."""
    if not least:
        return list(visitors)
    may = [one for one in visitors if _may(one.person, asks, world, row, side)]
    return [*(one for one in visitors if one not in may), *may[-1:]]


def _signed_in(person: Person) -> str:
    """The session of somebody who has just proved who they are."""
    session = signed_in(person).session
    return str(session.session_key)


def _visit(
    tried: Tried, world: World, row: Row, method: str, asks: str, who: Visitor, side: str
) -> None:
    path = reverse(row.name, kwargs=world.names(row.on, side, who.person))
    allowed = _may(who.person, asks, world, row, side)
    with undone() as written:
        answer = _ask(method, path, who.session)
    written = _changed(row, method, written)
    if problem := _problem(row, method, asks, answer, allowed=allowed, written=written):
        tried.wrong.append(f"{method} {row.name} as {who.person.role} on {side}: {problem}")


def _stranger(tried: Tried, world: World, row: Row, method: str, asks: str) -> None:
    """Somebody who has not signed in reads what is for all, and is led to sign in elsewhere."""
    nobody, side = next(iter(world.people.values())), world.sides(row.on)[0]
    with undone() as written:
        answer = _ask(method, reverse(row.name, kwargs=world.names(row.on, side, nobody)))
    written = _changed(row, method, written)
    led = answer.status_code == 302 and answer["Location"].startswith(reverse("signin:ask"))
    closed = asks not in {"all", "-"}
    silent = closed or method == "get"
    if (closed and not led) or (silent and written) or answer.status_code >= 500:
        tried.wrong.append(f"{method} {row.name} as a stranger: {answer.status_code} {written}")


def _changed(row: Row, method: str, written: list[str]) -> list[str]:
    """What it wrote, without what it may write to show something."""
    kept = SHOWN_AND_KEPT.get(row.name, "") if method == "get" else ""
    return [one for one in written if not kept or kept not in one]


def _may(person: Person, asks: str, world: World, row: Row, side: str) -> bool:
    """What the one table says, asked apart from the house's own way of asking it."""
    if asks in {"all", "in", "own", "-"}:
        return True
    scope = rules.scope(person.role, (), asks)
    theirs = side == OWN or row.on not in world.of_teams[side]
    return scope is Scope.EVERYWHERE or (scope is Scope.THEIR_TEAMS and theirs)


def _problem(
    row: Row, method: str, asks: str, answer: HttpResponse, *, allowed: bool, written: list[str]
) -> str:
    status = answer.status_code
    if asks == "-":
        return "" if status == 405 else f"answered {status}, not that it is not answered"
    if allowed and (status in {403, 404, 405} or status >= 500):
        missing = status == 404 and (asks == "all" or row.on == "no_film")
        return "" if missing else f"allowed, and answered {status}"
    if not allowed and status != 403:
        return f"not allowed, and answered {status}"
    if (not allowed or method == "get") and written:
        return f"{'asked to show' if allowed else 'not allowed'}, and wrote: {written}"
    return ""


def _ask(method: str, path: str, session: str = "") -> HttpResponse:
    browser = Client(raise_request_exception=False)
    if session:
        browser.cookies[settings.SESSION_COOKIE_NAME] = session
    response: HttpResponse = getattr(browser, method)(path)
    return response


@contextmanager
def undone() -> Iterator[list[str]]:
    """Nothing of it stays; what it wrote is told."""
    written: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        words = sql.lower()
        if words.startswith(WRITES) and not any(one in words for one in NOT_THE_HOUSE_S):
            written.append(sql[:80])
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(watch):
            yield written
        transaction.set_rollback(True)
