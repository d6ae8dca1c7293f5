"""Do pictures and films reach those who are signed in, whole or in part, and nobody else?"""

from __future__ import annotations

import asyncio

import pytest
from django.test import AsyncClient, Client

from oyez.library import actions, queries
from oyez.people.models import Person
from tests.factories import BY
from tests.formats.cinema import a_film, box
from tests.formats.gallery import a_picture, noise, opened
from tests.formats.test_captions import SRT
from tests.library.shelf import an_attachment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("size", "side"), [("thumb", 320), ("view", 1200)])
def test_a_picture_comes_in_the_size_asked_for(reader: Client, size: str, side: int) -> None:
    picture = an_attachment(noise((1_500, 1_000)))
    answer = reader.get(f"/library/{picture.pk}/{size}.picture")
    assert opened(answer.content).size[0] == side
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("inline; ")


def test_a_picture_the_browser_has_is_not_sent_again(reader: Client) -> None:
    at = f"/library/{an_attachment().pk}/thumb.picture"
    tag = reader.get(at)["ETag"]
    again = reader.get(at, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert reader.get(at, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_stranger_is_sent_to_sign_in() -> None:
    picture, film = an_attachment(), an_attachment(a_film(), "walk.mp4")
    for at in (f"{picture.pk}/view.picture", f"{film.pk}/film", f"{film.pk}/captions.vtt"):
        assert Client().get(f"/library/{at}").status_code == 302


def test_what_is_not_there_is_not_found(reader: Client) -> None:
    picture, film = an_attachment(), an_attachment(a_film(), "walk.mp4")
    for at in (
        "999/thumb.picture",
        f"{picture.pk}/huge.picture",
        f"{picture.pk}/film",
        f"{film.pk}/thumb.picture",
        f"{film.pk}/captions.vtt",
    ):
        assert reader.get(f"/library/{at}").status_code == 404


LONG = a_film(box(b"free", b"\0" * 5_000_000))


@pytest.mark.parametrize(
    ("asked", "begin", "end"),
    [
        ("bytes=0-", 0, 4 * 1024 * 1024),
        ("bytes=0-99", 0, 100),
        ("bytes=100-100", 100, 101),
        ("bytes=262140-262150", 262_140, 262_151),
        ("bytes=-50", len(LONG) - 50, len(LONG)),
        (f"bytes={len(LONG) - 5}-{len(LONG) + 900}", len(LONG) - 5, len(LONG)),
    ],
)
def test_a_film_comes_in_the_part_asked_for(
    reader: Client, asked: str, begin: int, end: int
) -> None:
    film = an_attachment(LONG, "walk.mp4")
    answer = reader.get(f"/library/{film.pk}/film", headers={"Range": asked})
    assert (answer.status_code, answer["Content-Type"]) == (206, "video/mp4")
    assert answer.content == LONG[begin:end]
    assert answer["Content-Range"] == f"bytes {begin}-{end - 1}/{len(LONG)}"
    assert answer["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("asked", [f"bytes={len(LONG)}-", "bytes=50-10", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(reader: Client, asked: str) -> None:
    film = an_attachment(LONG, "walk.mp4")
    answer = reader.get(f"/library/{film.pk}/film", headers={"Range": asked})
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{len(LONG)}")


def test_a_whole_film_comes_piece_by_piece(reader: Client) -> None:
    film = an_attachment(LONG, "walk.mp4")
    browser = AsyncClient()
    browser.force_login(Person.objects.get(role="reader"))

    async def ask() -> tuple[str, list[bytes]]:
        answer = await browser.get(f"/library/{film.pk}/film")
        return answer["Content-Length"], [piece async for piece in answer.streaming_content]

    length, pieces = asyncio.run(ask())
    assert (length, b"".join(pieces)) == (str(len(LONG)), LONG)
    assert len(pieces) == 2


def test_captions_are_served_as_webvtt(reader: Client) -> None:
    film = actions.caption(an_attachment(a_film(), "walk.mp4"), SRT.encode(), by=BY)
    answer = reader.get(f"/library/{film.pk}/captions.vtt")
    assert answer["Content-Type"].startswith("text/vtt")
    assert answer.content.startswith(b"WEBVTT")
    assert "no-store" in answer["Cache-Control"]
    assert queries.one(film.pk).captions


def test_no_path_serves_a_file_as_it_was_given(reader: Client) -> None:
    picture = an_attachment(a_picture("GIF", comment=b"<script>"), "x.html")
    answer = reader.get(f"/library/{picture.pk}/view.picture")
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"] == 'inline; filename="oyez.png"'
    assert b"<script>" not in answer.content
