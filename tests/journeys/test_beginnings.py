"""An officer agrees on words while there is time, and begins with them when there is none."""

from __future__ import annotations

from oyez.posts import actions as posts
from tests.factories import BY, a_channel
from tests.fakes.networks import Findable
from tests.journeys.walker import Walker

LATER = "We say more by 14:00, and here first. Please keep away from the river."


def test_words_are_ready_before_they_are_needed(officer: Walker) -> None:
    a_channel(Findable, name="Council news")
    officer.opens("/settings").follows("Words to begin with").photographs("beginnings-empty")
    officer.presses("Keep words").picks(
        "A holding statement, for the first minutes when facts are missing"
    )
    officer.writes("Name", "River flood").presses("Keep these words")
    officer.sees("There is a problem", "Say when this holding statement is meant to be used")
    officer.photographs("error-beginnings-add")
    officer.writes("When is it meant to be used?", "First hour of a flood")
    officer.writes("Words to begin with", f"We know of flooding at …. {LATER}")
    officer.presses("Keep these words").sees("Kept River flood.")
    for name, text in (
        ("Road closed", "The road at … is closed."),
        ("Bins late", "Bins are late."),
    ):
        posts.keep_template(name, text, purpose="Roadworks" if "Road" in name else "", by=BY)
    officer.opens("/settings/templates").sees("1 holding statement and 2 templates are ready.")
    officer.photographs("beginnings-list").follows("River flood").photographs("beginnings-show")
    officer.presses("Begin a message with it").is_at(r"/write\?template=\d+").sees(LATER)
    officer.opens("/write").page.get_by_text("Begin with words that are ready").click()
    officer.photographs("write-beginnings").sees("First hour of a flood")
    officer.follows("Road closed").sees("The road at … is closed.")
    officer.opens("/settings/templates").follows("Bins late").follows("Remove it")
    officer.photographs("beginnings-remove").presses("Remove it").sees("Removed Bins late.")
