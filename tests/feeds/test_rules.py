"""How a feed behaves, without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from oyez.feeds import rules

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_feed_is_asked_at_its_own_pace() -> None:
    assert rules.next_interval(5 * MINUTE) == 5 * MINUTE


def test_a_publisher_may_slow_us_down_but_not_hurry_us() -> None:
    assert rules.next_interval(5 * MINUTE, ttl=60 * MINUTE) == 60 * MINUTE
    assert rules.next_interval(5 * MINUTE, ttl=MINUTE) == 5 * MINUTE
    assert rules.next_interval(5 * MINUTE, asked=30 * MINUTE) == 30 * MINUTE


def test_nobody_can_silence_a_feed_for_ever() -> None:
    assert rules.next_interval(5 * MINUTE, ttl=timedelta(days=400)) == rules.SLOWEST
    assert rules.next_interval(5 * MINUTE, asked=timedelta(days=400)) == rules.PATIENCE


def test_a_failing_feed_is_asked_ever_less_often() -> None:
    waits = [rules.next_interval(5 * MINUTE, failures=n) for n in (1, 2, 3, 40)]
    assert waits == [10 * MINUTE, 20 * MINUTE, 40 * MINUTE, rules.SLOWEST]


@pytest.mark.parametrize(
    ("text", "keep", "block", "left_out"),
    [
        ("Road closed", [], [], False),
        ("Road closed", ["road"], [], False),
        ("Broadband", ["road"], [], True),
        ("Job: Road worker", [], ["job"], True),
        ("Jobs fair", [], ["job"], False),
        ("Cyngor: swyddi", ["CYNGOR"], [], False),
        ("Ffordd ar gau", ["ffordd ar gau"], [], False),
        ("a.b", [], ["a?b"], False),
    ],
)
def test_words_keep_and_block_whole_words_in_any_case(
    text: str, keep: list[str], block: list[str], left_out: bool
) -> None:
    assert bool(rules.left_out(text, keep, block)) is left_out


def test_a_template_is_filled_once_and_never_read_again() -> None:
    text = rules.render(
        "{title}\n{link}", title="{link}", summary="", link="https://a.example", feed=""
    )
    assert text == "{link}\nhttps://a.example"


def test_an_empty_place_leaves_no_trailing_spaces() -> None:
    assert rules.render("{title} {link}", title="Road", summary="", link="", feed="") == "Road"


@pytest.mark.parametrize(
    ("template", "wrong"),
    [
        ("{title} {link}", ""),
        ("{titel}", "unknown"),
        ("Hello", "names no part"),
        ("{} {title}", "{}"),
    ],
)
def test_a_wrong_template_is_named(template: str, wrong: str) -> None:
    assert wrong in rules.wrong_template(template)
    assert bool(rules.wrong_template(template)) is bool(wrong)


def test_the_flood_cap_lets_the_first_three_out_and_trickles_the_rest() -> None:
    out: list[datetime] = []
    for _ in range(7):
        out.append(rules.free_at(out, NOW, 3) or NOW)
    waits = [(at - NOW) // MINUTE for at in out]
    assert waits[:3] == [0, 0, 0]
    assert all(wait >= 15 for wait in waits[3:])


def test_no_cap_means_no_wait() -> None:
    assert rules.free_at([NOW] * 100, NOW, 0) is None


def test_a_feed_is_silent_after_three_times_its_usual_gap() -> None:
    gap = rules.usual_gap([NOW - n * 60 * MINUTE for n in range(5)])
    assert gap == 60 * MINUTE
    assert rules.is_silent(NOW - 181 * MINUTE, gap, NOW)
    assert not rules.is_silent(NOW - 179 * MINUTE, gap, NOW)
    assert not rules.is_silent(None, None, NOW)


def test_three_items_are_too_few_for_a_usual_gap() -> None:
    assert rules.usual_gap([NOW, NOW - MINUTE, NOW - 2 * MINUTE]) is None


def test_every_word_of_a_rule_counts_in_its_digest() -> None:
    assert rules.rule_digest(["a", "b"]) != rules.rule_digest(["ab"])
