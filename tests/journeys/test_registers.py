"""An officer keeps the small registers: campaigns, partners, figures and topics."""

from __future__ import annotations

from tests.journeys.walker import Walker


def test_a_campaign_is_added_and_finished(officer: Walker) -> None:
    officer.opens("/settings").follows("Campaigns").photographs("campaigns-empty")
    officer.presses("Add a campaign").presses("Save the campaign")
    officer.sees("Enter the name of the campaign").photographs("error-campaigns-add")
    officer.writes("Name of the campaign", "Winter ready").writes("Who owns it?", "Ann Bow")
    officer.presses("Save the campaign").sees("Added Winter ready.", "Not whole yet")
    officer.photographs("campaigns-list").follows("Winter ready").photographs("campaigns-show")
    officer.sees("Nobody has said yet").presses("Change").writes("For whom?", "Drivers")
    officer.presses("Save the campaign").follows("Close it").photographs("campaigns-close")
    officer.presses("Close the campaign").sees("Closed Winter ready.")


def test_a_partner_is_added_and_retired(officer: Walker) -> None:
    officer.opens("/settings").follows("Partners").photographs("partners-empty")
    officer.presses("Add a partner").writes("Name of the partner", "Tamar Rivers Trust")
    officer.writes("Domains", "https://trust.example").presses("Save the partner")
    officer.sees("is no domain").photographs("error-partners-add")
    officer.writes("Domains", "trust.example\ntrust.test").writes("Agreed until", "2020-01-01")
    officer.presses("Save the partner").sees("Agreement ended").photographs("partners-list")
    officer.follows("Tamar Rivers Trust").photographs("partners-show").follows("Retire")
    officer.presses("Retire the partner").sees("Retired Tamar Rivers Trust.")


def test_the_political_register_is_kept(officer: Walker) -> None:
    officer.opens("/settings").photographs("settings").follows("Political register")
    officer.photographs("figures-empty").presses("Add an entry").presses("Save the entry")
    officer.sees("Select the kind").photographs("error-figures-add")
    officer.writes("Name of the party or person", "Ann Bow").picks("Councillor").writes(
        "Handles", "@annbow"
    )
    officer.presses("Save the entry").sees("Added Ann Bow.").photographs("figures-list")
    officer.follows("Ann Bow").photographs("figures-show")
    officer.opens("/settings/political/topics").photographs("topics-empty")
    officer.presses("Add a topic").writes("Topic", "Leisure centre").presses("Save the topic")
    officer.sees("Listed Leisure centre.").photographs("topics-list").follows("Leisure centre")
    officer.presses("Take off the list").sees("Leisure centre is off the list.")
