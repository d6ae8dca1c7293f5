"""An officer adds a picture, says what it shows, records a consent, and finds it again."""

from __future__ import annotations

from pathlib import Path

from oyez.library import actions
from oyez.posts import actions as posts
from oyez.posts.draft import Draft, Placed
from tests.factories import BY
from tests.formats.cinema import a_film
from tests.formats.gallery import SVG, a_picture, with_everything
from tests.formats.test_captions import SRT
from tests.journeys.walker import Walker
from tests.library.shelf import an_attachment


def test_a_picture_is_added_described_and_found(officer: Walker, tmp_path: Path) -> None:
    photo, bad = tmp_path / "bridge.jpg", tmp_path / "logo.png"
    photo.write_bytes(with_everything())
    bad.write_bytes(SVG)
    officer.opens("/library").sees("No picture or film yet").photographs("library-empty")
    officer.presses("Add a picture or film")
    officer.page.get_by_label("Picture or film").set_input_files(bad)
    officer.presses("Add it").sees("There is a problem", "can hold programs")
    officer.photographs("error-library-add")
    officer.page.get_by_label("Picture or film").set_input_files(photo)
    officer.presses("Add it").sees("Added bridge.jpg.").photographs("library-describe")
    officer.writes("Alt text", "The open bridge").writes("Licence", "Our own")
    officer.picks("Yes, somebody can be recognised").picks("Top right").presses("Save")
    officer.sees("Saved what bridge.jpg shows.", "The open bridge", "where it was taken")
    officer.follows("Record a consent").photographs("library-consent").presses("Record it")
    officer.sees("Say who agreed").photographs("error-library-consent")
    officer.writes("Who agreed", "Ffion Rees").writes("Where the consent is kept", "Form 12")
    officer.presses("Record it").sees("Recorded that Ffion Rees agreed.", "Holds")
    officer.photographs("library-show").follows("They take it back")
    officer.presses("Record that they take it back").sees("Taken back")
    officer.opens("/library").writes("Find by words", "open bridge").presses("Find")
    officer.sees("bridge.jpg", "Described")


def test_the_shelf_with_everything_on_it(officer: Walker) -> None:
    for number, colour in enumerate(((0, 90, 150), (180, 60, 20), (20, 120, 60), (90, 90, 90))):
        size = ((640, 480), (480, 900), (1200, 300), (300, 300))[number]
        content = a_picture(size=size, colour=colour)
        name = f"the-river-at-gunnislake-from-the-new-bridge-{number}.jpg"
        said = {} if number == 1 else {"alt": "The river", "licence": "Our own"}
        an_attachment(content, name, **said)
    film = an_attachment(a_film(), "walk.mp4")
    actions.caption(film, SRT.encode(), by=BY)
    officer.opens("/library").sees("5 pictures and films. 1 needs alt text.")
    officer.photographs("library-list").follows("Without alt text (1)").sees("bridge-1.jpg")
    officer.does_not_see("bridge-0.jpg").opens("/library?words=nowhere")
    officer.sees("Nothing here has these words").opens(f"/library/{film.pk}")
    officer.sees("The bridge is open.").photographs("library-film")
    officer.follows("Add captions").photographs("library-captions")


def test_a_picture_that_is_still_to_go_is_not_taken_away_unsaid(officer: Walker) -> None:
    one = an_attachment(alt="The river", licence="Our own")
    for text in ("The bridge opens on Monday at nine, after eleven weeks of work.", "Thank you!"):
        posts.start(Draft(text=text, media=(Placed(one.pk),)), by=BY)
    officer.opens(f"/library/{one.pk}").sees("Thank you!", "Draft").photographs("library-used")
    officer.follows("Take it out of use").sees("have not gone out yet", "Thank you!")
    officer.photographs("library-retire").presses("Take it out of use")
    officer.sees("bridge.jpg is out of use.")
