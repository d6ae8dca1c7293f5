"""An administrator links an account, is told what is wrong, checks it and removes it."""

from __future__ import annotations

from typing import Any

import pytest

from oyez.channels import actions
from tests.factories import BY, a_channel, a_post
from tests.fakes.networks import Findable, Keyed
from tests.journeys.house import House, aside
from tests.journeys.sources import allow
from tests.journeys.walker import Walker
from tests.servers.fixtures import Counterpart


@pytest.mark.server
def test_a_wrong_token_is_said_in_words_and_never_shown_again(
    administrator: Walker, mastodon_server: Counterpart, settings: Any
) -> None:
    allow(settings, mastodon_server.address)
    administrator.opens("/channels").presses("Link a channel").photographs("channels-add")
    administrator.follows("Mastodon").photographs("channels-link")
    administrator.writes("Server", mastodon_server.url).writes("Access token", "not-a-token")
    administrator.presses("Link the channel").photographs("error-channels-link")
    administrator.sees("There is a problem", "does not accept")
    assert administrator.page.get_by_label("Server").input_value() == mastodon_server.url
    assert administrator.page.get_by_label("Access token").input_value() == ""
    assert "not-a-token" not in administrator.page.content()


@pytest.mark.server
def test_a_right_token_links_the_channel(
    administrator: Walker, mastodon_server: Counterpart, settings: Any
) -> None:
    allow(settings, mastodon_server.address)
    administrator.opens("/channels/add").follows("Mastodon")
    administrator.writes("Server", mastodon_server.url).writes("Access token", "council_token")
    administrator.writes("Name here", "Town").presses("Link the channel")
    administrator.reads_the_heading("Town").sees("it works", "500 characters")
    administrator.photographs("channels-linked").presses("Check now").sees("Town works.")


def test_a_channel_shows_its_messages_and_is_removed(administrator: Walker, house: House) -> None:
    town = a_channel(name="Town")
    a_post("The bridge is open.", to=[town])
    house.works()
    administrator.opens("/channels").follows("Town").sees("The bridge is open.", "Published")
    administrator.photographs("channels-show").follows("Remove").photographs("channels-remove")
    administrator.presses("Remove channel").sees("Removed Town.")


def test_the_list_in_every_state(administrator: Walker, house: House) -> None:
    administrator.opens("/channels").sees("No account is linked yet")
    administrator.photographs("channels-empty")
    a_channel(Findable, name="Tamarshire County Council Emergency Planning and Resilience")
    lost = a_channel(Keyed, name="Village")
    aside(lambda: actions.signed_out(lost, "The app password was withdrawn. Link it again.", by=BY))
    administrator.opens("/channels").sees("1 of 3 needs you.").photographs("channels-list")
    administrator.follows("Village").photographs("channels-signed-out").presses("Link again")
    administrator.reads_the_heading("Link Village again")
