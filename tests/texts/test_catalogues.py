"""Is every text of the frame and the whole places there in Welsh, and does each put in the same?"""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings
from django.utils import translation

from oyez.people.rules import LANGUAGES
from oyez.web import times
from texts import catalogue
from texts.gathering import gathered, texts_of

CY = catalogue.Words("cy")


def test_every_text_has_a_translation() -> None:
    assert catalogue.untranslated(catalogue.read(CY)) == []


def test_every_translation_puts_in_what_its_text_puts_in() -> None:
    assert catalogue.wrong_placeholders(catalogue.read(CY)) == []


def test_the_catalogue_holds_just_what_the_code_says_and_is_compiled() -> None:
    catalog = catalogue.read(CY)
    assert catalogue.known(catalog) == gathered()
    assert CY.mo.read_bytes() == catalogue.as_mo(catalog)


def test_the_languages_that_people_can_choose_are_those_of_the_pages() -> None:
    assert [code for code, _name in settings.LANGUAGES] == list(LANGUAGES)


def test_a_missing_translation_and_a_lost_placeholder_are_seen() -> None:
    catalog = Catalog("cy")
    catalog.add("Home", "Hafan")
    catalog.add("Draft", "")
    catalog.add("%(a)s of %(b)s", "%(a)s o %(c)s")
    catalog.add(("%d day", "%d days"), ("%d diwrnod", "diwrnod", "", ""))
    assert catalogue.untranslated(catalog) == ["Draft", "%d day"]
    assert catalogue.wrong_placeholders(catalog) == ["%(a)s of %(b)s", "%d day"]


def test_texts_are_found_in_a_template_however_it_says_them(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        """{% load i18n %}{% translate "It's 5% “more”" %} bare {% include "a" with b=_("Back") %}
        {% blocktranslate with name=who %}{{ name }} wrote{% endblocktranslate %}
        {% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"""
    )
    days = ("%(n)s day", "%(n)s days")
    assert set(texts_of(page)) == {"It's 5%% “more”", "Back", "%(name)s wrote", days}


def test_texts_are_found_in_code_also_over_two_lines_and_under_other_names(tmp_path: Path) -> None:
    code = tmp_path / "code.py"
    code.write_text('_("One "\n  "line")\nlater("Two")\nngettext("%d day", "%d days", n)\nf("No")')
    assert set(texts_of(code)) == {"One line", "Two", ("%d day", "%d days")}


def test_a_new_text_waits_for_a_translation_and_an_old_one_goes() -> None:
    catalog = Catalog("cy")
    catalog.add("Home page", "Hafan")
    now = catalogue.brought_up_to_date(catalog, {"Home pages"})
    assert catalogue.known(now) == {"Home pages"}
    assert catalogue.untranslated(now) == ["Home pages"]
    assert b"Hafan" not in catalogue.as_po(now)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(60, "1 funud"), (120, "2 funud"), (180, "3 munud"), (6 * 60, "6 munud"), (0, "0 eiliad")],
)
def test_a_number_takes_the_form_that_welsh_gives_it(seconds: float, words: str) -> None:
    with translation.override("cy"):
        assert times.length(seconds) == words


def test_days_after_two_are_mutated() -> None:
    with translation.override("cy"):
        assert times.length(2 * 86_400) == "2 ddiwrnod"
        assert times.length(5 * 86_400) == "5 diwrnod"
