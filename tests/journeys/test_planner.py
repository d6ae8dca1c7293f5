"""An officer looks at the week, moves a message, and looks at the month."""

from __future__ import annotations

from datetime import timedelta

from oyez.emergency import actions as emergency
from oyez.emergency.rules import CUSTOM, Said
from oyez.kit import clock
from oyez.posts import actions as posts
from oyez.posts.draft import Draft
from tests.factories import BY, a_channel, a_post
from tests.fakes.networks import Findable, Log
from tests.journeys.filled import fill
from tests.journeys.house import House, aside
from tests.journeys.walker import Walker


def test_planning_a_week(officer: Walker, house: House, networks: Log) -> None:
    officer.opens("/planner").reads_the_heading("Planner").sees("Nothing planned")
    officer.photographs("planner-empty")
    fill(house, networks)
    today = clock.now().date()
    said = Said(kind=CUSTOM, name="Fair week", begins_on=today, ends_on=today + timedelta(days=1))
    aside(lambda: emergency.open_period(said, by=BY))
    officer.opens("/planner").sees("Going out", "Needs you", "Fair week", "Council news")
    officer.photographs("planner-filled")
    officer.opens(f"/planner/month/{today}").sees("planned")
    officer.photographs("planner-month")
    officer.opens(f"/planner/day/{today}").photographs("planner-day")


def test_moving_a_message(officer: Walker, house: House, networks: Log) -> None:
    post = a_post("Gritting", to=[a_channel(Findable)], at=clock.now() + timedelta(days=2))
    house.works()
    officer.opens(f"/planner/{post.pk}/move").photographs("planner-move")
    officer.writes("New day", "2020-01-01").presses("Move it").sees("That time has passed.")
    officer.photographs("planner-move-error")
    day = (clock.now() + timedelta(days=3)).date()
    officer.writes("New day", f"{day}").presses("Move it").sees("It goes out at")
    officer.opens(f"/messages/{post.pk}").photographs("message-move")
    officer.presses("Move it to another time").presses("Move it").sees("It goes out at")
    officer.reads_the_heading("Gritting")


def test_importing_a_table(officer: Walker, house: House, networks: Log) -> None:
    a_channel(Findable, name="Council news")
    officer.opens("/planner").follows("Import messages").photographs("planner-import")
    table = (
        "text,channels,date,time\nThe fair opens,Council news,2027-05-06,09:30\nBins,Nowhere,,\n"
    )
    file = {"name": "plan.csv", "mimeType": "text/csv", "buffer": table.encode()}
    officer.page.get_by_label("Table (CSV)").set_input_files(file)  # type: ignore[arg-type]
    officer.presses("Look at it").sees("1 line becomes a draft. 1 line does not.")
    officer.sees("There is no channel “Nowhere”.").photographs("planner-import-looked")
    officer.presses("Make 1 draft").sees("Made 1 draft.")


def test_queueing_and_letting_come_again(officer: Walker, house: House, networks: Log) -> None:
    channel = a_channel(Findable, name="Council news")
    aside(lambda: posts.start(Draft("The fair opens", (channel.pk,)), by=BY))
    officer.opens("/planner").follows("Queues").sees("No channel has times yet.")
    officer.chooses("Day of the week", "Wednesday").writes("Time", "09:30")
    officer.presses("Keep this time").sees("Wednesday, 09:30").photographs("planner-slots")
    officer.opens("/planner").follows("Let it come again").photographs("planner-repeat")
    officer.presses("Let it come again").sees("The fair opens", "Every week")
    officer.photographs("planner-repeats")
    officer.opens("/planner").photographs("planner-drafts").presses("Add to queue (The fair opens)")
    officer.sees("The draft is for 09:30, Wednesday")
