"""Is our own page always there, and always the same?"""

from datetime import UTC, datetime

import pytest

from oyez.networks.contract import Message, Refused
from oyez.networks.own_page import OwnPage

AT = datetime(2026, 3, 1, tzinfo=UTC)


class Key:
    key = "7f3a"


def page(url="https://social.example.gov.uk") -> OwnPage:
    return OwnPage(None, {"url": url}, None)


def test_the_address_is_the_public_one_and_the_key():
    receipt = page().publish(Message("Roads open", AT), Key())
    assert (receipt.remote_id, receipt.url) == ("7f3a", "https://social.example.gov.uk/news/7f3a")


def test_without_a_public_address_it_is_a_path():
    assert page("").publish(Message("Roads open", AT), Key()).url == "/news/7f3a"


def test_what_fits_nowhere_else_fits_here():
    assert page().publish(Message("x" * 50_000, AT), Key())
    with pytest.raises(Refused, match="50,000 characters or fewer for Our page"):
        page().publish(Message("x" * 50_001, AT), Key())
