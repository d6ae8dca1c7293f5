"""People, browsers, messages and their yes, for tests of what leaves the house."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client

from oyez.channels.models import Channel
from oyez.decisions import actions as decisions
from oyez.decisions import queries as reviews
from oyez.decisions.models import Review
from oyez.kit import clock
from oyez.library import actions as library
from oyez.people import actions as people
from oyez.people.models import Person
from oyez.people.rules import OFFICER
from oyez.posts import actions as posts
from oyez.posts.draft import Draft, Placed
from oyez.posts.models import Post
from tests.entering import signed_in
from tests.factories import BY
from tests.formats.gallery import png


def someone(name: str, role: str = OFFICER, *duties: str) -> Person:
    person = people.invite(f"{name.lower()}@council.example", name=name, role=role, by=BY)
    people.give(person, duties=duties, by=BY)
    return person


def browser(person: Person) -> Client:
    return signed_in(person)


def ahead(**much: float) -> dict[str, str]:
    return {"wall": f"{clock.now() + timedelta(**much):%Y-%m-%dT%H:%M}", "zone": "UTC"}


def handed_in(
    by: Person, *channels: Channel, text: str = "The bridge is open.", **more: Any
) -> Post:
    draft = Draft(text=text, to=tuple(c.pk for c in channels), **more)
    return decisions.hand_in(posts.start(draft, by=by), by=by, confirmed=["SE-4", "LA-1"])


def the_review(post: Post) -> Review:
    review = reviews.review_of(post)
    assert review
    return review


def yes(post: Post, by: Person, reason: str = "") -> Review:
    review = the_review(post)
    return decisions.vote_yes(review, digest=review.digest, by=by, reason=reason)


def a_picture(politician: bool = True, shade: bytes = b"\x10") -> Placed:
    kept = library.upload(png(8, 8, shade * 3 * 64), "bridge.png", by=BY)
    library.describe(kept, alt="A bridge", licence="Our own", politician=politician, by=BY)
    return Placed(kept.pk)
