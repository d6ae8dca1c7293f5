"""Is what we take in kept whole, once, clean, described, and found again?"""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from oyez.formats.films import look
from oyez.formats.pictures import Box
from oyez.kit import clock
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.ledger.models import Event
from oyez.library import actions, queries
from oyez.library.actions.keeping import keep
from oyez.library.models import CHUNK, Attachment, Blob, Chunk, Rendition
from oyez.people.models import Person
from tests.factories import BY
from tests.formats import gallery
from tests.formats.cinema import CANARY, a_film, box, udta
from tests.formats.gallery import a_picture, noise, opened
from tests.formats.test_captions import SRT
from tests.library.shelf import an_attachment

pytestmark = pytest.mark.django_db(transaction=True)


def pieces(content: bytes, step: int) -> Iterator[bytes]:
    return (content[at : at + step] for at in range(0, len(content), step))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
@pytest.mark.parametrize("step", [1000, CHUNK, CHUNK + 7])
def test_bytes_come_back_as_they_went_in_whatever_their_length(size: int, step: int) -> None:
    content = bytes(number % 251 for number in range(size))
    blob = keep(pieces(content, step), "text/plain")
    assert (queries.read(blob), blob.size) == (content, size)
    assert max((len(chunk.data) for chunk in Chunk.objects.all()), default=0) <= CHUNK
    assert Chunk.objects.count() == -(-size // CHUNK)


def test_any_part_of_the_bytes_can_be_read() -> None:
    content = bytes(number % 251 for number in range(2 * CHUNK + 10))
    blob = keep([content], "text/plain")
    edges = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 10)
    for begin in edges:
        for end in edges:
            assert b"".join(queries.stream(blob, begin, end)) == content[begin:end]


def test_the_same_bytes_are_kept_once() -> None:
    first, second = keep([b"abc"], "text/plain"), keep([b"a", b"bc"], "text/plain")
    assert first.pk == second.pk
    assert (Blob.objects.count(), Chunk.objects.count()) == (1, 1)


def test_a_picture_is_kept_clean_and_what_was_removed_is_said() -> None:
    kept = an_attachment(gallery.with_everything(), "C:\\photos\\Brücke.jpg")
    assert (kept.name, kept.kind, kept.width) == ("Brücke.jpg", "image/jpeg", 60)
    assert set(kept.removed) == {"location", "author", "camera", "notes"}
    stored = b"".join(bytes(chunk.data) for chunk in Chunk.objects.all())
    assert gallery.CANARY.encode() not in stored
    assert opened(queries.read(kept.blob)).size == (60, 40)
    event = Event.objects.get(kind="library.uploaded")
    assert (event.on_id, event.by_name) == (str(kept.pk), "console:tester")


def test_the_same_file_twice_is_one_picture() -> None:
    first = an_attachment(a_picture(), "one.jpg")
    again = an_attachment(a_picture(), "other name.png")
    assert (again.pk, again.name) == (first.pk, "one.jpg")
    assert Event.objects.filter(kind="library.uploaded").count() == 1


def test_the_same_file_by_many_at_once_is_one_picture() -> None:
    def add(_: int) -> int:
        try:
            return an_attachment(a_picture()).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(add, range(8)))) == 1
    assert (Attachment.objects.count(), Blob.objects.count()) == (1, 1)


def test_a_retired_picture_is_not_offered_and_may_come_back_as_a_new_one() -> None:
    first = an_attachment()
    actions.retire(first, by=BY)
    assert not queries.search().exists()
    assert queries.one(first.pk).retired_at
    second = an_attachment()
    assert second.pk != first.pk
    assert second.blob_id == first.blob_id


@pytest.mark.parametrize("content", [b"", gallery.SVG, a_picture()[:200], a_film()[:-5], b"hello"])
def test_what_is_refused_leaves_nothing_behind(content: bytes) -> None:
    with pytest.raises(Refusal, match=r"\.$"):
        actions.upload(content, "photo.jpg", by=BY)
    assert not Blob.objects.exists()
    assert not Event.objects.filter(kind__startswith="library.").exists()


def test_a_wrong_ending_changes_nothing() -> None:
    assert an_attachment(a_picture("PNG"), "film.mp4").kind == "image/png"


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\secret\\bridge.png", "bridge.png"),
        ("/", "Unnamed"),
        ("bridge\r\nX-Evil: 1.png", "bridgeX-Evil: 1.png"),
        ("gnp\u202e.exe", "gnp.exe"),
    ],
)
def test_a_name_is_for_people_and_leads_to_no_file(told: str, kept: str) -> None:
    assert an_attachment(a_picture("PNG"), told).name == kept


@pytest.mark.parametrize(("role", "may"), [("officer", True), ("writer", True), ("reader", False)])
def test_who_may_write_may_add(role: str, may: bool) -> None:
    person = Person.objects.create(
        email="a@b.example", name="Rae", role=role, invited_at=clock.now()
    )
    if may:
        assert actions.upload(a_picture(), "x", by=person).uploaded_by["name"] == "Rae"
        return
    with pytest.raises(NotAllowed):
        actions.upload(b"never read", "x", by=person)


def test_a_film_over_many_chunks_is_kept_without_its_place() -> None:
    content = a_film(box(b"free", bytes(range(256)) * 3000), udta())
    film = an_attachment(content, "walk.mp4")
    assert (film.is_film, film.seconds, film.sound) == (True, 12.0, True)
    assert {"location", "author"} == set(film.removed)
    stored = queries.read(film.blob)
    assert len(stored) == len(content)
    assert CANARY not in stored
    assert look(io.BytesIO(stored)).removed == ()


def test_captions_are_kept_as_webvtt_and_begin_the_transcript() -> None:
    film = an_attachment(a_film(), "walk.mp4")
    actions.caption(film, SRT.encode(), by=BY)
    again = queries.one(film.pk)
    assert again.captions
    assert queries.read(again.captions).startswith(b"WEBVTT\n")
    assert again.transcript == "The bridge is open.\nThank you."
    actions.describe(again, by=BY, transcript="In our own words.")
    actions.caption(again, SRT.replace("Thank you", "Thanks").encode(), by=BY)
    assert queries.one(film.pk).transcript == "In our own words."


def test_broken_captions_are_refused_with_the_line_and_those_before_stay() -> None:
    film = an_attachment(a_film(), "walk.mp4")
    actions.caption(film, SRT.encode(), by=BY)
    with pytest.raises(Refusal, match="line 2"):
        actions.caption(film, b"1\n00:00:01 --> x\nHello", by=BY)
    assert queries.one(film.pk).captions
    with pytest.raises(Refusal, match="Only a film"):
        actions.caption(an_attachment(), SRT.encode(), by=BY)


def test_describing_changes_what_is_given_and_says_what() -> None:
    picture = an_attachment(alt="The open bridge", licence="Ours")
    actions.describe(picture, by=BY, focus=(0.25, 0.75), shows_people=False)
    again = queries.one(picture.pk)
    assert (again.alt, again.licence, again.focus) == ("The open bridge", "Ours", (0.25, 0.75))
    assert again.shows_people is False
    last = Event.objects.filter(kind="library.described").latest("id")
    assert last.data == {"changed": ["focal_x", "focal_y", "shows_people"]}
    actions.describe(again, by=BY, alt="The open bridge")
    assert Event.objects.filter(kind="library.described").count() == 2


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"alt": "x" * 2_001}, "2,001 characters"),
        ({"alt": "A bridge", "decorative": True}, "no alt text"),
        ({"focus": (1.5, 0.5)}, "must lie in the picture"),
        ({"licence": "x" * 201}, "more than 200"),
    ],
)
def test_words_that_cannot_stand_are_refused_and_change_nothing(
    said: dict[str, object], why: str
) -> None:
    picture = an_attachment()
    with pytest.raises(Refusal, match=why):
        actions.describe(picture, by=BY, **said)  # type: ignore[arg-type]
    assert (picture.alt, queries.one(picture.pk).alt, picture.focus) == ("", "", (0.5, 0.5))


def test_words_find_a_picture_and_what_has_none_is_found_too() -> None:
    bridge = an_attachment(alt="The open bridge", source="Sam Carter")
    bare = an_attachment(a_picture("PNG"), "crest.png")
    film = an_attachment(a_film(), "walk.mp4")
    line = an_attachment(a_picture("WEBP"), "line.webp", decorative=True)
    assert list(queries.search("carter BRIDGE")) == [bridge]
    assert not queries.search("carter crest").exists()
    assert list(queries.search(missing_alt=True)) == [bare]
    assert list(queries.search(kind=queries.FILM)) == [film]
    assert set(queries.search(kind=queries.PICTURE)) == {bridge, bare, line}


def test_consent_holds_until_its_day_or_until_taken_back() -> None:
    picture, today = an_attachment(), clock.now().date()
    consent = actions.record_consent(
        picture, "Ffion", evidence="Form 12", child=True, channels=[3, 1, 3],
        expires_on=today + timedelta(days=5), by=BY,
    )  # fmt: skip
    assert (consent.channels, queries.one(picture.pk).shows_people) == ([1, 3], True)
    assert consent.holds(today + timedelta(days=5))
    assert not consent.holds(today + timedelta(days=6))
    assert list(queries.expiring_consents(5, today=today)) == [consent]
    assert not queries.expiring_consents(4, today=today).exists()
    actions.withdraw_consent(consent, by=BY)
    assert not consent.holds(today)
    assert not queries.expiring_consents(5, today=today).exists()


@pytest.mark.parametrize(
    ("who", "evidence", "days", "why"),
    [(" ", "Form", None, "who agreed"), ("Ffion", "", None, "kept"), ("F", "Form", -1, "ended")],
)
def test_a_consent_that_proves_nothing_is_refused(
    who: str, evidence: str, days: int | None, why: str
) -> None:
    until = None if days is None else clock.now().date() + timedelta(days=days)
    with pytest.raises(Refusal, match=why):
        actions.record_consent(an_attachment(), who, evidence=evidence, expires_on=until, by=BY)


def test_a_rendition_is_made_once_for_each_box() -> None:
    picture = an_attachment(noise((900, 600)))
    first = actions.render_for(picture, Box(max_side=300))
    assert (first.width, first.height) == (300, 200)
    assert actions.render_for(picture, Box(max_side=300)).pk == first.pk
    assert actions.render_for(picture, Box(max_side=200)).pk != first.pk
    assert opened(queries.read(first.blob)).size == (300, 200)


def test_moving_the_point_that_matters_draws_only_cut_pictures_anew() -> None:
    picture = an_attachment(noise((900, 600)))
    whole, cut = Box(max_side=300), Box(max_side=300, aspect=1.0)
    before = [actions.render_for(picture, one).pk for one in (whole, cut)]
    actions.describe(picture, by=BY, focus=(0.0, 0.0))
    after = [actions.render_for(picture, one).pk for one in (whole, cut)]
    assert before[0] == after[0]
    assert before[1] != after[1]
    assert Rendition.objects.count() == 3


def test_what_cannot_fit_is_refused_in_words() -> None:
    with pytest.raises(Refusal, match="small enough"):
        actions.render_for(an_attachment(noise((400, 400))), Box(max_bytes=500))
    with pytest.raises(Refusal, match="sent as it is"):
        actions.render_for(an_attachment(a_film()), Box())


@pytest.mark.parametrize("name", ["999", "x", "²", "9" * 30])
def test_a_number_nobody_has_is_refused(name: str) -> None:
    with pytest.raises(Refusal, match="no picture or film"):
        queries.one(name)
