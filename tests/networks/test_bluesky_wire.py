"""Are records byte for byte the same, and are keys of the form the protocol wants?"""

import json
import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oyez.networks.bluesky import wire
from oyez.networks.contract import Message, Refused, SignedOut

AT = datetime(2026, 3, 1, 9, 30, 15, 123456, tzinfo=UTC)
HOME = "https://bsky.social"
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))


@given(st.text(), MOMENTS)
def test_every_key_is_a_valid_tid(key, at):
    assert re.fullmatch(r"[234567abcdefghij][234567a-z]{12}", wire.tid(key, at))


def test_a_tid_is_the_same_for_the_same_delivery_and_another_for_another():
    keys = {wire.tid(f"delivery {number}", AT) for number in range(5_000)}
    assert len(keys) == 5_000
    assert wire.tid("delivery 1", AT) == wire.tid("delivery 1", AT)


@given(MOMENTS)
def test_tids_sort_by_the_second_they_were_made(at):
    assert wire.tid("b", at) < wire.tid("a", at + timedelta(seconds=1))


def test_the_bytes_do_not_depend_on_the_time_zone_of_the_maker():
    there = AT.astimezone(timezone(timedelta(hours=9)))
    first, second = (
        wire.put_record(HOME, "t", "did:x", Message("Hi", at), "k") for at in (AT, there)
    )
    assert json.dumps(first.json) == json.dumps(second.json)
    assert first.json["record"]["createdAt"] == "2026-03-01T09:30:15.123Z"


def test_nothing_is_ever_overwritten():
    body = wire.put_record(HOME, "t", "did:x", Message("Hi", AT), "k").json
    assert body["swapRecord"] is None


def test_plain_words_have_no_facets_and_too_long_a_tag_is_left_plain():
    assert "facets" not in wire.record(Message("Roads open", AT))
    assert "facets" not in wire.record(Message("#" + "a" * 65, AT))
    assert len(wire.record(Message("#" + "a" * 64, AT))["facets"]) == 1


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=50))
def test_a_facet_covers_exactly_its_link(before):
    link = "https://example.gov.uk/ü"
    text = f"{before} {link}"
    record = wire.record(Message(text, AT, link=link))
    raw = record["text"].encode()
    spans = [facet["index"] for facet in record["facets"] if "uri" in facet["features"][0]]
    assert link in [raw[span["byteStart"] : span["byteEnd"]].decode() for span in spans]


@pytest.mark.parametrize(
    ("status", "name", "kind"),
    [
        (400, "ExpiredToken", wire.Stale),
        (401, "ExpiredToken", wire.Stale),
        (400, "InvalidToken", wire.Stale),
        (401, "", wire.Stale),
        (401, "AuthFactorTokenRequired", SignedOut),
        (400, "AccountTakedown", SignedOut),
        (400, "InvalidSwap", wire.Taken),
        (400, "InvalidRequest", Refused),
    ],
)
def test_the_name_of_an_error_decides(status, name, kind):
    told = wire.complaint("Bluesky", HOME)(status, {"error": name, "message": "m"})
    assert type(told) is kind


def test_an_account_without_a_working_handle_is_shown_by_its_id():
    odd = {"did": "did:plc:abc", "handle": "handle.invalid", "accessJwt": "a", "refreshJwt": "r"}
    assert wire.session(odd).handle == "did:plc:abc"


@pytest.mark.parametrize("odd", [None, [], {}, {"did": 7}, {"did": "plc"}])
def test_what_is_no_session_is_read_as_none(odd):
    assert wire.session(odd) is None
    assert wire.written(odd) == ""


@pytest.mark.parametrize(
    ("seconds", "newer"), [(-1, False), (0, True), (1, True)], ids=["before", "the same", "after"]
)
def test_keys_tell_seconds_apart_and_no_more(seconds, newer):
    at = datetime(2026, 11, 28, 12, 0, 0, 500_000, tzinfo=UTC)
    since = f"at://did/c/{wire.tid('a', at)}"
    for key in ("b", "c", "d", "e"):
        uri = f"at://did/c/{wire.tid(key, at + timedelta(seconds=seconds))}"
        assert wire.is_newer(uri, since) is newer
    assert not wire.is_newer(since, since)
    assert wire.is_newer("at://did/c/self", since), "a key that is none is looked at"
    assert wire.is_newer(since, "")
