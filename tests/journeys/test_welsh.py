"""Somebody who works in Welsh: chosen once at the foot of a page, without JavaScript too."""

from __future__ import annotations

from tests.factories import a_channel
from tests.fakes.networks import Findable, Keyed, Log
from tests.journeys.house import House
from tests.journeys.walker import Walker


def test_writing_in_welsh(officer: Walker, house: House, networks: Log) -> None:
    a_channel(Findable, name="Newyddion y Cyngor")
    a_channel(Keyed, name="Llyfrgell y dref")
    officer.opens("/write").presses("Cymraeg").reads_the_heading("Ysgrifennu neges")
    officer.is_at("/write").photographs("welsh-empty")
    officer.writes("Neges", "Mae’r bont ar agor. Gweler https://cyngor.example/pont")
    officer.presses("Dangos sut mae’n edrych").sees("Cadwyd y drafft am", "nod ar ôl o 500")
    officer.photographs("welsh-filled")
    officer.presses("Anfon").sees("Bydd yn mynd allan ymhen deg eiliad")


def test_what_is_wrong_is_said_in_welsh(officer: Walker, house: House) -> None:
    a_channel(Findable, name="Newyddion y Cyngor")
    officer.opens("/write").presses("Cymraeg").presses("Anfon")
    officer.sees("Mae problem", "Mae’r neges yn wag").photographs("welsh-error")


def test_a_place_without_welsh_is_english_in_a_welsh_frame(officer: Walker, house: House) -> None:
    officer.opens("/settings").presses("Cymraeg").reads_the_heading("Settings")
    officer.sees("Hafan", "Ysgrifennu").photographs("welsh-frame")
    officer.presses("English").does_not_see("Hafan")
