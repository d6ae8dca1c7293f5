"""An administrator looks after people and teams; everybody can read what a role may do."""

from __future__ import annotations

from tests.journeys.walker import Walker


def test_somebody_is_let_in_changed_removed_and_brought_back(administrator: Walker) -> None:
    someone = administrator.opens("/settings").follows("People and teams")
    someone.photographs("people-list").presses("Invite somebody").presses("Invite")
    someone.sees("Enter their name").photographs("error-people-invite")
    someone.writes("Name", "Kim Park").writes("E-mail address", "kim@council.example")
    someone.picks("Writer: Writes; somebody else says yes before it goes out").presses(
        "Invite"
    ).sees("Kim Park is here.")
    someone.photographs("people-show").presses("Make a sign-in link").sees("It works once")
    someone.photographs("people-link").opens("/settings/people").follows("Kim Park")
    someone.presses("Change").photographs("people-change")
    someone.picks(
        "Approver: Reads everything, says yes or asks for changes; writes nothing"
    ).presses("Save").sees("It holds at once")
    someone.follows("Change the e-mail address").writes("E-mail address", "kim").presses("Save")
    someone.sees("Enter an e-mail address").photographs("error-people-address")
    someone.writes("E-mail address", "kim.jones@council.example").presses("Save")
    someone.sees("They sign in with the new address", "kim.jones@council.example")
    someone.follows("Sign out everywhere").photographs("people-sign-out").presses("Sign them out")
    someone.sees("Signed Kim Park out everywhere.")
    someone.follows("Remove").photographs("people-remove").presses("Remove")
    someone.sees("Removed Kim Park.").photographs("people-gone").presses("Bring back")
    someone.presses("Bring back").sees("Kim Park is back, as a reader.")


def test_buttons_of_a_row_are_of_one_width_on_a_phone(administrator: Walker) -> None:
    """One is a link, one stands in a form of its own."""
    administrator.opens("/settings/people").presses("Invite somebody").writes("Name", "Kim Park")
    administrator.writes("E-mail address", "kim@council.example").presses("Invite")
    administrator.page.set_viewport_size({"width": 390, "height": 844})
    boxes = [
        one.bounding_box() for one in administrator.page.locator(".oyez-acts .govuk-button").all()
    ]
    widths = {round(box["width"]) for box in boxes if box}
    assert len(boxes) == 2
    assert len(widths) == 1


def test_a_team_is_made_and_given_a_channel(administrator: Walker) -> None:
    administrator.opens("/settings/people").follows("Make a team").presses("Make it")
    administrator.sees("Give the team a name").photographs("error-teams-add")
    administrator.writes("Name of the team", "Museums").presses("Make it")
    administrator.sees("Made the team Museums.").photographs("people-teams").follows("Museums")
    administrator.photographs("teams-show").follows("End this team").presses("End it")
    administrator.sees("Ended the team.")


def test_what_a_role_may_do_is_no_secret(officer: Walker) -> None:
    officer.opens("/settings").follows("What each role may do").sees("Communications officer")
    officer.photographs("people-roles")
