"""Every form, sent in somebody’s name by another site’s page: is each refused, and nothing done?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.urls import reverse

from oyez.people.models import Person
from oyez.project import urls
from tests.entering import signed_in
from tests.fakes.networks import Findable, fakes
from tests.rights.pages import rows
from tests.rights.test_pages import undone
from tests.rights.world import World, build

pytestmark = pytest.mark.django_db

TAKEN_FROM_ALL = {"reports"}  # a browser sends those by itself, and they are only counted
ELSEWHERE = {"origin": "https://elsewhere.example"}
HERE = {"origin": "http://testserver"}


def token() -> tuple[str, str]:
    """Of a browser's own: what is in its cookie, and what is in its forms."""
    request = RequestFactory().get("/")
    form = get_token(request)
    return request.META["CSRF_COOKIE"], form


class Victim:
    """Somebody signed in, whose browser another page makes send forms."""

    def __init__(self, person: Person) -> None:
        self.browser = signed_in(person, Client(enforce_csrf_checks=True))
        self.cookie, self.form = token()
        self.browser.cookies[settings.CSRF_COOKIE_NAME] = self.cookie

    def send(self, path: str, form: str, headers: Mapping[str, str]) -> HttpResponse:
        said = {"csrfmiddlewaretoken": form} if form else {}
        answer: HttpResponse = self.browser.post(path, said, headers=headers)
        return answer


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(urls, "handler403", "tests.rights.test_pages.bare")
    with fakes(Findable):
        yield build()


def test_no_form_is_taken_from_another_page_whoever_s_name_it_is_in(world: World) -> None:
    person = world.people["administrator"]
    victim, (_, of_another) = Victim(person), token()
    forged = {
        "without a token": ("", HERE),
        "with another browser's token": (of_another, HERE),
        "from another site": (victim.form, ELSEWHERE),
        "from nowhere": (victim.form, {"origin": "null"}),
    }
    taken = []
    for path, name in forms(world, person):
        for way, (form, headers) in forged.items():
            with undone() as written:
                answer = victim.send(path, form, headers)
            if answer.status_code != 403 or written:
                taken.append(f"{name} {way}: {answer.status_code} {written}")
    assert not taken, "\n".join(taken)


def test_the_same_form_from_its_own_page_is_taken(world: World) -> None:
    """So that the others are refused for what they are."""
    victim = Victim(world.people["administrator"])
    answer = victim.send(reverse("account:name"), victim.form, HERE)
    assert answer.status_code in {302, 422}


def forms(world: World, person: Person) -> list[tuple[str, str]]:
    """Every address that takes a form, and its name."""
    found = []
    for row in rows().values():
        if row.post != "-" and row.name not in TAKEN_FROM_ALL:
            names = world.names(row.on, world.sides(row.on)[0], person)
            found.append((reverse(row.name, kwargs=names), row.name))
    assert len(found) > 90
    return found
