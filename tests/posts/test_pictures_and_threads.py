"""What goes out beside the words: pictures with their alt text, and the parts of a thread."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from oyez.decisions import actions as decisions
from oyez.deliveries import actions as deliveries
from oyez.deliveries.models import Delivery
from oyez.library import actions as library
from oyez.posts import actions as posts
from oyez.posts.draft import Draft, Placed
from oyez.posts.models import Wording
from tests.factories import BY, a_channel
from tests.fakes.networks import Findable, Log, fakes
from tests.formats.gallery import png
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable) as log:
        yield log


def a_picture() -> Placed:
    kept = library.upload(png(8, 8, b"\x20" * 3 * 64), "bridge.png", by=BY)
    library.describe(kept, alt="A bridge in snow", licence="Our own", by=BY)
    return Placed(kept.pk)


def test_a_picture_arrives_with_its_alt_text_as_it_was_frozen(log: Log) -> None:
    channel, placed = a_channel(), a_picture()
    draft = Draft(text="Open.", to=(channel.pk,), media=(placed,))
    posts.hand_in(posts.start(draft, by=BY), by=BY)
    wording = Wording.objects.get()
    assert wording.intact
    assert wording.media[0]["alt"] == "A bridge in snow"
    run_jobs()
    (said,) = log.messages.values()
    assert [one.alt for one in said.media] == ["A bridge in snow"]
    assert said.media[0].load().startswith(b"\x89PNG")


def test_another_alt_text_is_another_digest() -> None:
    channel, placed = a_channel(), a_picture()
    for alt in ("", "A bridge, closed"):
        draft = Draft(text="Open.", to=(channel.pk,), media=(Placed(placed.attachment, alt),))
        posts.hand_in(posts.start(draft, by=BY), by=BY)
    one, other = Wording.objects.order_by("id")
    assert one.digest != other.digest
    assert other.media[0]["alt"] == "A bridge, closed"


def test_the_parts_of_a_thread_follow_one_another(log: Log) -> None:
    channel = a_channel()
    posts.write("First.\n---\nSecond.\n---\nThird.", to=[channel], by=BY)
    run_jobs()
    assert log.texts == ["First.", "Second.", "Third."]
    answers = [log.messages[number].answers for number in ("1", "2", "3")]
    assert answers == ["", "1", "2"]


def test_a_part_waits_for_the_one_before_it(log: Log) -> None:
    post = posts.write("First.\n---\nSecond.", to=[a_channel()], by=BY)
    decisions.open_review(post, by=BY)
    deliveries.plan(post, by=BY)
    Delivery.objects.filter(wording__part=1).update(state="asking")
    run_jobs()
    assert log.texts == []
    assert Delivery.objects.get(wording__part=2).state == "waiting"
