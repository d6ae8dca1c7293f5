"""Leavers lose everything within a minute, on real pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from oyez.ledger.actor import Refusal
from oyez.people import actions, factors, queries
from oyez.people.models import Person
from oyez.people.rules import door
from oyez.posts import actions as posts
from oyez.posts.draft import Draft
from tests.entering import a_code, signed_in
from tests.factories import BY
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ada() -> Person:
    return actions.invite("ada@council.example", name="Ada", role="administrator", by=BY)


@pytest.fixture
def sam() -> Person:
    return actions.invite("sam@council.example", name="Sam", role="officer", by=BY)


def goes(sam: Person, ada: Person) -> None:
    assert signed_in(ada).post(f"/settings/people/{sam.pk}/remove").status_code == 302
    run_jobs()  # what a worker does within the minute


def test_every_browser_is_signed_out_with_the_next_click(ada: Person, sam: Person) -> None:
    browsers = [signed_in(sam), signed_in(sam)]
    assert [one.get("/").status_code for one in browsers] == [200, 200]
    goes(sam, ada)
    for one in browsers:
        assert one.get("/")["Location"].startswith("/sign-in")
        assert one.post("/stop/all", {"why": "Revenge"})["Location"].startswith("/sign-in")


def test_an_administrator_signs_somebody_out_of_every_browser(ada: Person, sam: Person) -> None:
    theirs, hers = signed_in(sam), signed_in(ada)
    assert hers.post(f"/settings/people/{sam.pk}/sign-out").status_code == 302
    assert theirs.get("/")["Location"].startswith("/sign-in")
    again = signed_in(Person.objects.get(pk=sam.pk))
    assert (hers.get("/").status_code, again.get("/").status_code) == (200, 200)


def test_a_link_to_sign_in_with_opens_nothing_any_more(ada: Person, sam: Person) -> None:
    token = actions.make_link(sam, by=BY)
    goes(sam, ada)
    visitor = Client()
    visitor.post(f"/sign-in/{token}")
    assert visitor.get("/")["Location"].startswith("/sign-in")


def test_preview_links_that_they_gave_away_end(ada: Person, sam: Person) -> None:
    post = posts.start(Draft(text="Not yet for all."), by=sam)
    mine, hers = posts.share(post, by=sam), posts.share(post, by=ada)
    goes(sam, ada)
    assert [Client().get(f"/preview/{token}").status_code for token in (mine, hers)] == [404, 200]


def test_nobody_has_them_as_their_deputy(ada: Person, sam: Person) -> None:
    today = timezone.localdate()
    actions.set_absence(ada, today, today + timedelta(days=1), sam, by=ada)
    goes(sam, ada)
    assert queries.deputy_of(ada, today) is None


def test_who_loses_a_role_is_signed_out_too_and_keeps_no_link(ada: Person, sam: Person) -> None:
    browser, post = signed_in(sam), posts.start(Draft(text="Not yet for all."), by=sam)
    token = posts.share(post, by=sam)
    form = {"role": "reader", "why": ""}
    assert signed_in(ada).post(f"/settings/people/{sam.pk}/change", form).status_code == 302
    run_jobs()
    assert browser.get("/")["Location"].startswith("/sign-in")
    assert Client().get(f"/preview/{token}").status_code == 404


def test_whoever_comes_back_has_no_factor_of_before(ada: Person, sam: Person) -> None:
    """The phone may have stayed with the body, or been sold; and whoever lost it can come back."""
    code = a_code(sam)
    goes(sam, ada)
    assert not Authenticator.objects.filter(user=sam).exists()
    returned = actions.invite(sam.email, name="Sam", role="officer", by=ada)
    assert not factors.has_one(returned)
    browser = Client()
    browser.post(f"/sign-in/{actions.make_link(returned, by=BY)}")
    assert browser.get("/").status_code == 200
    with pytest.raises(Refusal, match="The code is wrong"):
        actions.use_code(returned, code, by=door())


def test_factors_that_an_earlier_version_left_behind_go_when_they_come_back(sam: Person) -> None:
    a_code(sam)
    Person.objects.filter(pk=sam.pk).update(is_active=False)
    assert not factors.has_one(actions.invite(sam.email, name="Sam", by=BY))


def test_what_was_to_be_made_of_them_waits_for_nobody_any_more(ada: Person, sam: Person) -> None:
    eve = actions.invite("eve@council.example", name="Eve", by=BY)
    actions.make_administrator(eve, why="Holidays", by=BY)
    grant = actions.make_administrator(sam, why="Holidays", by=ada)
    assert grant
    goes(sam, ada)
    returned = actions.invite(sam.email, name="Sam", by=ada)
    with pytest.raises(Refusal, match="settled already"):
        actions.confirm(grant, by=eve)
    returned.refresh_from_db()
    assert returned.role == "reader"
