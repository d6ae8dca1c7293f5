"""Is a film's header read, what tells of people and places blanked, and the rest left in place?"""

from __future__ import annotations

import io

import pytest

from oyez.formats.contract import FormatError, TooHeavy, Unfit
from oyez.formats.films import MOST_BYTES, PIECE, Film, cleaned, look
from oyez.formats.signatures import kind_of
from tests.formats import cinema
from tests.formats.cinema import CANARY, a_film, a_webm, box, full, udta
from tests.formats.gallery import a_picture, a_zip


def both(content: bytes) -> tuple[Film, bytes]:
    """What it says, and its bytes once cleaned."""
    file = io.BytesIO(content)
    film = look(file)
    return film, b"".join(cleaned(file, film))


@pytest.mark.parametrize(("brand", "kind"), [(b"isom", "video/mp4"), (b"qt  ", "video/quicktime")])
def test_length_size_and_sound_are_read(brand: bytes, kind: str) -> None:
    film, out = both(a_film(brand=brand))
    assert (film.kind, film.seconds, film.width, film.height, film.sound) == (
        kind,
        12.0,
        1280,
        720,
        True,
    )
    assert (film.removed, out) == ((), a_film(brand=brand))


def test_a_film_held_upright_has_the_size_it_is_shown_in() -> None:
    moov = box(b"moov", cinema.mvhd(), cinema.trak(b"vide", upright=True))
    film, _ = both(box(b"ftyp", b"isom") + moov)
    assert (film.width, film.height, film.sound) == (720, 1280, False)


@pytest.mark.parametrize(
    "content",
    [
        a_film(udta()),
        a_film(box(b"trak", cinema.trak(b"vide")[8:], udta())),
        a_film(behind=udta()),
        a_film(before=box(b"uuid", b"x" * 16, b"GPS creator", CANARY)),
        a_film(before=cinema.long_box(b"uuid", b"x" * 16 + b"GPS creator" + CANARY)),
        a_film(full(b"meta", b"location author", CANARY)),
    ],
)
def test_place_and_owner_are_blanked_in_place_wherever_they_stand(content: bytes) -> None:
    film, out = both(content)
    assert {"location", "author"} <= set(film.removed)
    assert CANARY in content
    assert CANARY not in out
    assert len(out) == len(content)
    assert out.index(b"mdat") == content.index(b"mdat")
    again, twice = both(out)
    assert (again.removed, twice) == ((), out)


def test_a_track_of_data_goes_with_its_samples_and_pictures_stay() -> None:
    data = cinema.trak(b"meta", sample=b"gpmd", at=cinema.SAMPLES_AT)
    film, out = both(a_film(data))
    assert film.removed == ("location",)
    assert cinema.SAMPLES not in out
    assert b"51.5005" not in out
    assert b"frames" * 100 in out
    assert (film.width, film.sound) == (1280, True)


def test_a_track_of_data_that_lies_outside_the_film_is_refused() -> None:
    with pytest.raises(Unfit, match="outside itself"):
        both(a_film(cinema.trak(b"meta", at=1_000_000)))


def test_a_track_of_data_in_a_film_of_fragments_is_refused() -> None:
    with pytest.raises(Unfit, match="track of data"):
        both(a_film(box(b"mvex"), cinema.trak(b"meta", sample=b"gpmd")))


@pytest.mark.parametrize("live", [False, True])
def test_webm_is_read_and_its_tags_blanked(live: bool) -> None:
    film, out = both(a_webm(live=live))
    assert (film.kind, film.seconds, film.sound) == ("video/webm", 0.0 if live else 4.0, True)
    assert (film.width, film.height) == (640, 360)
    assert {"location", "author", "notes"} == set(film.removed)
    assert CANARY not in out
    assert b"frame" * 50 in out
    assert both(out)[1] == out


def test_a_patch_over_the_edge_of_a_piece_is_whole() -> None:
    filler = box(b"free", b"\0" * (PIECE - len(a_film()) - 20))
    film, out = both(a_film(before=filler, behind=udta()))
    at = film.patches[0].at
    assert at < PIECE < film.patches[0].end
    assert CANARY not in out
    assert out[at : at + 4] == b"free"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (a_film()[:-10], "cut off, or something else"),
        (a_film() + a_zip(), "something else is attached"),
        (a_film() + b"<html>", "something else is attached"),
        (a_webm()[:-10], "cut off"),
        (a_webm() + a_zip(), "something else is attached"),
        (box(b"ftyp", b"isom"), "no moving picture"),
        (box(b"ftyp", b"M4A ") + box(b"moov", cinema.mvhd(), cinema.trak(b"soun")), "no moving"),
        (box(b"ftyp", b"isom") + box(b"moov", box(b"mvhd", b"\0")), "broken"),
        (a_picture(), "picture, not a film"),
        (b"", "empty"),
    ],
)
def test_what_is_no_whole_film_is_refused_in_words(content: bytes, says: str) -> None:
    with pytest.raises(Unfit, match=says):
        both(content)


def test_boxes_within_boxes_without_end_are_refused() -> None:
    deep = b""
    for _ in range(3_000):
        deep = box(b"mdia", deep)
    with pytest.raises(FormatError):
        both(a_film(box(b"trak", deep)))


def test_a_film_of_a_million_parts_is_refused() -> None:
    with pytest.raises(TooHeavy, match="more parts"):
        both(a_film(behind=box(b"free") * 200_001))


def test_a_film_too_large_is_refused_before_it_is_read() -> None:
    class Huge(io.BytesIO):
        def seek(self, at: int, whence: int = 0) -> int:
            return MOST_BYTES + 1 if whence == io.SEEK_END else super().seek(at, whence)

    with pytest.raises(TooHeavy, match="larger than 200 MB"):
        look(Huge(a_film()))


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_film_is_read_or_refused_never_more(seed: int) -> None:
    whole = bytearray(a_webm() if seed % 2 else a_film(udta()))
    for step in range(1 + seed % 4):
        whole[(seed * 7919 + step * 104_729) % len(whole)] ^= 1 << (seed % 8)
    try:
        _, out = both(bytes(whole))
        assert len(out) == len(whole)
    except FormatError as refusal:
        assert str(refusal).endswith(".")


def test_a_still_of_a_telephone_is_no_film() -> None:
    with pytest.raises(Unfit, match="HEIC"):
        kind_of(box(b"ftyp", b"heic"))
