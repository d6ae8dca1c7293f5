"""Do all the checks get their say, and can none of them silence another?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import ClassVar

from oyez.policy import running
from oyez.policy.contract import Context, Hit, Level, MessageIn, Said

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SAID = MessageIn("Hello", "Jo", NOW)


class Warns:
    id: ClassVar[str] = "T-1"
    title: ClassVar[str] = "Says hello"
    why: ClassVar[str] = "For the test."
    source: ClassVar[str] = "house rule"
    level: ClassVar[Level] = Level.WARN
    role: ClassVar[str] = "monitoring_officer"

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        yield Hit("It says hello.", ("Hello",), fixed="Hi")


class Breaks(Warns):
    id: ClassVar[str] = "T-0"

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        raise ZeroDivisionError


def test_a_finding_says_what_by_which_rule_and_whose_yes_it_needs() -> None:
    (found,) = running.run(SAID, Context(NOW), checks=[Warns()])
    assert (found.check, found.level, found.words) == ("T-1", Level.WARN, ("Hello",))
    assert (found.source, found.role) == ("house rule", "monitoring_officer")


def test_a_check_that_breaks_is_seen_and_takes_nobody_with_it() -> None:
    first, second = running.run(SAID, Context(NOW), checks=[Warns(), Breaks()])
    assert (first.check, first.level) == ("T-0", Level.HOLD)
    assert "could not look" in first.message
    assert second.check == "T-1"


def test_an_organisation_changes_a_level_or_switches_a_check_off() -> None:
    (found,) = running.run(SAID, Context(NOW), {"T-1": Level.BLOCK}, [Warns()])
    assert found.level is Level.BLOCK
    assert running.run(SAID, Context(NOW), {"T-1": None}, [Warns()]) == []


def test_a_repair_is_made_and_the_worst_level_is_the_verdict() -> None:
    found = running.run(SAID, Context(NOW), {"T-1": Level.FIX}, [Warns()])
    assert running.fixed("Hello", found) == "Hi"
    assert running.verdict(found) is Level.FIX
    assert running.verdict([]) is None


def test_what_only_warns_suggests_and_rewrites_nothing() -> None:
    found = running.run(SAID, Context(NOW), checks=[Warns()])
    assert running.fixed("Hello", found) == "Hello"
