"""What only the official server can tell: tokens that run out, keys, facets, eight at once."""

import dataclasses
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from oyez.networks.contract import Later, Refused, SignedOut
from tests.conformance.members import Notebook, a_message

pytestmark = pytest.mark.server

LINK = "https://example.gov.uk/bridge?a=1&b=2"


def a_key() -> str:
    return str(uuid.uuid4())


def test_an_access_token_that_ran_out_is_renewed_once_and_the_post_goes_out(bluesky):
    keys, message = bluesky.keys(access="stale.access.token"), a_message(f"Renewed {a_key()}")
    bluesky.network(keys).publish(message, Notebook(a_key()))
    assert keys.renewed == 1
    assert keys.secrets["access"] != "stale.access.token"
    assert bluesky.texts().count(message.text) == 1


def test_a_refresh_token_that_ran_out_is_replaced_by_signing_in_again(bluesky):
    keys = bluesky.keys(access="stale", refresh="stale")
    assert bluesky.network(keys).check()["handle"] == "council.test"
    assert "stale" not in keys.secrets.values()


def test_a_withdrawn_app_password_is_signed_out_and_no_token_is_lost(bluesky):
    keys = bluesky.keys(access="stale", refresh="stale", secret="withdrawn")
    with pytest.raises(SignedOut, match="Link Bluesky again"):
        bluesky.network(keys).publish(a_message("Hello"), Notebook(a_key()))
    assert keys.secrets == {"access": "stale", "refresh": "stale", "secret": "withdrawn"}


def test_a_server_that_is_down_while_renewing_is_not_a_withdrawn_password(bluesky):
    keys = bluesky.keys(access="stale")
    bluesky.front.once(lambda seen, forward: None, on="refreshSession")
    with pytest.raises(Later):
        bluesky.network(keys).publish(a_message("Hello"), Notebook(a_key()))
    assert keys.renewed == 0


def test_eight_at_once_with_one_key_are_one_post(bluesky):
    message, key, network = a_message(f"Eight {a_key()}"), a_key(), bluesky.network()
    with ThreadPoolExecutor(8) as pool:
        tries = [pool.submit(network.publish, message, Notebook(key)) for _ in range(8)]
        receipts = {one.result() for one in tries}
    assert len(receipts) == 1
    assert bluesky.texts().count(message.text) == 1


def test_other_words_under_a_used_key_never_overwrite(bluesky):
    message, key, network = a_message(f"First {a_key()}"), a_key(), bluesky.network()
    network.publish(message, Notebook(key))
    with pytest.raises(Refused, match="already stands under the key"):
        network.publish(dataclasses.replace(message, text="Second"), Notebook(key))
    assert message.text in bluesky.texts()
    assert "Second" not in bluesky.texts()


def test_the_same_words_in_other_bytes_are_known_as_ours(bluesky):
    message, key, network = a_message(f"Known {a_key()}"), a_key(), bluesky.network()
    first = network.publish(message, Notebook(key))
    again = network.publish(dataclasses.replace(message, language="cy"), Notebook(key))
    assert again == first


def test_links_and_hashtags_are_marked_where_they_stand_in_bytes(bluesky):
    message = a_message(f"Ðe brïdge 👩‍👩‍👧‍👦 #Bins {a_key()}", LINK, language="cy")
    receipt = bluesky.network().publish(message, Notebook(a_key()))
    record = next(one for one in bluesky.records() if one["uri"] == receipt.remote_id)["value"]
    raw = record["text"].encode()
    marked = {
        raw[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode()
        for facet in record["facets"]
    }
    assert marked == {LINK, "#Bins"}
    assert record["langs"] == ["cy"]
    assert record["createdAt"] == "2026-03-01T09:30:00.000Z"


def test_the_receipt_is_the_address_people_open(bluesky):
    receipt = bluesky.network().publish(a_message(f"Open {a_key()}"), Notebook(a_key()))
    rkey = receipt.remote_id.rpartition("/")[2]
    assert receipt.url == f"https://bsky.app/profile/council.test/post/{rkey}"


def test_bytes_are_a_limit_of_their_own(bluesky):
    with pytest.raises(Refused, match="3,000 bytes or fewer for Bluesky. It is 3,025"):
        bluesky.network().publish(a_message("👩‍👩‍👧‍👦" * 121), Notebook(a_key()))
