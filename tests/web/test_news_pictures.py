"""Pictures and films on the public page: those of published messages, and no others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from oyez.channels import actions as channels
from oyez.channels.queries import ours
from oyez.deliveries import queries as deliveries
from oyez.deliveries.models import Delivery
from oyez.emergency import actions as emergency
from oyez.library import actions as library
from oyez.posts import actions as posts
from oyez.posts.draft import Draft, Placed
from tests.factories import BY, a_channel
from tests.fakes.networks import Findable
from tests.formats.cinema import a_film
from tests.formats.gallery import noise, opened
from tests.formats.test_captions import SRT
from tests.jobs import run_jobs
from tests.library.shelf import ready

pytestmark = [pytest.mark.usefixtures("log"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def public(settings: Any) -> None:
    settings.OYEZ = replace(settings.OYEZ, url="https://social.council.example")
    channels.open_our_own(by=BY)


def handed_in(*pictures: Any) -> None:
    media = tuple(Placed(one.pk) for one in pictures)
    draft = Draft(text="The bridge is open.", to=(a_channel(Findable).pk,), media=media)
    posts.hand_in(posts.start(draft, by=BY), by=BY)


def published(*pictures: Any) -> Delivery:
    handed_in(*pictures)
    run_jobs()
    return deliveries.published().get()


def shown(address: str, what: str = "img") -> list[Tag]:
    return BeautifulSoup(Client().get(address).content, "html.parser").select(f"article {what}")


def test_a_picture_stands_there_with_its_alt_text_in_a_size_that_suits(public: None) -> None:
    message = published(ready(noise((1_500, 1_000)), alt="The bridge & the river"))
    (in_list,), (alone,) = shown("/news"), shown(f"/news/{message.key}")
    assert in_list["alt"] == alone["alt"] == "The bridge & the river"
    assert (alone["width"], alone["height"]) == ("1200", "800")
    assert opened(Client().get(in_list["src"]).content).size == (480, 320)
    wide = alone["srcset"].split(", ")[-1]
    assert wide.endswith(" 1200w")
    assert opened(Client().get(wide.split()[0]).content).size == (1200, 800)


def test_a_tall_or_small_picture_says_its_true_width(public: None) -> None:
    small, tall = ready(noise((300, 200))), ready(noise((800, 1_600)), "tall.jpg")
    message = published(small, tall)
    sizes = [img["srcset"] for img in shown(f"/news/{message.key}")]
    widths = [[part.split()[1] for part in one.split(", ")] for one in sizes]
    assert widths == [["300w"], ["240w", "600w"]]
    assert opened(Client().get(sizes[1].split()[0]).content).size == (240, 480)


def test_the_list_shows_the_first_and_says_how_many(public: None) -> None:
    message = published(ready(alt="One"), ready(noise((30, 20)), alt="Two"))
    assert [img["alt"] for img in shown("/news")] == ["One"]
    assert "All 2 pictures and films" in Client().get("/news").content.decode()
    assert [img["alt"] for img in shown(f"/news/{message.key}")] == ["One", "Two"]


def test_caches_and_other_sites_may_have_it_for_a_day(public: None) -> None:
    message = published(ready(alt="The bridge"))
    (picture,) = shown(f"/news/{message.key}")
    answer = Client().get(picture["src"])
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "Vary" not in answer or "Cookie" not in answer["Vary"]
    assert not answer.cookies
    again = Client().get(picture["src"], headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_nothing_is_served_before_it_is_published(public: None) -> None:
    one = ready(alt="The bridge")
    emergency.stop(None, why="Storm", by=BY)
    handed_in(one)
    run_jobs()
    held = Delivery.objects.filter(channel__in=ours()).get()
    assert Client().get(f"/news/{held.key}/{one.blob.digest[:16]}/wide").status_code == 404
    emergency.resume(None, by=BY)
    run_jobs()
    assert Client().get(f"/news/{held.key}/{one.blob.digest[:16]}/wide").status_code == 200


def test_a_message_serves_its_own_pictures_and_no_others(public: None) -> None:
    mine, other = ready(alt="Mine"), ready(noise((30, 20)), alt="Other")
    message = published(mine)
    known, foreign = mine.blob.digest[:16], other.blob.digest[:16]
    at = f"/news/{message.key}"
    assert Client().get(f"{at}/{known}/whole").status_code == 200
    for wrong in (
        f"{at}/{foreign}/wide",
        f"{at}/{known}/huge",
        f"{at}/{known}/captions",
        f"{at}/{known[:1]}/wide",
        f"{at}/{mine.blob.digest}/wide",
        f"/news/nothing/{known}/wide",
    ):
        assert Client().get(wrong).status_code == 404, wrong


def test_a_film_plays_with_its_captions_also_in_parts(public: None) -> None:
    film = library.caption(ready(a_film(), "walk.mp4", alt="A walk"), SRT.encode(), by=BY)
    message = published(film)
    (video,) = shown(f"/news/{message.key}", "video")
    assert (video["aria-label"], video["preload"]) == ("A walk", "none")
    part = Client().get(video["src"], headers={"Range": "bytes=0-9"})
    assert (part.status_code, len(part.content), part["Content-Type"]) == (206, 10, "video/mp4")
    assert part["Cache-Control"] == "public, max-age=86400"
    captions = Client().get(video.track["src"])
    assert captions.content.startswith(b"WEBVTT")
    assert Client().get(video["src"].replace("whole", "wide")).status_code == 404


def test_without_a_public_address_only_staff_get_it_and_no_cache(officer: Client) -> None:
    channels.open_our_own(by=BY)
    one = ready(alt="The bridge")
    message = published(one)
    at = f"/news/{message.key}/{one.blob.digest[:16]}/wide"
    assert Client().get(at).status_code == 404
    answer = officer.get(at)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
