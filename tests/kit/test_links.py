"""Which addresses lead to one page?"""

from __future__ import annotations

import pytest

from oyez.kit.links import same_page, untagged

PAGE = "https://council.example/a"


@pytest.mark.parametrize(
    ("link", "plain"),
    [
        (f"{PAGE}?utm_source=x#top", f"{PAGE}#top"),
        (f"{PAGE}?a=1&UTM_Medium=x&b=2", f"{PAGE}?a=1&b=2"),
        (f"{PAGE}?", f"{PAGE}?"),
        (f"{PAGE}?a=utm_source=x", f"{PAGE}?a=utm_source=x"),
        (f"{PAGE}#?utm_source=x", f"{PAGE}#?utm_source=x"),
        ("", ""),
    ],
)
def test_only_a_campaign_s_tags_are_taken_out(link: str, plain: str) -> None:
    assert untagged(link) == plain


@pytest.mark.parametrize("other", ["http://council.example/a", f"{PAGE}?utm_source=feed"])
def test_one_page_is_known_under_each_of_its_addresses(other: str) -> None:
    assert same_page(other) == same_page(PAGE) == PAGE


@pytest.mark.parametrize("other", [f"{PAGE}#today", f"{PAGE}?a=1", f"{PAGE}/", f"{PAGE}b"])
def test_another_place_is_another_page(other: str) -> None:
    assert same_page(other) != same_page(PAGE)
