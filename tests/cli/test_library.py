"""`oyez library`, as people and programs use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from oyez.posts import actions as posts
from oyez.posts.draft import Draft, Placed
from tests.cli.test_verbs import listed, oyez
from tests.factories import BY
from tests.formats.cinema import a_film
from tests.formats.gallery import SVG, a_picture, with_everything
from tests.formats.test_captions import SRT

pytestmark = pytest.mark.django_db(transaction=True)


def a_file(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


def test_a_picture_is_added_described_and_listed(tmp_path: Path) -> None:
    photo = a_file(tmp_path, "bridge.jpg", with_everything())
    said = oyez("library", "add", photo, "--alt", "The open bridge", "--licence", "Ours")
    assert said.exit_code == 0, said.output
    assert "Removed from it: author, camera, location, notes." in said.output
    (one,) = listed("library", "list")
    assert (one["name"], one["alt"], one["licence"]) == ("bridge.jpg", "The open bridge", "Ours")
    (all_of_it,) = listed("library", "show", str(one["id"]))
    assert all_of_it["removed"] == ["author", "camera", "location", "notes"]
    assert "The open bridge" in oyez("library", "show", str(one["id"])).output


def test_one_without_alt_text_says_so_and_is_found(tmp_path: Path) -> None:
    assert "no alt text yet" in oyez("library", "add", a_file(tmp_path, "a", a_picture())).output
    oyez("library", "add", a_file(tmp_path, "b", a_picture("PNG")), "--decorative")
    assert [one["name"] for one in listed("library", "list", "--missing-alt")] == ["a"]


def test_a_film_is_added_with_its_captions(tmp_path: Path) -> None:
    film, captions = a_file(tmp_path, "f.mp4", a_film()), a_file(tmp_path, "f.srt", SRT.encode())
    assert oyez("library", "add", film, "--captions", captions).exit_code == 0
    (one,) = listed("library", "list", "--kind", "film")
    assert one["captions"] is True


def test_what_is_refused_is_one_sentence(tmp_path: Path) -> None:
    said = oyez("library", "add", a_file(tmp_path, "x.png", SVG))
    assert (said.exit_code, said.output.count("\n")) == (1, 1)
    assert "SVG picture, which can hold programs" in said.output
    assert oyez("library", "show", "7").exit_code == 1


def test_what_is_still_to_go_keeps_it_in_use_unless_that_is_meant(tmp_path: Path) -> None:
    said = oyez("library", "add", a_file(tmp_path, "bridge.jpg", a_picture()), "--alt", "A bridge")
    (one,) = listed("library", "list")
    number = str(one["id"])
    draft = posts.start(Draft(text="Open.", media=(Placed(one["id"]),)), by=BY)
    said = oyez("library", "retire", number)
    assert (said.exit_code, f"message {draft.pk}" in said.output) == (1, True)
    (all_of_it,) = listed("library", "show", number)
    assert (all_of_it["used_in_messages"], all_of_it["retired_at"]) == ([draft.pk], None)
    assert oyez("library", "retire", number, "--anyway").exit_code == 0
    assert listed("library", "list") == []


def test_what_nobody_waits_for_goes_out_of_use_at_once(tmp_path: Path) -> None:
    oyez("library", "add", a_file(tmp_path, "bridge.jpg", a_picture()))
    (one,) = listed("library", "list")
    posts.start(Draft(text="Without it."), by=BY)
    assert oyez("library", "retire", str(one["id"])).output == "bridge.jpg is out of use.\n"
