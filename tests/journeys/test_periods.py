"""An officer opens a pre-election period from the polling day, moves it, and closes it."""

from __future__ import annotations

from datetime import timedelta

from oyez.emergency import actions, queries
from oyez.emergency.rules import Said
from tests.factories import BY
from tests.journeys.house import House, aside
from tests.journeys.walker import Walker


def test_a_period_is_opened_changed_and_closed(officer: Walker) -> None:
    poll = queries.today() + timedelta(days=160)
    officer.opens("/settings").photographs("settings").follows("Periods")
    officer.sees("No period is planned").photographs("periods-empty").presses("Open a period")
    officer.presses("Continue").sees("Select the kind of period").photographs("error-periods-new")
    officer.picks("Before an election").writes("Polling day", poll.isoformat())
    officer.presses("Continue").sees("at the latest").photographs("periods-add")
    officer.presses("Open the period").sees("Enter the name of the period")
    officer.photographs("error-periods-add").writes("Name of the period", "County election")
    officer.writes("First day", (poll - timedelta(days=60)).isoformat())
    officer.presses("Open the period").sees("Opened County election.", "To come")
    officer.photographs("periods-list").follows("County election")
    officer.sees("which counts").photographs("periods-show").presses("Change")
    officer.photographs("periods-change").writes("Area", "North ward")
    officer.presses("Save the period").sees("Changed County election.", "North ward")
    officer.follows("Close it early").photographs("periods-close")
    officer.writes("Why?", "Called off.").presses("Close the period").sees("Closed early")


def test_everybody_sees_the_period_in_force(reader: Walker, house: House) -> None:
    day = queries.today()
    for kind, name in (("mourning", "National mourning"), ("incident", "Flood on the Tamar")):
        said = Said(kind, name, "", day, day + timedelta(days=3))
        aside(lambda said=said: actions.open_period(said, by=BY))  # type: ignore[misc]
    reader.opens("/settings/periods").sees("In force", "And 1 more.").photographs("periods-strip")
