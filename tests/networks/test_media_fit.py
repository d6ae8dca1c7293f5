"""Do pictures and films fit, and is each thing in the way told in one sentence?"""

from datetime import UTC, datetime

import pytest

from oyez.kit import text as words
from oyez.networks.contract import Limits, Measure, Media, Message
from oyez.networks.fit import fit

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
TAKES = {
    "media": 4,
    "media_bytes": 1_000_000,
    "media_pixels": 16_000_000,
    "film_bytes": 40_000_000,
    "film_pixels": 8_000_000,
    "film_seconds": 60,
    "alt_text": 1_500,
    "kinds": frozenset({"image/jpeg", "image/png", "video/mp4"}),
}


def limits(**changed) -> Limits:
    return Limits((Measure(500, words.graphemes, "characters"),), **{**TAKES, **changed})


def a_picture(kind="image/png", size=1_000, alt="A bridge", **more) -> Media:
    return Media("d1", kind, alt, size, lambda: b"", **more)


def told(*media: Media, **changed) -> list[str]:
    return fit(Message("Open", AT, media=media), limits(**changed), "Mastodon")


def test_what_fits_to_the_last_byte_has_no_problem():
    biggest = a_picture(size=1_000_000, alt="x" * 1_500, width=4_000, height=4_000)
    assert told(biggest, biggest, biggest, biggest) == []
    assert told(a_picture("video/mp4", 40_000_000, seconds=60.0, width=4_000, height=2_000)) == []


def test_alt_text_that_is_too_long_says_how_long_it_is():
    assert told(a_picture(alt="é" * 1_612)) == [
        "Alt text must be 1,500 characters or fewer for Mastodon. It is 1,612"
    ]


def test_of_several_it_is_said_which_one():
    assert told(a_picture(), a_picture(alt="x" * 1_501)) == [
        "Alt text of picture 2 must be 1,500 characters or fewer for Mastodon. It is 1,501"
    ]
    assert told(a_picture(), a_picture(size=1_234_567)) == [
        "Picture 2 must be 1 MB or smaller for Mastodon. It is 1.3 MB"
    ]


@pytest.mark.parametrize(
    ("limit", "size", "sentence"),
    [
        (1_000_000, 1_000_001, "Picture must be 1 MB or smaller for Mastodon. It is 1.1 MB"),
        (16_777_216, 16_777_217, "must be 16.7 MB or smaller for Mastodon. It is 16.8 MB"),
        (976_560, 976_561, "must be 976.5 kB or smaller for Mastodon. It is 976.6 kB"),
    ],
)
def test_a_size_is_never_said_to_be_what_is_allowed(limit, size, sentence):
    (problem,) = told(a_picture(size=size), media_bytes=limit)
    assert problem.endswith(sentence)


def test_too_many_of_the_wrong_kind_are_each_told():
    assert told(*[a_picture()] * 5) == [
        "A message for Mastodon can hold 4 pictures or films at most. It has 5"
    ]
    assert told(a_picture("image/tiff")) == ["Picture must be JPEG or PNG for Mastodon. It is TIFF"]
    assert told(a_picture("video/webm"), kinds=frozenset({"image/png"})) == [
        "Mastodon takes no films. Remove it"
    ]


def test_a_network_without_pictures_says_so_once():
    assert told(a_picture("image/tiff"), a_picture(alt="x" * 9_999), media=0) == [
        "Mastodon takes no pictures or films. Remove them from its message"
    ]


def test_a_film_has_limits_of_its_own():
    film = a_picture("video/mp4", 40_000_001, width=4_000, height=2_001, seconds=60.2)
    assert told(film) == [
        "Film must be 40 MB or smaller for Mastodon. It is 40.1 MB",
        "Film must be 8 million pixels or fewer for Mastodon. It is 8.1 million (4,000 by 2,001)",
        "Film must be 60 seconds or shorter for Mastodon. It is 61",
    ]


def test_a_film_beside_pictures_is_told_where_it_has_to_be_alone():
    film = a_picture("video/mp4")
    assert told(a_picture(), film) == [
        "A film must be alone in a message for Mastodon. Send it in one of its own"
    ]
    assert told(a_picture(), film, film_alone=False) == []


def test_sizes_nobody_knows_stand_in_no_way():
    nobody_said = dict.fromkeys(("media_bytes", "media_pixels", "alt_text"), 0)
    big = a_picture(size=10**9, alt="x" * 9_999, width=10**5, height=10**5)
    assert told(big, **nobody_said) == []
    assert told(a_picture("video/mp4", seconds=0.0)) == []


def test_a_reply_is_refused_where_there_are_none():
    reply = Message("Open", AT, answers="7")
    assert fit(reply, limits(), "Mute") == [
        "Mute cannot reply to a post. Send this as a message of its own"
    ]
    assert fit(reply, limits(threads=True), "Mute") == []


def test_two_of_the_same_bytes_and_words_are_the_same_media():
    assert Media("d", "image/png", "A", 1, lambda: b"") == Media("d", "image/png", "A", 1, bytes)
    assert "load" not in repr(a_picture())
