"""Every check: it sees what it must, names the words, lets the rest pass, and never breaks."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oyez.policy import registry, running
from oyez.policy.contract import Level, MessageOut
from tests.policy.cases import TABLES, Case
from tests.policy.saying import a_campaign, a_picture, around, election, say

DESIGN = 56  # rows of the design
CONTEXTS = (around(), election(), around(languages=("en", "cy"), incident=True))


def _cases(kind: str) -> list[object]:
    return [
        pytest.param(check, case, id=f"{check}-{number}")
        for check, table in TABLES.items()
        for number, case in enumerate(getattr(table, kind))
    ]


@pytest.mark.parametrize(("check", "case"), _cases("hits"))
def test_it_sees(check: str, case: Case) -> None:
    built = registry.by_id(check)
    assert built
    found = running.run(case.said, case.context, checks=[built])
    assert found, f"{check} saw nothing in {case.said}"
    assert {word for one in found for word in one.words} >= set(case.words)
    assert (case.level or built.level) in {one.level for one in found}


@pytest.mark.parametrize(("check", "case"), _cases("misses"))
def test_it_lets_pass(check: str, case: Case) -> None:
    built = registry.by_id(check)
    assert built
    assert running.run(case.said, case.context, checks=[built]) == []


def test_every_check_has_hits_and_near_misses_and_says_what_and_why() -> None:
    for check in registry.CHECKS:
        table = TABLES[check.id]
        assert table.hits
        assert table.misses
        for said in (check.title, check.why, check.source):
            assert len(said) > 4
            assert "(confirm)" not in said
    assert set(TABLES) == {check.id for check in registry.CHECKS}


def test_what_is_not_built_is_planned_and_nothing_is_both() -> None:
    built = [check.id for check in registry.CHECKS]
    planned = [id for id, _title in registry.PLANNED]
    assert len({*built, *planned}) == len(built) + len(planned) == DESIGN


def test_who_may_override_is_named_or_nobody_may() -> None:
    holds = [check for check in registry.CHECKS if check.level == Level.HOLD]
    assert all(check.role for check in holds)


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=400) | st.text(alphabet="#@ .?\n-/:0123456789aAеé’\u200b\u202e😀", max_size=80)
)
def test_no_text_breaks_a_check_and_words_are_words_of_it(text: str) -> None:
    for context in CONTEXTS:
        for one in running.run(say(text, media=[a_picture()], campaign=a_campaign()), context):
            assert "could not look" not in one.message
            assert all(word in text for word in one.words)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_a_repair_is_never_repaired_again(text: str) -> None:
    for check in registry.CHECKS:
        fixed = text
        for _ in range(9):
            before = fixed
            fixed = running.fixed(before, running.run(say(before), around(), checks=[check]))
            if fixed == before:
                break
        assert fixed == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("𝗖𝗹𝗼𝘀𝗲𝗱", "Closed"),
        ("🅽🅴🆆", "NEW"),
        ("ＮＥＷＳ", "NEWS"),
    ],
)
def test_repairs_read_well(before: str, after: str) -> None:
    assert running.fixed(before, running.run(say(before), around())) == after


@pytest.mark.parametrize(
    "text",
    ["a" * 20_000, "0" * 20_000, "0 " * 10_000, "#" * 20_000, "a@" * 10_000, "a.b-" * 5_000 + "@",
     "1 Aa " * 4_000, "@a.b" * 5_000, "https://" * 2_500, "😀" * 5_000, "I’m " * 5_000,
     "?" * 20_000,
     "(0" * 10_000, "A " * 10_000, "\n" * 20_000, "a-" * 10_000],
)  # fmt: skip
def test_no_text_holds_a_check_up(text: str) -> None:
    for check in registry.CHECKS:
        begun = time.process_time()
        running.run(say(text), election(), checks=[check])
        assert time.process_time() - begun < 2, check.id


def test_the_spelling_of_ours_is_free_of_personal_data_alarms() -> None:
    said: MessageOut = say("Ring 01822 600100 or write to bins@council.example")
    assert not [one for one in running.run(said, around()) if one.check == "PR-1"]


def test_a_hashtag_is_suggested_and_never_rewritten_by_itself() -> None:
    """A word list may split a tag wrongly: what goes out is the author’s to decide."""
    text = "Be #winterready"
    (found,) = running.run(say(text), around())
    assert (found.check, found.level, found.fixed) == ("AC-4", Level.WARN, "Be #WinterReady")
    assert running.fixed(text, [found]) == text
