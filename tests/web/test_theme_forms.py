"""Does a form ask, and complain, in the order and words that people can follow?"""

from __future__ import annotations

import pytest
from django import forms

from oyez.web.forms import Form, in_a_sentence
from tests.web.gallery import FeedForm

ANSWERS = {"name": "Press", "address": "https://a.example/feed", "area": "north", "trust": "watch",
           "channels": ["1"], "agreed": "on", "version": "3"}  # fmt: skip


@pytest.fixture
def mistaken(gallery, soup):
    response = gallery.post(
        "/feeds/add/", {"name": "x" * 21, "notes": "kept", "channels": ["1", "2"]}
    )
    assert response.status_code == 422
    return soup(response)


def test_a_field_shows_label_hint_error_and_input_in_that_order(mistaken):
    group = mistaken.find(id="id_name").find_parent(class_="govuk-form-group")
    order = [
        group.find("label"),
        group.find(class_="govuk-hint"),
        group.find(class_="govuk-error-message"),
        group.find("input"),
    ]
    assert all(order)
    assert sorted(order, key=lambda tag: tag.sourceline * 10_000 + tag.sourcepos) == order


def test_an_input_names_its_hint_and_its_error(mistaken):
    name = mistaken.find(id="id_name")
    assert name["aria-invalid"] == "true"
    for part in name["aria-describedby"].split():
        assert mistaken.find(id=part), part


def test_the_summary_is_focused_and_leads_to_each_field(mistaken):
    summary = mistaken.select_one(".govuk-error-summary[tabindex='-1'][autofocus]")
    links = [link["href"] for link in summary.select("a")]
    assert links == ["#id_name", "#id_address", "#id_area", "#id_trust_0", "#id_agreed"]
    for link in links:
        assert mistaken.select_one(link), link


def test_the_title_starts_with_error_only_when_something_is_wrong(gallery, soup, mistaken):
    assert mistaken.title.text.startswith("Error: Add a feed")
    assert soup(gallery.get("/feeds/add/")).title.text.startswith("Add a feed")


def test_every_field_and_every_answer_is_still_there(mistaken):
    assert {tag["name"] for tag in mistaken.select("main [name]")} == {
        "csrfmiddlewaretoken",
        *FeedForm().fields,
    }
    assert mistaken.find(id="id_name")["value"] == "x" * 21
    assert mistaken.find(id="id_notes").text.strip() == "kept"
    assert len(mistaken.select("[name=channels][checked]")) == 2


def test_sentences_say_what_to_do():
    wrong = FeedForm({}).errors
    assert wrong["address"] == ["Enter the feed address"]
    assert wrong["area"] == ["Select the area"]
    assert wrong["channels"] == ["Select one or more channels"]
    assert wrong["agreed"] == ["Tick “I have read the policy”"]
    assert in_a_sentence("RSS address") == "RSS address"


def test_a_sentence_of_the_field_itself_is_kept():
    class Own(Form):
        town = forms.CharField(error_messages={"required": "Say which town"})

    assert Own({}).errors["town"] == ["Say which town"]


def test_optional_is_marked_and_required_is_not(gallery, soup):
    labels = [
        tag.text for tag in soup(gallery.get("/feeds/add/")).select("main label, main legend")
    ]
    assert "Notes (optional)" in labels
    assert "Name" in labels


def test_what_was_typed_cannot_become_markup(gallery, soup):
    page = soup(gallery.post("/feeds/add/", {**ANSWERS, "name": '"><script>alert(1)</script>'}))
    assert page.find(id="id_name")["value"] == '"><script>alert(1)</script>'
    assert not page.select("main script")
