"""Under which name is a link followed, and what does SE-4 say of where it led?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from oyez.policy import running
from oyez.policy.checks.co_6_campaign_tag import CampaignTag
from oyez.policy.checks.se_4_links import Links
from oyez.policy.contract import Finding, Followed
from oyez.policy.links import as_followed, bare, given, hides
from tests.policy.saying import NOON, a_campaign, around, say

LINK = "https://council.example/a"


@pytest.mark.parametrize(
    ("link", "name"),
    [
        (LINK, LINK),
        (f"{LINK}#map", LINK),
        (f"{LINK}?utm_medium=social&utm_campaign=budget", LINK),
        (f"{LINK}?page=2&utm_campaign=budget", f"{LINK}?page=2"),
        (f"{LINK}?utm_campaign=budget&page=2#top", f"{LINK}?page=2"),
        (f"{LINK}?q=utm_campaign", f"{LINK}?q=utm_campaign"),
        (f"{LINK}?my_utm_medium=1", f"{LINK}?my_utm_medium=1"),
        (f"{LINK}?", f"{LINK}?"),
        ("", ""),
    ],
)
def test_tags_and_the_place_in_the_page_are_left_out(link: str, name: str) -> None:
    assert as_followed(link) == name
    assert as_followed(name) == name


def test_the_tag_that_a_campaign_adds_makes_no_other_link_of_it() -> None:
    said = say(f"Have your say: {LINK}?page=2", campaign=a_campaign())
    tagged = running.fixed(said.text, running.run(said, around(), checks=[CampaignTag()]))
    assert tagged != said.text
    assert [as_followed(link) for link in given(tagged)] == [f"{LINK}?page=2"]


def test_a_link_beside_the_words_counts_once() -> None:
    assert given(f"Look: {LINK}.", LINK) == [LINK]
    assert given(f"{LINK} and {LINK}/b", f"{LINK}/c") == [LINK, f"{LINK}/b", f"{LINK}/c"]
    assert given("Look here.") == []


def found(seen: Followed) -> Finding:
    (one,) = running.run(say(LINK), around(followed={LINK: seen}), checks=[Links()])
    return one


def test_a_dead_link_says_when_and_names_who_may_allow_it() -> None:
    one = found(Followed(LINK, 404, NOON))
    assert one.message == f"{LINK} is dead: there was no such page (404) at 12:00."
    assert one.role == "approver"


def test_a_look_of_yesterday_says_so() -> None:
    assert "at 12:00 on Tuesday" in found(Followed(LINK, 410, NOON - timedelta(days=1))).message


def test_no_answer_is_said_in_the_words_of_what_happened() -> None:
    why = "The certificate of council.example is not to be trusted."
    assert found(Followed("", 0, NOON, why)).message == (
        f"{LINK} could not be opened at 12:00. {why} Try it yourself."
    )


@pytest.mark.parametrize("final", ["https://xn--t-foa.cymru/", "https://www.xn--t-foa.cymru/a"])
def test_a_host_in_letters_and_in_its_encoded_form_is_one(final: str) -> None:
    link = "https://tŷ.cymru/a"
    seen = Followed(final, 200, NOON)
    assert running.run(say(link), around(followed={link: seen}), checks=[Links()]) == []


def test_a_long_address_leaves_room_for_the_sentence() -> None:
    link = f"{LINK}{'a' * 1000}"
    context = around(followed={link: Followed(link, 404, NOON)})
    (one,) = running.run(say(link), context, checks=[Links()])
    assert len(one.message) < 200
    assert one.words == (link,)


@pytest.mark.parametrize(
    "link", ["https://ada:secret@council.example/", "https://ada@council.example"]
)
def test_what_stands_before_the_host_hides_it(link: str) -> None:
    assert hides(link)
    assert not hides(bare(link))
    assert bare("https://ada:secret@council.example/a@b") == "https://council.example/a@b"
    assert not hides("https://council.example/@ada")
