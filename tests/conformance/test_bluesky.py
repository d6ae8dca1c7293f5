"""What only the official server can tell: tokens that run out, keys, facets, eight at once."""

import dataclasses
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from oyez.kit import clock
from oyez.networks.bluesky import wire
from oyez.networks.contract import Later, Refused, SignedOut
from tests.conformance.members import Notebook, a_message, a_picture

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


def embed_of(bluesky, receipt):
    return bluesky.record(receipt.remote_id)["embed"]


def test_a_picture_has_its_words_and_its_shape(bluesky):
    message = a_message(f"Shape {a_key()}", media=(a_picture("Two\r\nlines", width=16, height=9),))
    (image,) = embed_of(bluesky, bluesky.network().publish(message, Notebook(a_key())))["images"]
    assert image["alt"] == "Two\nlines"
    assert image["aspectRatio"] == {"width": 16, "height": 9}
    assert image["image"]["mimeType"] == "image/png"


def test_a_picture_of_unknown_size_has_no_shape(bluesky):
    message = a_message(f"No shape {a_key()}", media=(a_picture(width=0, height=0),))
    (image,) = embed_of(bluesky, bluesky.network().publish(message, Notebook(a_key())))["images"]
    assert "aspectRatio" not in image


FILM = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(2_000)
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:01.000\nMae’r bont ar agor\n".encode()


def a_film(captions=CAPTIONS, **more):
    told = {"kind": "video/mp4", "size": len(FILM), "language": "cy", **more}
    return dataclasses.replace(
        a_picture("The bridge opens", **told), load=lambda: FILM, captions=lambda: captions
    )


def test_a_film_arrives_with_its_words_and_captions(bluesky):
    network, key = bluesky.network(), a_key()
    message = a_message(f"Film {key}", media=(a_film(),))
    receipt = network.publish(message, Notebook(key))
    assert network.publish(message, Notebook(key)) == receipt
    film = embed_of(bluesky, receipt)
    assert film["$type"] == "app.bsky.embed.video"
    assert film["alt"] == "The bridge opens"
    assert bluesky.blob(film["video"]["ref"]["$link"]) == FILM
    (caption,) = film["captions"]
    assert caption["lang"] == "cy"
    assert bluesky.blob(caption["file"]["ref"]["$link"]) == CAPTIONS


def test_captions_that_are_too_long_are_refused_before_the_film_is_brought(bluesky):
    network, film = bluesky.network(), a_film(captions=b"WEBVTT\n" + b"x" * 20_000)
    with pytest.raises(Refused, match="Captions must be 20,000 bytes or fewer"):
        network.publish(a_message("Film", media=(film,)), Notebook(a_key()))
    assert not [seen for seen in bluesky.front.requests if "uploadBlob" in seen.path]


def test_a_file_bigger_than_the_server_takes_is_refused_in_its_own_words(bluesky):
    big = dataclasses.replace(a_film(size=6_000_000), load=lambda: FILM + bytes(6_000_000))
    with pytest.raises(Refused, match="refused it: .*too large"):
        bluesky.network().publish(a_message("Film", media=(big,)), Notebook(a_key()))
    assert bluesky.front.writes == []


def test_a_thread_names_its_first_post_and_the_one_before(bluesky):
    network, chain = bluesky.network(), [""]
    for part in range(3):
        message = a_message(f"Part {part} {a_key()}", answers=chain[-1])
        chain.append(network.publish(message, Notebook(a_key())).remote_id)
    third = bluesky.record(chain[3])["reply"]
    assert (third["root"]["uri"], third["parent"]["uri"]) == (chain[1], chain[2])


def test_a_reply_is_the_same_to_the_byte_when_it_is_sent_again(bluesky):
    network, key = bluesky.network(), a_key()
    first = network.publish(a_message(f"Root {key}"), Notebook(a_key())).remote_id
    reply = a_message(f"Reply {key}", answers=first, media=(a_picture(),))
    network.publish(reply, Notebook(key))
    before = [one for one in bluesky.records() if one["value"]["text"] == reply.text]
    network.publish(reply, Notebook(key))
    assert [one for one in bluesky.records() if one["value"]["text"] == reply.text] == before


@pytest.mark.parametrize(
    "where", ["7", "at://did:plc:x", "at://did:plc:x/app.bsky.feed.like/1", "https://bsky.app/1"]
)
def test_what_is_no_address_of_a_post_is_refused(bluesky, where):
    with pytest.raises(Refused, match="not the address of a post"):
        bluesky.network().delete(where, Notebook(a_key()))


def test_another_accounts_post_is_never_deleted(bluesky):
    other = "at://did:plc:somebodyelse/app.bsky.feed.post/3abc"
    with pytest.raises(Refused, match="not ours to delete"):
        bluesky.network().delete(other, Notebook(a_key()))


def test_the_same_words_with_another_picture_under_a_used_key_are_not_ours(bluesky):
    message, key, network = a_message(f"Shown {a_key()}"), a_key(), bluesky.network()
    network.publish(message, Notebook(key))
    with pytest.raises(Refused, match="already stands under the key"):
        network.publish(dataclasses.replace(message, media=(a_picture(),)), Notebook(key))


def just_now(text):
    return dataclasses.replace(a_message(text), made_at=clock.now())


def something_before(bluesky):
    return bluesky.network().publish(just_now(f"Before {a_key()}"), Notebook(a_key())).remote_id


def test_it_can_be_looked_through_for_words_whose_key_was_forgotten(bluesky):
    network, since = bluesky.network(), something_before(bluesky)
    message = just_now(f"Forgotten {a_key()}")
    receipt = network.publish(message, Notebook(a_key()))
    later = just_now(message.text)  # as somebody hands it in again
    assert wire.key_of(network.newest()) >= wire.key_of(receipt.remote_id)
    assert network.find(later, a_key(), since) == [receipt]
    assert network.find(later, a_key(), "") == [receipt]
    assert network.find(later, a_key(), receipt.remote_id) == []
    assert network.find(just_now(f"{message.text}!"), a_key(), since) == []


def test_what_was_frozen_before_others_went_out_is_found_under_its_key(bluesky):
    network, key = bluesky.network(), a_key()
    message = just_now(f"Planned long ago {key}")
    other = network.publish(just_now(f"Meanwhile {key}"), Notebook(a_key()))
    receipt = network.publish(message, Notebook(key))
    assert network.find(message, key, other.remote_id) == [receipt]


def test_looking_through_it_goes_past_the_first_page(bluesky, monkeypatch):
    network, since = bluesky.network(), something_before(bluesky)
    message = just_now(f"Buried {a_key()}")
    receipt = network.publish(message, Notebook(a_key()))
    for number in range(5):
        network.publish(just_now(f"{message.text} under {number}"), Notebook(a_key()))
    monkeypatch.setattr(wire, "PAGE", 3)
    assert network.find(just_now(message.text), a_key(), since) == [receipt]


def test_no_key_that_a_stranger_chooses_hides_what_comes_after_it(bluesky):
    since = bluesky.somebody_posts(f"Since {a_key()}")
    future = bluesky.somebody_posts(f"In a year {a_key()}", wire.tid("a", in_days(365)))
    later = bluesky.somebody_posts(f"Later {a_key()}")
    shown = bluesky.network().shown(since)
    bluesky.removes(future)
    assert (shown[0].remote_id, shown[0].marks) == (later, True)
    assert (shown[-1].remote_id, shown[-1].marks) == (future, False)


def test_of_one_second_no_key_is_older(bluesky):
    now = in_days(0)
    low, high = sorted(wire.tid(str(number), now) for number in range(2))
    since = bluesky.somebody_posts(f"High {a_key()}", high)
    below = bluesky.somebody_posts(f"Low {a_key()}", low)
    assert below in {one.remote_id for one in bluesky.network().shown(since)}


def in_days(days: int) -> datetime:
    return clock.now() + timedelta(days=days)
