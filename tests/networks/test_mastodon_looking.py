"""Does a look see all our posts since the watermark, on servers that page in their own ways?"""

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from oyez.kit.fetch import Answer
from oyez.networks.contract import Later, Message, Receipt
from oyez.networks.mastodon import Mastodon

AT = datetime(2026, 3, 1, tzinfo=UTC)
HOME = "https://social.example.org"


class Token:
    def read(self, name):
        return "t"


class Timeline:
    """A server's list of our posts, newest first, with the habits it is told."""

    def __init__(self, ids, *, page=20, **habits):
        self.ids, self.page = list(ids), page
        self.habits = habits
        self.asked = 0

    def ask(self, method, url, **more):
        self.asked += 1
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        since, before = query.get("since_id", ""), query.get("max_id", "")
        ids = [one for one in self.ids if not before or self.is_before(one, before)]
        if not self.habits.get("ignores_since"):
            ids = [one for one in ids if not since or one > since]
        page = ids[: min(self.page, int(query["limit"]))]
        statuses = [{"id": one, "content": f"<p>Post {one}</p>", "url": ""} for one in page]
        return Answer(200, {}, json.dumps(statuses).encode(), url)

    def is_before(self, one, other):
        if self.habits.get("counts_max_in") and one == other:
            return True
        return self.habits.get("ignores_max") or one < other


def ulid(number: int) -> str:
    return f"01JQZX{number:020d}"


def look(timeline: Timeline, wanted: str, since: str):
    network = Mastodon(timeline, {"server": HOME, "account_id": "1"}, Token())
    return network.find(Message(f"Post {wanted}", AT), "key", since)


def ids(newest: int, oldest: int = 1) -> list[str]:
    return [ulid(number) for number in range(newest, oldest - 1, -1)]


@pytest.mark.parametrize("ignores_since", [False, True])
def test_the_oldest_post_since_the_watermark_is_found_pages_down(ignores_since):
    timeline = Timeline(ids(120), ignores_since=ignores_since)
    assert look(timeline, ulid(51), ulid(50)) == [Receipt(ulid(51), f"{HOME}/statuses/{ulid(51)}")]


@pytest.mark.parametrize("ignores_since", [False, True])
def test_the_watermark_and_what_is_older_are_never_found(ignores_since):
    timeline = Timeline(ids(120), ignores_since=ignores_since)
    assert look(timeline, ulid(50), ulid(50)) == []
    assert look(timeline, ulid(7), ulid(50)) == []


def test_a_watermark_that_was_deleted_still_ends_the_look():
    timeline = Timeline([*ids(60, 51), *ids(49)], ignores_since=True)
    assert look(timeline, ulid(49), ulid(50)) == []
    assert timeline.asked == 1


def test_without_a_watermark_everything_is_looked_through():
    assert len(look(Timeline(ids(45)), ulid(1), "")) == 1


def test_a_server_that_repeats_its_page_does_not_hold_us_for_ever():
    timeline = Timeline(ids(45), ignores_max=True)
    assert len(look(timeline, ulid(45), "")) == 1
    assert timeline.asked == 2


def test_a_server_that_counts_its_own_end_in_again_is_read_to_the_end():
    timeline = Timeline(ids(45), counts_max_in=True)
    assert len(look(timeline, ulid(1), "")) == 1
    assert len(look(timeline, ulid(26), "")) == 1


def test_an_old_post_pinned_to_the_top_does_not_end_the_look():
    timeline = Timeline([ulid(3), *ids(90, 51)], ignores_since=True)
    assert len(look(timeline, ulid(51), ulid(50))) == 1


def test_more_posts_than_can_be_looked_through_is_later_not_an_answer():
    with pytest.raises(Later, match="too many posts"):
        look(Timeline(ids(1500), page=40), ulid(1), "")
