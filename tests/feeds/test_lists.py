"""Feeds from another reader: each is looked at, and all that answer come along, or none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from oyez.cli import feeds as cli
from oyez.feeds import actions, lists
from oyez.feeds.models import Feed, Item
from oyez.formats.contract import Subscription
from oyez.formats.opml import write
from oyez.ledger.actor import Refusal
from tests.factories import BY, a_channel, a_feed
from tests.fakes.networks import Findable, Log
from tests.feeds.source import Source

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def listed(source: Source, log: Log) -> list[Subscription]:
    a_feed(to=[], url="https://council.example/news.xml", name="Council news")
    return [
        Subscription("Town / News", source.url),
        Subscription("Again", source.url),
        Subscription("Known", "http://council.example/news.xml"),
        Subscription("Inside", "http://169.254.169.254/feed"),
        Subscription("Nothing", "javascript:alert(1)"),
    ]


def test_each_feed_of_a_list_says_what_is_there_or_why_it_stays(listed: list[Subscription]) -> None:
    good, again, known, inside, nothing = lists.look(listed)
    assert (good.kind, good.why) == ("RSS 2.0, 30 items", "")
    assert again.why == lists.TWICE
    assert (known.here, known.why) == (True, "It is already here, as “Council news”.")
    assert "OYEZ_ALLOW_PRIVATE" in inside.why
    assert nothing.why == "It has no web address that can be used."


def test_what_answers_comes_along_watched_and_posts_nothing(listed: list[Subscription]) -> None:
    (feed,) = actions.bring(lists.look(listed), to=[a_channel(Findable)], by=BY)
    assert (feed.name, feed.trust) == ("Town / News", Feed.Trust.WATCH)
    assert feed.targets.count() == 1
    assert set(Item.objects.values_list("state", flat=True)) == {Item.State.SEEDED}


def test_nothing_is_half_done(listed: list[Subscription], source: Source) -> None:
    lines = lists.look(listed[:1])
    with pytest.raises(Refusal, match="just now"):
        actions.bring([*lines, *lines], to=[], by=BY)
    assert not Feed.objects.filter(url=source.url).exists()


def test_a_list_with_nothing_to_bring_is_refused(listed: list[Subscription]) -> None:
    with pytest.raises(Refusal, match="None of these"):
        actions.bring(lists.look(listed[2:]), to=[], by=BY)


def test_a_list_of_more_than_can_wait_is_refused() -> None:
    many = [Subscription("a", f"https://a.example/{n}") for n in range(lists.MOST + 1)]
    with pytest.raises(Refusal, match="a part at a time"):
        lists.read_list(write("", many).encode())


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.feeds, words)


def test_from_the_command_line_and_back(listed: list[Subscription], tmp_path: Path) -> None:
    file = tmp_path / "reader.opml"
    file.write_text(write("Mine", listed))
    looked = run("import", str(file), "--look", "--json")
    assert Feed.objects.count() == 1
    assert json.loads(looked.stdout)[0]["why"] == ""
    brought = run("import", str(file), "--json")
    assert brought.exit_code == 1  # one of them was refused
    assert isinstance(json.loads(brought.stdout)[0]["feed"], int)
    file.write_text(run("export").stdout)
    names = [one.name for one in lists.read_list(file.read_bytes())]
    assert names == ["Council news", "Town / News"]
