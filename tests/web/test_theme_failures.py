"""When something breaks, do people read what happened and what to do, and nothing else?"""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/nowhere/", 404, "Page not found"),
        ("/breaks/", 500, "Something went wrong on our side"),
        ("/away/", 503, "Oyez cannot reach its database"),
    ],
)
def test_a_failure_has_a_page_of_its_own(gallery, soup, address, status, heading):
    response = gallery.get(address)
    assert response.status_code == status
    assert soup(response).h1.text.strip() == heading
    assert "on purpose" not in response.content.decode()
    assert "closed the connection" not in response.content.decode()


def test_while_the_database_is_away_clients_are_told_when_to_return(gallery):
    assert gallery.get("/away/")["Retry-After"] == "15"


def test_a_stale_form_says_that_nothing_was_changed(settings, soup):
    settings.ROOT_URLCONF = "tests.web.gallery"
    response = Client(enforce_csrf_checks=True).post("/feeds/add/", {"name": "x"})
    assert response.status_code == 403
    assert soup(response).h1.text.strip() == "This form is out of date"
    assert "Nothing was changed" in soup(response).main.text


def test_the_log_has_all_of_what_broke(gallery, caplog: pytest.LogCaptureFixture) -> None:
    gallery.get("/breaks/")
    assert "Internal Server Error: /breaks/" in caplog.text
    assert "on purpose" in caplog.text


def test_the_log_has_forms_and_names_that_are_not_ours(
    gallery, caplog: pytest.LogCaptureFixture
) -> None:
    Client(enforce_csrf_checks=True).post("/feeds/add/", {"name": "x"})
    Client().get("/", headers={"host": "elsewhere.example"})
    assert "Forbidden (CSRF cookie not set.): /feeds/add/" in caplog.text
    assert "Invalid HTTP_HOST header: 'elsewhere.example'" in caplog.text


def test_the_log_has_who_asked_for_what_they_may_not(
    reader: Client, caplog: pytest.LogCaptureFixture
) -> None:
    assert reader.get("/channels/add").status_code == 403
    who = reader.session["_auth_user_id"]
    assert f"Forbidden: GET /channels/add to person {who}" in caplog.text


@pytest.mark.django_db
def test_a_form_that_nobody_can_read_is_no_fault_of_ours(soup) -> None:
    stranger = Client(enforce_csrf_checks=True, raise_request_exception=False)
    stranger.get("/ask")
    kind = "application/x-www-form-urlencoded; charset=utf-32"
    response = stranger.post("/ask", b"a=1", content_type=kind)
    assert response.status_code == 400
    assert soup(response).h1
