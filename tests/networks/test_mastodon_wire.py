"""Are requests built and answers read as servers with Mastodon's API differ?"""

from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oyez.networks._mastodon import same, sizes, wire
from oyez.networks.contract import Message, Receipt, Refused, SignedOut

HOME = "https://social.example.org"
AT = datetime(2026, 3, 1, tzinfo=UTC)
MASTODON = (
    '<p>Read <a href="https://example.gov.uk/a/very/long/way?x=1&amp;y=2" rel="nofollow">'
    '<span class="invisible">https://</span>'
    '<span class="ellipsis">example.gov.uk/a/very/long</span>'
    '<span class="invisible">/way?x=1&amp;y=2</span></a><br />and '
    '<span class="h-card"><a href="https://b.uk/@clerk" class="u-url mention">@'
    "<span>clerk</span></a></span></p><p>"
    '<a href="https://social.example.org/tags/Bins" class="mention hashtag" rel="tag">'
    "#<span>Bins</span></a></p>"
)
SENT = "Read https://example.gov.uk/a/very/long/way?x=1&y=2\r\nand @clerk@b.uk\n\n#Bins"


def test_what_mastodon_shows_is_what_we_sent():
    assert same.says(MASTODON, SENT)


@pytest.mark.parametrize(
    "other",
    [
        SENT.replace("Read", "read"),
        SENT.replace("y=2", "y=3"),
        SENT.replace("@clerk@", "@mayor@"),
        SENT.replace("#Bins", "#Bin"),
        SENT + "!",
        SENT + " https://example.gov.uk/2",
        "",
    ],
)
def test_one_difference_makes_it_another_text(other):
    assert not same.says(MASTODON, other)


def test_addresses_are_the_same_however_they_are_spelled():
    assert same.same("http://Example.GOV.uk", "http://example.gov.uk/")
    assert same.same("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC")
    assert not same.same("https://a.uk/X", "https://a.uk/x")


def test_escaped_signs_and_zero_width_ones_are_forgiven():
    assert same.says("<p>Fish &amp; chips &lt;3</p>", "Fish & chips\u200b <3")


def test_markup_that_a_server_reads_is_nearly_the_same_and_no_more():
    assert not same.says("<p><strong>Open</strong> now</p>", "**Open** now")
    assert same.nearly("<p><strong>Open</strong> now</p>", "**Open** now")
    assert not same.nearly("<p><strong>Open</strong> now</p>", "**Shut** now")


ENDLESS = ["<a ", "<a href='", "<!--", "<!-->", "</", "&#", "<a <a>", "<a 'x>"]


@pytest.mark.parametrize("piece", ENDLESS)
def test_markup_without_end_is_read_in_no_time(piece):
    started = process_time()
    assert not same.says(piece * 15_000, "Roads open")
    assert process_time() - started < 5


@given(st.text())
def test_any_text_is_the_same_as_itself(text):
    assert same.same(text, text)


def test_ids_grow_as_numbers_and_as_ulids():
    assert wire.newer("100", "99")
    assert not wire.newer("99", "100")
    assert wire.newer("01HZZZZZZZZZZZZZZZZZZZZZZZ", "01HYZZZZZZZZZZZZZZZZZZZZZZ")
    assert not wire.newer("7", "7")


@pytest.mark.parametrize(
    ("said", "characters", "per_link"),
    [
        ({"domain": "a.uk", "configuration": {"statuses": {"max_characters": 5000}}}, 5000, 23),
        ({"uri": "a.uk", "max_toot_chars": 1000}, 1000, 23),
        ({"uri": "https://a.uk/", "configuration": {"statuses": {"max_characters": "x"}}}, 500, 23),
        (
            {"domain": "a.uk", "configuration": {"statuses": {"characters_reserved_per_url": 30}}},
            500,
            30,
        ),
        ({"domain": "a.uk", "configuration": None}, 500, 23),
        ({"domain": "a.uk", "configuration": {"statuses": {"max_characters": -1}}}, 500, 23),
    ],
)
def test_limits_are_read_as_each_kind_of_server_says_them(said, characters, per_link):
    assert sizes.read_sizes(said) == sizes.Sizes(characters, per_link, "a.uk")


@pytest.mark.parametrize("odd", [None, [], "x", {}, {"id": ""}, {"error": "no"}])
def test_what_is_no_answer_of_this_api_is_read_as_none(odd):
    assert sizes.read_sizes(odd) is None
    assert wire.account(odd) is None
    assert wire.receipt(odd, HOME) is None
    assert wire.statuses(odd) in (None, [])


def test_a_receipt_without_a_usable_address_gets_one():
    status = {"id": 7, "url": "javascript:x", "account": {"username": "council"}}
    assert wire.receipt(status, HOME) == Receipt("7", f"{HOME}/@council/7")
    assert wire.receipt({"id": "7"}, HOME) == Receipt("7", f"{HOME}/statuses/7")


@pytest.mark.parametrize(
    ("tag", "sent"), [("en", "en"), ("en-GB", "en"), ("zh-TW", "zh-TW"), ("CY", "cy")]
)
def test_languages_are_sent_as_servers_know_them(tag, sent):
    request = wire.post_status(HOME, "t", Message("x", AT, language=tag), "k")
    assert request.json["language"] == sent


@pytest.mark.parametrize(
    ("status", "error", "kind"),
    [
        (401, "The access token is invalid", SignedOut),
        (403, "This action is outside the authorized scopes", SignedOut),
        (403, "Your login is currently disabled", SignedOut),
        (403, "This action is not allowed", Refused),
        (422, "Validation failed: Text is too long", Refused),
        (404, "Record not found", wire.Missing),
    ],
)
def test_each_refusal_is_somebodys_next_step(status, error, kind):
    told = wire.complaint("Mastodon", HOME)(status, {"error": error})
    assert type(told) is kind
    assert str(told).startswith("social.example.org ")
