"""Whatever a server answers: does only one of the refusals come out, or something we can keep?"""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oyez.kit.fetch import Answer
from oyez.networks.bluesky import Bluesky
from oyez.networks.contract import Later, Message, NetworkError, Receipt, Refused, Unsure
from oyez.networks.mastodon import Mastodon

AT = datetime(2026, 3, 1, tzinfo=UTC)
HOME = "https://social.example.org"
HELLO = Message("Roads open https://a.uk/x", AT)
ODD_TEXT = [
    *("", "\u0000", "\ud800", "x" * 100_000, "https://[", "https://a.uk/\ud800"),
    *("did:plc:a", "at://did:plc:a/b/c", "handle.invalid", "council", "a.uk"),
    *(
        "<![x[",
        "<!DOCTYPE [<!x",
        "&#55296;",
        "<a href='https://[",
        "<a href='https://a.uk/\ud800'>",
    ),
]
NAMES = [
    *("id", "url", "username", "domain", "uri", "configuration", "statuses", "max_characters"),
    *("max_toot_chars", "account", "content", "text", "error", "did", "handle", "accessJwt"),
    *("refreshJwt", "active", "value", "message"),
]
TEXTS = st.sampled_from(ODD_TEXT) | st.text(st.characters(), max_size=30)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**12) | st.floats() | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)
        | st.dictionaries(TEXTS, inner, max_size=2)
    ),
    max_leaves=8,
)


def like(**good):
    """An answer as it should be, with some of its values replaced by anything."""
    return st.fixed_dictionaries(
        {name: st.sampled_from([value] * 9 + ODD_TEXT) | VALUES for name, value in good.items()}
    )


ACCOUNTS = like(id="7", username="council", url=f"{HOME}/@council")
SIZES = like(max_characters=500, characters_reserved_per_url=23)
INSTANCES = like(domain="a.uk") | st.builds(
    lambda sizes, known: {**known, "configuration": {"statuses": sizes}}, SIZES, like(uri="a.uk")
)
STATUSES = like(
    id="9", url=f"{HOME}/@council/9", content="<p>Roads open", account={"username": "x"}
)
SESSIONS = like(did="did:plc:a", handle="a.uk", accessJwt="a", refreshJwt="r", active=True)
RECORDS = like(uri="at://did:plc:a/app.bsky.feed.post/3k", cid="c", value={"text": HELLO.text})
CODES = st.sampled_from([*[200] * 20, 400, 401, 403, 404, 409, 422, 429, 500, 503])


def answers(good):
    return st.tuples(CODES, good | good | good | VALUES)


class Hostile:
    """A Fetch that answers by the end of the path: a code, and whatever it was handed."""

    def __init__(self, **said):
        self.said = said

    def ask(self, method, url, **more):
        end = url.partition("?")[0].rpartition("/")[2].rpartition(".")[2]
        name = f"post_{end}" if method == "POST" and f"post_{end}" in self.said else end
        code, said = self.said.get(name, (404, {"error": "no"}))
        return Answer(code, {}, json.dumps(said).encode(), url)


class Keys:
    def read(self, name):
        return "t"

    def renew(self, name, stale, ask):
        return ask()[name]


class Notes:
    key = "7f3a"

    def once(self, step, do, *, harmless=False):
        return do()


def outcome(do):
    """What `do` gives, or None where it is refused in a sentence that can be shown."""
    try:
        return do()
    except NetworkError as error:
        told = str(error)
    assert told
    assert "\x00" not in told
    assert len(told.encode()) < 3_000
    return None


def can_be_kept(link):
    assert 0 < len(link.identity) <= 300
    assert 0 < len(link.handle) <= 300
    assert len(link.url) <= 500
    can_be_written([link.identity, link.handle, link.url, link.facts, link.secrets])


def can_be_written(what):
    text = json.dumps(what, ensure_ascii=False)
    assert text.encode()
    assert "\\u0000" not in text


def are_proof(receipts):
    for receipt in receipts:
        assert 0 < len(receipt.remote_id) <= 500
        assert len(receipt.url) <= 1_000
        can_be_written([receipt.remote_id, receipt.url])


def mastodon(fetch) -> Mastodon:
    return Mastodon(fetch, {"server": HOME, "account_id": "7", "handle": "@council@a.uk"}, Keys())


def bluesky(fetch) -> Bluesky:
    return Bluesky(fetch, {"server": HOME, "did": "did:plc:a", "handle": "a.uk"}, Keys())


@settings(deadline=None, max_examples=300)
@given(answers(ACCOUNTS), answers(INSTANCES))
def test_a_mastodon_that_says_anything_is_linked_or_refused(account, instance):
    fetch = Hostile(verify_credentials=account, instance=instance)
    if link := outcome(lambda: Mastodon.link(fetch, {"server": HOME, "secret": "t"})):
        can_be_kept(link)
        assert Mastodon(fetch, link.facts, Keys()).limits.text[0].limit > 0
    if facts := outcome(mastodon(fetch).check):
        can_be_written(facts)


@settings(deadline=None, max_examples=300)
@given(answers(STATUSES))
def test_a_mastodon_that_says_anything_of_a_new_post_gives_proof_or_is_refused(status):
    fetch = Hostile(statuses=status)
    if receipt := outcome(lambda: mastodon(fetch).publish(HELLO, Notes())):
        are_proof([receipt])


@settings(deadline=None, max_examples=300)
@given(answers(st.lists(STATUSES, max_size=4)), answers(like(text=HELLO.text)), TEXTS)
def test_a_mastodon_that_shows_anything_as_our_posts_is_looked_through_or_refused(
    page, source, since
):
    network = mastodon(Hostile(statuses=page, source=source))
    newest = outcome(network.newest)
    can_be_written(newest)
    are_proof(outcome(lambda: network.find(HELLO, "7f3a", newest or "")) or [])


@settings(deadline=None, max_examples=300)
@given(answers(SESSIONS), answers(SESSIONS), answers(SESSIONS))
def test_a_bluesky_that_says_anything_is_linked_or_refused(first, second, third):
    fetch = Hostile(createSession=first, getSession=second, refreshSession=third)
    answered = {"server": HOME, "identifier": "a.uk", "secret": "s"}
    if link := outcome(lambda: Bluesky.link(fetch, answered)):
        can_be_kept(link)
    if facts := outcome(bluesky(fetch).check):
        can_be_written(facts)


@settings(deadline=None, max_examples=300)
@given(answers(RECORDS | like(error="InvalidSwap")), answers(RECORDS))
def test_a_bluesky_that_says_anything_of_a_new_post_gives_proof_or_is_refused(put, get):
    fetch = Hostile(putRecord=put, getRecord=get)
    if receipt := outcome(lambda: bluesky(fetch).publish(HELLO, Notes())):
        are_proof([receipt])


SENSELESS = ["\u0000", "\ud800", "x" * 100_000, ["1000"], True]


@pytest.mark.parametrize("odd", SENSELESS, ids=lambda odd: repr(odd)[:20])
def test_an_id_that_cannot_be_kept_is_no_proof_and_no_watermark(odd):
    bad = {"id": odd, "url": "", "content": "<p>Roads open https://a.uk/x"}
    with pytest.raises(Unsure, match="did not say where it is"):
        mastodon(Hostile(statuses=(200, bad))).publish(HELLO, Notes())
    with pytest.raises(Later, match="ids that make no sense"):
        mastodon(Hostile(statuses=(200, [bad]))).newest()
    found = mastodon(Hostile(statuses=(200, [bad, {**bad, "id": "9"}]))).find(HELLO, "k", "")
    assert [receipt.remote_id for receipt in found] == ["9"]


def test_a_page_of_nothing_but_senseless_ids_is_no_look():
    with pytest.raises(Later, match="ids that make no sense"):
        mastodon(Hostile(statuses=(200, [{"id": "\u0000"}]))).find(HELLO, "k", "")


@pytest.mark.parametrize("odd", ["https://[", "https://a.uk/\u0000", "https://a.uk/" + "x" * 1000])
def test_a_post_at_an_address_that_is_none_has_arrived_all_the_same(odd):
    status = {"id": "9", "url": odd, "account": {"username": "\u0000"}}
    receipt = mastodon(Hostile(statuses=(200, status))).publish(HELLO, Notes())
    assert receipt == Receipt("9", f"{HOME}/statuses/9")


@pytest.mark.parametrize(
    "account", [{"id": "\u0000"}, {"username": "\ud800"}, {"username": "x" * 290}]
)
def test_an_account_that_makes_no_sense_is_refused_in_a_sentence(account):
    said = {"id": "7", "username": "council", **account}
    fetch = Hostile(verify_credentials=(200, said), instance=(200, {"domain": "social.example.uk"}))
    with pytest.raises(Refused, match="gives account details that make no sense"):
        Mastodon.link(fetch, {"server": HOME, "secret": "t"})


@pytest.mark.parametrize("odd", [True, -1, 10**9, "500", None, 1.5])
def test_limits_that_make_no_sense_are_the_usual_ones(odd):
    said = {"max_characters": odd, "characters_reserved_per_url": odd}
    fetch = Hostile(instance=(200, {"configuration": {"statuses": said}}), statuses=(200, []),
                    verify_credentials=(200, {"id": "7", "username": "council"}))  # fmt: skip
    facts = mastodon(fetch).check()
    assert (facts["characters"], facts["per_link"]) == (500, 23)


@pytest.mark.parametrize("html", ODD_TEXT, ids=lambda html: repr(html)[:20])
def test_markup_that_is_none_is_read_as_another_text(html):
    page = [{"id": "9", "content": html}, {"id": "8", "content": f"<p>{HELLO.text}"}]
    found = mastodon(Hostile(statuses=(200, page))).find(HELLO, "k", "")
    assert [receipt.remote_id for receipt in found] == ["8"]
