"""An officer of a body with two languages writes both, side by side, and neither goes alone."""

from __future__ import annotations

from oyez.policy import actions as policy
from oyez.posts import actions as posts
from oyez.posts.draft import Draft, Placed
from tests.factories import BY, a_channel
from tests.fakes.networks import Findable, Log
from tests.formats.gallery import a_picture
from tests.journeys.house import House
from tests.journeys.walker import Walker
from tests.library.shelf import an_attachment

OPEN, AGOR = "The bridge is open again from noon.", "Mae’r bont ar agor eto o ganol dydd."


def test_both_languages_are_written_and_go_together(
    officer: Walker, house: House, networks: Log
) -> None:
    channel = a_channel(Findable, name="Council news")
    policy.set_fact("languages", ["en", "cy"], by=BY)
    look = a_picture(size=(320, 200))
    picture = an_attachment(
        look, alt="A bridge in snow", licence="Ours", source="Us", shows_people=False
    )
    draft = Draft(text=OPEN, to=(channel.pk,), media=(Placed(picture.pk),))
    english = posts.start(draft, by=BY)
    officer.opens(f"/write/{english.pk}").presses("Send").sees("Welsh version missing")
    officer.photographs("error-pair-missing").presses("Write the Welsh version")
    officer.sees("The English version", OPEN, "Neither goes out without the other.")
    officer.photographs("write-pair").writes("Message", AGOR)
    officer.writes("Describe bridge.jpg in Welsh", "Pont yn yr eira")
    officer.presses("Save draft").sees("Saved the draft.", "Pont yn yr eira")
    officer.photographs("write-pair-filled")
    officer.opens(f"/messages/{english.pk}").sees("The Welsh version", AGOR)
    officer.photographs("message-pair").follows("Part the two").photographs("message-part")
    officer.presses("Part the two").sees("Parted.")
    officer.follows("It is here in another language already").photographs("message-choose-pair")
    officer.presses("Pair the two").sees("Choose the message that says the same")
    officer.photographs("error-message-choose-pair")
    officer.picks(f"{AGOR} (Welsh. It is a draft.)").presses("Pair the two").sees("Paired.")
