"""Adding a feed: test, preview, add; and every way it can be refused without losing a field."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse

from oyez.channels import actions as channels
from oyez.feeds.models import Feed
from tests.factories import BY, a_channel, a_feed
from tests.web.conftest import page

pytestmark = pytest.mark.usefixtures("log")


def answers(source, **changed):
    usual = {
        "url": source.url,
        "name": "",
        "trust": "watch",
        "template": "{title} {link}",
        "keep": "",
        "block": "",
        "settle": "10",
        "flood": "3",
    }
    return {**usual, **changed}


def field(response: HttpResponse, name: str) -> list[str]:
    """What stands in the inputs of that name: their words, or the choices that are ticked."""
    found = BeautifulSoup(response.content, "html.parser").find_all(attrs={"name": name})
    ticked = [
        one
        for one in found
        if one.get("type") not in {"radio", "checkbox"} or one.has_attr("checked")
    ]
    return [one.text.strip() if one.name == "textarea" else one.get("value", "") for one in ticked]


def test_the_address_is_tried_and_the_rule_asked_with_a_preview(officer, source):
    channels.open_our_own(by=BY)
    said = officer.post("/feeds/add", {"url": source.url})
    assert said.status_code == 200
    assert "Library open" in page(said)
    assert "Our page" in page(said)
    assert not Feed.objects.exists()


def test_an_address_that_gives_no_feed_keeps_it_and_says_why(officer, source):
    source.answers.append((404, {}, b""))
    said = officer.post("/feeds/add", {"url": source.url})
    assert said.status_code == 422
    assert "There is nothing at this address (404)." in page(said)
    assert page(said).startswith("Error:")
    assert field(said, "url") == [source.url]


def test_a_private_address_is_refused_in_words(officer, db):
    said = officer.post("/feeds/add", {"url": "http://127.0.0.1:9/feed"})
    assert said.status_code == 422
    assert "127.0.0.1 port 9 is not a public address" in page(said)
    assert field(said, "url") == ["http://127.0.0.1:9/feed"]


def test_a_feed_that_is_here_is_not_added_twice(officer, source):
    a_feed(to=[], url=source.url)
    said = officer.post("/feeds/add", {"url": source.url})
    assert "This feed is already here: Council news." in page(said)
    again = officer.post("/feeds/add/rule", answers(source, do="add"))
    assert "This feed is already here: Council news." in page(again)
    assert not source.seen


def test_the_preview_shows_each_channel_its_own_words_and_why_not(officer, source):
    first, second = a_channel(name="Town"), a_channel(name="Village")
    told = answers(
        source,
        to=[first.pk, second.pk],
        template="News: {title}",
        block="Library",
        do="preview",
        **{f"words_{second.pk}": "{title}!"},
    )
    said = page(officer.post("/feeds/add/rule", told))
    assert "News: Road closed" in said
    assert "Road closed!" in said
    assert "Not sent: It has the blocked word “Library”." in said
    assert not Feed.objects.exists()


def test_what_was_previewed_is_what_is_added(officer, source):
    town = a_channel(name="Town")
    told = answers(
        source, to=[town.pk], trust="automatic", keep="road, bins", settle="0", flood="0", do="add"
    )
    said = officer.post("/feeds/add/rule", told, follow=True)
    feed = Feed.objects.get()
    assert (feed.name, feed.trust, feed.keep_words) == (
        "Council news",
        "automatic",
        ["road", "bins"],
    )
    assert feed.stands_for(feed.rule_digest)
    assert "Added Council news." in page(said)
    assert page(said).count("Was there before") == 3  # three items, and none of them is posted


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"trust": "suggest"}, "Tick at least one channel, or only watch the feed."),
        ({"trust": "approve"}, "Tick at least one channel, or only watch the feed."),
        ({"trust": "automatic"}, "Tick at least one channel, or only watch the feed."),
        ({"template": "{titel}"}, "The template has {titel}, which is unknown."),
        ({"template": ""}, "Enter the words of each message"),
        ({"settle": "soon"}, "Minutes to wait must be a whole number from 0 to 1440"),
        ({"flood": "-1"}, "Most messages must be a whole number from 0 to 100"),
    ],
)
def test_a_wrong_rule_is_named_and_every_field_kept(officer, source, changed, sentence):
    told = answers(source, name="My feed", keep="a, b", block="c", do="add", **changed)
    said = officer.post("/feeds/add/rule", told)
    assert said.status_code == 422
    assert sentence in page(said)
    kept = {name: field(said, name)[0] for name in told if name != "do"}
    assert kept == {name: told[name] for name in kept}
    assert not Feed.objects.exists()


def test_a_feed_that_dies_between_preview_and_add_loses_no_field(officer, source):
    source.answers.append((500, {}, b""))
    said = officer.post("/feeds/add/rule", answers(source, name="My feed", do="add"))
    assert said.status_code == 422
    assert "The site answered with an error (500)." in page(said)
    assert field(said, "name") == ["My feed"]


def test_a_reader_may_look_but_not_add(reader):
    assert "Add a feed" not in page(reader.get("/feeds"))
    assert reader.get("/feeds/add").status_code == 403
    assert reader.post("/feeds/add/rule", {}).status_code == 403
