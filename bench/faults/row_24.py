"""Many feeds, publishers who fiddle with them, and workers that die: is each story said once?"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from bench.faults.contract import Asked, Found, NotHeld, Row
from bench.faults.houses import a_house_under_test
from bench.faults.publishers import OLD, Publisher, publishing
from tests.faults.judge import Judge
from tests.faults.nemeses import Ground, kill_anywhere
from tests.faults.proof import accounts

FEEDS, ROUNDS, PATIENCE = 200, 8, 900.0
OF_A_FEED = 10  # deliveries, about
KINDS = ("keyed", "plain")
SETTLING = (
    "select 1 from feeds_item i where state = 'settling' or state = 'released'"
    " and not exists (select 1 from posts_post p where p.item_id = i.id)"
)
OUTSTANDING = (
    "select 1 from deliveries_delivery where state not in"
    f" ('arrived', 'refused', 'withheld', 'asking') union all {SETTLING}"
    " union all select 1 from procrastinate_jobs where status in ('todo', 'doing')"
    " and queue_name = 'flow'"
)


def run(asked: Asked) -> Found:
    chance = random.Random(asked.seed)  # noqa: S311
    feeds = max(4, asked.deliveries // OF_A_FEED) if asked.deliveries else FEEDS
    publishers = [Publisher(n, random.Random(chance.random())) for n in range(feeds)]  # noqa: S311
    for publisher in publishers:
        publisher.publishes(OLD)
    with publishing(publishers) as address, _ground(asked, address) as ground:
        place = ground.place
        place.ask("follow", urls=[f"http://{address}/{n}" for n in range(feeds)], to=ground.names)
        news = [name for number in range(ROUNDS) for name in _a_round(ground, publishers, number)]
        place.until(lambda: not place.rows(OUTSTANDING), PATIENCE)
        return _judged(ground.judge, ground.names, news, publishers)


@contextmanager
def _ground(asked: Asked, address: str) -> Iterator[Ground]:
    with a_house_under_test(asked, address) as (place, judge):
        ground = Ground(place, judge, accounts(place, judge, 1, KINDS), random.Random(1))  # noqa: S311
        for _ in range(asked.workers):
            place.start_worker()
        yield ground


def _a_round(ground: Ground, publishers: Sequence[Publisher], number: int) -> list[str]:
    """Everybody fiddles, half publish, some of it in two feeds, some for the last time; then all
    are polled.
    """
    for publisher in publishers:
        publisher.fiddles()
    busy = [one for one in publishers if not one.gone and one.chance.random() < 0.5]
    fresh = [(one, one.publishes(one.chance.choice([1, 1, 2]))) for one in busy]
    for one, stories in fresh[::3]:
        publishers[one.number - 1].shares(stories)
    _polled(ground, publishers)
    if number == ROUNDS - 2:
        for publisher in publishers[::20]:
            publisher.gone = True
    return [story.name for _, stories in fresh for story in stories]


def _polled(ground: Ground, publishers: Sequence[Publisher]) -> None:
    """By one who came after all this was published, and released: what an author takes back before
    is not said. What stumbled is asked again until it has answered.
    """
    (asked,) = ground.place.rows("select clock_timestamp() as at")
    kill_anywhere(ground)

    def all_are() -> bool:
        ground.place.tend()
        due = _unread(ground, publishers, asked.at)
        with ground.place.connect() as line:
            line.execute("update feeds_feed set next_poll_at = now() where id = any(%s)", [due])
        time.sleep(2)
        return not due and not ground.place.rows(SETTLING)

    ground.place.until(all_are, PATIENCE)


def _unread(ground: Ground, publishers: Sequence[Publisher], since: datetime) -> list[int]:
    """The feeds that nobody has kept as they are since then."""
    feeds = ground.place.rows("select id, url, good_at from feeds_feed where state = 'active'")
    whose = {feed.id: publishers[int(feed.url.rpartition("/")[2])] for feed in feeds}
    return [feed.id for feed in feeds if not whose[feed.id].was_read(since, feed.good_at)]


def _judged(
    judge: Judge, names: Sequence[str], news: Sequence[str], publishers: Sequence[Publisher]
) -> Found:
    said = Counter((post.account, _story(post.text)) for post in judge.shown)
    wanted = {(name, story) for name in names for story in news}
    found: Found = {
        "feeds": len(publishers),
        "polls": ROUNDS * len(publishers),
        "deliveries": len(wanted),
        "lost": sum(not said[pair] for pair in wanted),
        "doubled": sum(count - 1 for count in said.values()),
        "old_news": len(said.keys() - wanted),
        "kills": ROUNDS,
    }
    if found["lost"] or found["doubled"] or found["old_news"]:
        odd = [pair for pair in {*said, *wanted} if said[pair] != (pair in wanted)]
        raise NotHeld(found, f"Among others: {sorted(odd)[:10]}")
    return found


def _story(text: str) -> str:
    named = re.search(r"Story (\d+-\d+)", text)
    return named[1] if named else text


ROW = Row(24, "Whatever publishers do to their feeds, each story is said once", run)
