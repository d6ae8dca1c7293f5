"""A message's page tells what became of it on each channel, and lets what waits be kept back."""

from __future__ import annotations

from datetime import timedelta

from oyez.decisions import actions as decisions
from oyez.deliveries.models import Delivery
from oyez.kit import clock
from oyez.networks.contract import Later, Refused
from oyez.posts import actions as posts
from oyez.posts.draft import Draft, Placed
from oyez.posts.models import Post
from tests.factories import BY, a_channel, a_feed, a_post, an_item
from tests.fakes.networks import Keyed, Log, raises
from tests.formats.gallery import a_picture
from tests.journeys.house import House
from tests.journeys.walker import Walker
from tests.library.shelf import ready


def test_an_item_of_a_feed_is_followed_to_its_receipt(
    reader: Walker, house: House, networks: Log
) -> None:
    feed = a_feed(to=[a_channel(name="Mastodon")])
    an_item(feed, title="Bridge open", url="https://council.example/bridge")
    house.works()
    reader.opens("/messages").follows("Bridge open").reads_the_heading("Bridge open")
    reader.sees("Council news", "Approved by", "The standing decision for this feed’s rule.")
    reader.sees("Bridge open https://council.example/bridge")  # the exact words
    reader.sees("Planned", "Sent to Mastodon", "Mastodon has it", "The record")
    assert reader.target_of("See it on Mastodon") == "https://fake.example/1"


def test_a_refusal_is_told_with_its_reason_and_what_to_do(
    reader: Walker, house: House, networks: Log
) -> None:
    networks.trouble.append(raises(Refused("This account may not post links.")))
    post = a_post("See https://council.example/", to=[a_channel(name="Mastodon")])
    house.works()
    reader.opens(f"/messages/{post.pk}").sees("Mastodon refused it")
    reader.sees("This account may not post links. It is not there. Change what it says")


def test_a_try_that_failed_is_told_with_the_next(
    reader: Walker, house: House, networks: Log
) -> None:
    busy = Later("The server is busy.", after=timedelta(minutes=3))
    networks.trouble.append(raises(busy))
    post = a_post("Bridge open", to=[a_channel(name="Mastodon")])
    house.works()
    reader.opens(f"/messages/{post.pk}").sees("It could not be sent then", "The server is busy.")
    reader.sees("Goes out next")


def test_what_waits_is_kept_back_on_one_channel_alone(
    officer: Walker, house: House, networks: Log
) -> None:
    both = [a_channel(name="Mastodon"), a_channel(Keyed, name="Bluesky")]
    post = a_post("Fair on Sunday", to=both, at=clock.now() + timedelta(hours=3))
    house.works()
    officer.opens(f"/messages/{post.pk}").follows("Do not send it (Mastodon)")
    officer.presses("Do not send it").sees("Say why it is not sent")
    officer.writes("Why?", "It rains.").presses("Do not send it")
    officer.sees("The message does not go to Mastodon.", "It rains.", "Goes out next")


def test_words_from_outside_stay_words(reader: Walker, house: House, networks: Log) -> None:
    feed = a_feed(to=[a_channel(name="Mastodon")])
    an_item(feed, title="<script>alert(1)</script> & <b>bold</b>")
    house.works()
    reader.opens(f"/messages/{Post.objects.get().pk}").sees(
        "<script>alert(1)</script> & <b>bold</b>"
    )


def test_its_pictures_are_on_every_page_that_shows_it(
    officer: Walker, house: House, networks: Log
) -> None:
    picture, channel = a_picture(size=(320, 200), colour="teal"), a_channel(name="Council")
    day = clock.now() + timedelta(days=2)
    wall = {"wall": f"{day:%Y-%m-%d}T12:05", "zone": "Europe/London"}
    media = (Placed(ready(picture, alt="The bridge in snow").pk),)
    later = posts.start(Draft("Open from Monday.", (channel.pk,), media=media, **wall), by=BY)
    decisions.hand_in(later, by=BY)
    now = posts.start(Draft("The bridge is open.", (channel.pk,), media=media), by=BY)
    decisions.hand_in(now, by=BY)
    officer.opens(f"/messages/{later.pk}").sees("The bridge in snow", "To go out at 12:05")
    officer.photographs("message-picture-handed-in")
    house.works()
    officer.opens(f"/messages/{later.pk}").sees("The bridge in snow", "To go out at 12:05")
    officer.photographs("message-picture-planned")
    officer.opens(f"/messages/{now.pk}").sees("The bridge in snow", "Council has it")
    officer.photographs("message-picture-published")
    officer.opens(f"/preview/{posts.share(later, by=BY)}").sees("It is meant to go out at 12:05")
    officer.photographs("preview-picture")
    shown = "img => img.complete && img.naturalWidth > 0"
    assert officer.page.locator("figure img").first.evaluate(shown)


def test_what_is_out_is_corrected_where_it_stands(
    officer: Walker, house: House, networks: Log
) -> None:
    post = a_post("The fair is on Sunady.", to=[a_channel(name="Mastodon")])
    house.works()
    officer.opens(f"/messages/{post.pk}").presses("Correct it")
    officer.sees("What is out stays as it is until somebody has approved it.")
    officer.writes("Message", "The fair is on Sunday.")
    assert networks.texts == ["The fair is on Sunady."]


def test_what_is_out_is_taken_down_with_a_reason(
    officer: Walker, house: House, networks: Log
) -> None:
    post = a_post("The fair is on Monday.", to=[a_channel(name="Mastodon")])
    house.works()
    officer.opens(f"/messages/{post.pk}").presses("Take it down")
    officer.photographs("message-out")
    officer.presses("Take it down").sees("Say why it is taken down")
    officer.photographs("takedown-error")
    officer.writes("Why?", "It is on Sunday.").presses("Take it down")
    officer.sees("It is taken down in ten seconds.", "Taking it down from Mastodon")
    officer.photographs("message-going-down")
    Delivery.objects.filter(kind="delete").update(due_at=clock.now())
    house.works()
    officer.opens(f"/messages/{post.pk}").sees("Mastodon took it down", "It is on Sunday.")
    officer.photographs("message-down")
    assert networks.texts == []
