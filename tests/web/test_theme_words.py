"""Are times, tags and somebody else's words shown as we promise?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.template import engines

from oyez.kit import clock
from oyez.web import times

NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _the_clock_stands_still():
    clock.set_reader(lambda: NOW)
    yield
    clock.set_reader(None)


def drawn(source: str, **context: object) -> str:
    return engines["django"].from_string("{% load oyez %}" + source).render(context)


def test_a_time_names_its_day_and_its_zone():
    assert times.in_full(NOW) == "14:05, Monday 23 November (GMT)"
    assert times.in_full(datetime(2026, 6, 1, 9, 0, tzinfo=UTC)) == "10:00, Monday 1 June (BST)"


def test_another_year_is_said():
    assert (
        times.in_full(datetime(2027, 1, 21, 9, 0, tzinfo=UTC))
        == "09:00, Thursday 21 January 2027 (GMT)"
    )


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(minutes=-1), "1 minute ago"),
        (timedelta(minutes=-59, seconds=-40), "1 hour ago"),
        (timedelta(hours=2, minutes=59, seconds=59), "in 3 hours"),
        (timedelta(days=-2), "2 days ago"),
        (timedelta(seconds=30), "in less than a minute"),
        (timedelta(days=-8), "15 November"),
    ],
)
def test_how_long_ago_is_said_in_words(away, words):
    assert times.from_now(NOW + away) == words


def test_how_long_ago_carries_the_exact_time():
    assert drawn("{% ago at %}", at=NOW - timedelta(minutes=5)) == (
        '<time datetime="2026-11-23T14:00:00+00:00" '
        'title="14:00, Monday 23 November (GMT)">5 minutes ago</time>'
    )


def test_no_moment_is_no_words():
    assert drawn("{% when at %}{% ago at %}{% clock at %}", at=None) == ""


def test_a_tag_is_words_and_cannot_be_markup():
    assert drawn('{% tag words "red" %}', words="<b>Late</b>") == (
        '<strong class="govuk-tag govuk-tag--red">&lt;b&gt;Late&lt;/b&gt;</strong>'
    )


def test_an_address_becomes_a_link_and_markup_stays_words():
    shown = drawn(
        "{{ text|linked }}", text="<script>x</script> see https://a.example/b?c=1&d=2 now"
    )
    assert "<script>" not in shown
    assert '<a href="https://a.example/b?c=1&amp;d=2" rel="nofollow">' in shown


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "data:text/html,x", 'https://a.example/" onmouseover="x']
)
def test_a_harmful_address_does_not_become_a_harmful_link(text):
    shown = drawn("{{ text|linked }}", text=text)
    assert 'href="javascript' not in shown
    assert 'href="data' not in shown
    assert '" onmouseover' not in shown
