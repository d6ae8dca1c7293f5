"""Can anybody lead any part of the house to a private address? Row 16; nothing leaves loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from oyez.channels import outside
from oyez.feeds.reading import read_address
from oyez.kit.fetch import FetchError
from tests.kit import hostile
from tests.outside import callers
from tests.outside.callers import CALLERS, Caller
from tests.outside.matrix import walk
from tests.outside.places import WAYS, places
from tests.outside.wire import PUBLIC, Wire, a_wire
from tests.servers.raw import reply

EVERY = places()
FEW = EVERY[::7]


@pytest.fixture
def wire() -> Iterator[Wire]:
    with a_wire() as wire:
        yield wire


def ask(url: str) -> None:
    try:
        outside.client().ask("GET", url)
    except FetchError:
        return


def test_every_module_that_reaches_outside_has_a_row() -> None:
    known = {caller.module for caller in CALLERS} | set(callers.NOBODY_OUTSIDE_CHOOSES)
    assert callers.reaching_outside() == known


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_the_client_to_a_hostile_place(wire: Wire, way: str) -> None:
    client = Caller("channels.outside", "the client", ask)
    tried = walk(wire, [client], {way: WAYS[way]}, EVERY)
    assert tried.denied_connects == []
    assert tried.tries >= len(hostile.PRIVATE_4)


@pytest.mark.parametrize("caller", CALLERS, ids=lambda caller: caller.what)
def test_no_caller_is_led_to_a_hostile_place(wire: Wire, caller: Caller) -> None:
    tried = walk(wire, [caller], WAYS, FEW)
    assert tried.denied_connects == []
    assert tried.tries > 8 * len(FEW)


@pytest.mark.parametrize("caller", CALLERS, ids=lambda caller: caller.what)
def test_every_caller_would_go_to_an_honest_place(wire: Wire, caller: Caller) -> None:
    """Else the rows above would prove nothing."""
    caller.visits(f"https://{PUBLIC}/")
    assert set(wire.reached) == {PUBLIC}


def test_a_name_that_is_honest_at_first_is_visited_only_while_it_is(wire: Wire) -> None:
    wire.leads("moving.example", [PUBLIC], ["169.254.169.254"])
    ask("http://moving.example/")
    ask("http://moving.example/")
    assert wire.reached == [PUBLIC]


BAIT = b"""<?xml version="1.0"?><?xml-stylesheet href="http://127.0.0.1/a.xsl"?>
<!DOCTYPE rss SYSTEM "http://127.0.0.1/a.dtd"><rss version="2.0"
xmlns:media="http://search.yahoo.com/mrss/"><channel><title>News</title>
<image><url>http://8.8.8.8/a.png</url></image><cloud domain="8.8.8.8" port="80" path="/"/><item>
<guid>1</guid><title>Road</title>
<description>&lt;img src="http://8.8.8.8/b.png"></description>
<enclosure url="http://8.8.8.8/c.png" type="image/png" length="1"/>
<media:content url="http://8.8.8.8/d.png"/></item></channel></rss>"""


def test_nothing_that_a_feed_names_is_fetched_with_it(wire: Wire) -> None:
    wire.answer = lambda seen: reply(BAIT)  # type: ignore[method-assign]
    document = read_address(wire.server.url()).document
    assert document is not None
    assert document.entries[0].title == "Road"
    assert (len(wire.server.requests), wire.reached) == (1, [])
