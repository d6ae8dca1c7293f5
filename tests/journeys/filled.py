"""A house in the middle of its work: something of everything, for the pages to show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from oyez.channels import actions as channels
from oyez.channels.models import Channel
from oyez.feeds.models import Feed
from oyez.kit import clock
from oyez.networks.contract import Refused, Unsure
from oyez.posts.models import Post
from tests.factories import BY, a_channel, a_feed, a_post, a_worker_lives, an_item
from tests.fakes.networks import Findable, Keyed, Log, Mute, raises
from tests.journeys.house import House, aside

FLOOD = "Flood warning for the Tamar at Gunnislake: move vehicles off the quay now."
GRITTING = "Gritting tonight: routes 1 to 9 from 18:00. Mae’r lorïau graeanu allan heno. 🧊"
RECYCLING = "The recycling centre at Launceston is closed today."
ROAD = "A388 closed at Polson Bridge until 17:00. https://roads.example.gov.uk/a388/polson-bridge"


@dataclass(frozen=True)
class Filled:
    mastodon: Channel
    sirens: Channel
    feed: Feed
    arrived: Post
    asking: Post
    refused: Post
    waiting: Post


def fill(house: House, log: Log) -> Filled:
    """One message each that arrived, was refused, waits, and asks; a feed that fails; a channel
    that is signed out.
    """
    a_worker_lives()
    mastodon = a_channel(Findable, name="Mastodon @tamarshire")
    sirens = a_channel(Mute, name="Sirens")
    lost = a_channel(Keyed, name="Bluesky @tamarshire.example")
    feed = a_feed(to=[mastodon], url="https://www.tamarshire.example/news/roads.xml")
    an_item(feed, title="A388 closed at Polson Bridge until 17:00", url=ROAD.split()[-1])
    house.works()
    arrived = Post.objects.get(item__feed=feed)
    log.trouble.append(raises(Refused("The server says: this account may not post links.")))
    refused = a_post(RECYCLING, to=[mastodon])
    house.works()
    log.aftermath.append(raises(Unsure("The connection was reset after the message was sent.")))
    asking = a_post(FLOOD, to=[sirens])
    house.works()
    aside(lambda: channels.signed_out(lost, "The app password was withdrawn.", by=BY))
    waiting = a_post(GRITTING, to=[mastodon, sirens], at=clock.now() + timedelta(minutes=5))
    house.works()
    Feed.objects.filter(pk=feed.pk).update(
        failures=3, problem="The server answered 500.", good_at=clock.now() - timedelta(hours=2)
    )
    return Filled(mastodon, sirens, feed, arrived, asking, refused, waiting)
