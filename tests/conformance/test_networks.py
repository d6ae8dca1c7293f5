"""One suite for every network: does it keep the contract, against a real server that misbehaves?"""

import json
import uuid
from datetime import timedelta

import pytest

from oyez.kit.text import newlines
from oyez.networks.contract import (
    Later,
    NetworkError,
    Receipt,
    Refused,
    SignedOut,
    Standing,
    Twice,
    Unsure,
)
from tests.conformance.members import Member, Notebook, OnOurPage, a_message
from tests.servers import faulty
from tests.servers.raw import reply, serving

pytestmark = pytest.mark.server

LONG = "https://example.gov.uk/news/" + "a-long-way-" * 12 + "?a=1&b=2#top"
HAPPENED = [
    faulty.lose_the_answer,
    faulty.reset_after,
    faulty.fail_after,
    faulty.web_page_after,
]
NOT_HAPPENED = [faulty.reset_before, faulty.fail_before]


def a_key() -> str:
    return str(uuid.uuid4())


def unique(text: str) -> str:
    return f"{text} {uuid.uuid4().hex[:8]}"


def settle(member: Member, message, notebook: Notebook, since: str) -> Receipt | None:
    """What the house does after Unsure: repeat where that is harmless, else look."""
    network = member.network()
    if member.kind.twice is Twice.KEYED:
        return network.publish(message, Notebook(notebook.key))
    found = network.find(message, notebook.key, since)
    assert len(found) <= 1
    return found[0] if found else None


def watermark(member: Member) -> str:
    return member.network().newest() if member.kind.twice is Twice.FINDABLE else ""


class TestLinking:
    def test_it_learns_who_we_are_and_keeps_secrets_apart(self, member):
        link = member.link()
        assert link.identity
        assert link.handle
        assert link.url
        assert json.loads(json.dumps(link.facts)) == link.facts
        assert not any(secret in json.dumps(link.facts) for secret in link.secrets.values())

    def test_the_same_account_is_the_same_identity(self, member):
        assert member.link().identity == member.link().identity

    def test_a_wrong_secret_is_told_in_words(self, wired):
        with pytest.raises(SignedOut, match="does not accept this") as told:
            wired.link(secret="quite-wrong")
        assert "quite-wrong" not in str(told.value)

    def test_a_web_page_is_not_such_a_server(self, wired):
        page = reply(b"<title>Bins</title>", content_type="text/html")
        with serving(lambda seen: page) as web:
            wired.fetch = wired.client(web.address)
            with pytest.raises(Refused, match=f"{web.address} does not answer as a"):
                wired.link(server=web.url(""))

    def test_a_server_that_is_not_there_is_told_in_words(self, wired):
        with serving(lambda seen: None) as gone:
            address = gone.address
        wired.fetch = wired.client(address)
        with pytest.raises(Later, match=r"\w+ \w+ \w+.*\."):
            wired.link(server=f"http://{address}")

    @pytest.mark.parametrize("address", ["  ", "nonsense here", "ftp://a.uk", "https://me:pw@a.uk"])
    def test_an_address_that_is_none_is_told_in_words(self, wired, address):
        with pytest.raises(Refused, match="Enter the address of the server"):
            wired.link(server=address)

    def test_a_secret_never_crosses_the_internet_in_the_open(self, wired):
        with pytest.raises(Refused, match="Enter https://social"):
            wired.link(server="http://social.example.org")

    def test_a_field_left_empty_is_asked_for_in_words(self, wired):
        for field in wired.kind.fields:
            if not field.default and not field.optional:
                with pytest.raises(Refused, match="^Enter the "):
                    wired.link(**{field.name: ""})

    def test_every_field_is_asked_for(self, member):
        assert set(member.answers) == {f.name for f in member.kind.fields if not f.optional}


class TestChecking:
    def test_a_good_channel_gives_its_facts(self, member):
        assert member.network().check() == member.link().facts

    def test_a_dead_token_is_signed_out_in_words(self, wired):
        dead = dict.fromkeys(wired.keys().secrets, "dead")
        with pytest.raises(SignedOut, match="Link .* again"):
            wired.network(wired.keys(**dead)).check()

    @pytest.mark.parametrize("fault", [faulty.fail_before, faulty.reset_before])
    def test_a_server_that_is_down_is_not_a_dead_token(self, wired, fault):
        network = wired.network()
        wired.front.twice(fault, on="verify_credentials")
        wired.front.twice(fault, on="getSession")
        with pytest.raises(Later):
            network.check()


class TestPublishing:
    def test_a_receipt_leads_to_the_very_words(self, member):
        message = a_message(unique("The bridge is open."), "https://example.gov.uk/bridge")
        receipt = member.network().publish(message, Notebook(a_key()))
        assert receipt.remote_id
        assert receipt.url.startswith(("https://", "http://", "/"))
        if not isinstance(member, OnOurPage):
            assert member.texts().count(message.text) == 1

    @pytest.mark.parametrize("tries", [2, 4])
    def test_the_same_key_again_is_the_same_post(self, member, tries):
        message, key = a_message(unique("Said once.")), a_key()
        receipts = {member.network().publish(message, Notebook(key)) for _ in range(tries)}
        assert len(receipts) == 1
        if not isinstance(member, OnOurPage):
            assert member.texts().count(message.text) == 1

    def test_two_deliveries_of_the_same_words_are_two_posts(self, member):
        message = a_message(unique("Said twice."))
        first, second = (member.network().publish(message, Notebook(a_key())) for _ in range(2))
        assert first.remote_id != second.remote_id
        assert first.url != second.url

    def test_a_finished_step_is_not_done_again(self, wired):
        message, notebook = a_message(unique("Finished.")), Notebook(a_key())
        first = wired.network().publish(message, notebook)
        assert wired.network().publish(message, notebook) == first
        assert len(wired.front.writes) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "🙂",
            "👩‍👩‍👧‍👦🏳️‍🌈 🇬🇧",
            "مرحبا بالعالم، الجسر مفتوح",
            "Zero\u200bwidth and soft\u00adhyphen",
            "First line\r\n\r\nSecond & third < fourth > fifth",
            "Quotes \"'`* and *stars* and _lines_ ~~gone~~ \\ # not a tag",
            "#Bins and @nobody and #日本語",
            "e\u0301 is not \u00e9",
        ],
    )
    def test_every_sign_arrives(self, member, text):
        message = a_message(unique(text))
        member.network().publish(message, Notebook(a_key()))
        if not isinstance(member, OnOurPage):
            assert newlines(message.text) in member.texts()

    def test_a_long_link_arrives_whole(self, wired):
        message = a_message(unique("Read all of it:"), LONG)
        wired.network().publish(message, Notebook(a_key()))
        assert any(text.endswith(LONG) for text in wired.texts())

    def test_the_longest_text_is_taken_and_one_more_is_refused_unsent(self, wired):
        link = "https://example.gov.uk/1"
        network, tail = wired.network(), f"{uuid.uuid4().hex[:8]} {link}"
        most, count = network.limits.text[0].limit, network.limits.text[0].count
        text = "é" * (most - count(tail)) + tail
        network.publish(a_message(text, link), Notebook(a_key()))
        with pytest.raises(Refused, match=f"{most} characters or fewer.*It is {most + 1}"):
            network.publish(a_message(f"é{text}", link), Notebook(a_key()))
        assert len(wired.front.writes) == 1

    @pytest.mark.parametrize("text", ["", " \r\n", "\u200b"])
    def test_nothing_to_read_is_refused(self, member, text):
        with pytest.raises(Refused, match="nothing to read"):
            member.network().publish(a_message(text), Notebook(a_key()))


class TestFaults:
    @pytest.mark.parametrize("fault", HAPPENED, ids=lambda fault: fault.__name__)
    def test_taken_but_not_answered_is_unsure_and_settled_as_one_post(self, wired, fault):
        message, notebook = a_message(unique("Taken.")), Notebook(a_key())
        since, network = watermark(wired), wired.network()
        wired.front.once(fault)
        with pytest.raises(Unsure):
            network.publish(message, notebook)
        receipt = settle(wired, message, notebook, since)
        assert receipt is not None
        assert wired.texts().count(message.text) == 1

    def test_an_answer_that_comes_too_late_is_unsure_and_settled_as_one_post(self, wired):
        message, notebook = a_message(unique("Late.")), Notebook(a_key())
        since, facts, keys = watermark(wired), wired.link().facts, wired.keys()
        wired.front.once(faulty.late(1.5))
        with pytest.raises(Unsure):
            wired.kind(wired.client(max_seconds=1.0), facts, keys).publish(message, notebook)
        assert settle(wired, message, notebook, since) is not None
        assert wired.texts().count(message.text) == 1

    @pytest.mark.parametrize("fault", NOT_HAPPENED, ids=lambda fault: fault.__name__)
    def test_not_taken_looks_the_same_and_is_sent_once_more(self, wired, fault):
        message, notebook = a_message(unique("Lost.")), Notebook(a_key())
        since, network = watermark(wired), wired.network()
        wired.front.once(fault)
        with pytest.raises(Unsure):
            network.publish(message, notebook)
        if settle(wired, message, notebook, since) is None:
            network.publish(message, Notebook(notebook.key))
        assert wired.texts().count(message.text) == 1

    @pytest.mark.parametrize("fault", [*HAPPENED, *NOT_HAPPENED], ids=lambda fault: fault.__name__)
    def test_one_call_is_one_request_whatever_happens(self, wired, fault):
        network = wired.network()
        wired.front.once(fault)
        with pytest.raises(Unsure):
            network.publish(a_message(unique("Once.")), Notebook(a_key()))
        assert len(wired.front.writes) == 1

    def test_slow_down_is_later_for_the_whole_channel_and_did_nothing(self, wired):
        message, notebook = a_message(unique("Too many.")), Notebook(a_key())
        network = wired.network()
        wired.front.once(faulty.too_many)
        with pytest.raises(Later, match="slow down") as later:
            network.publish(message, notebook)
        assert (later.value.after, later.value.pause) == (timedelta(seconds=90), True)
        network.publish(message, notebook)
        assert wired.texts().count(message.text) == 1

    def test_a_refusal_is_told_in_the_servers_own_words_without_markup(self, wired):
        network = wired.network()
        wired.front.once(faulty.refuse)
        with pytest.raises(Refused, match="refused it: No shouting here"):
            network.publish(a_message(unique("LOUD")), Notebook(a_key()))

    def test_a_closed_door_is_later_and_did_nothing(self, wired):
        keys, facts = wired.keys(), wired.link().facts
        with serving(lambda seen: None) as gone:
            address = gone.address
        network = wired.kind(wired.client(address), {**facts, "server": f"http://{address}"}, keys)
        with pytest.raises(Later):
            network.publish(a_message("Nobody home"), Notebook(a_key()))

    @pytest.mark.parametrize("fault", [faulty.fail_before, faulty.reset_before, faulty.too_many])
    def test_an_error_never_says_a_secret(self, wired, fault, caplog):
        caplog.set_level("DEBUG")
        keys, network = wired.keys(), wired.network()
        wired.front.once(fault)
        with pytest.raises(NetworkError) as told:
            network.publish(a_message("Hush"), Notebook(a_key()))
        said = f"{told.value!r} {told.value.__cause__!r} {caplog.text}"
        assert not any(secret in said for secret in keys.secrets.values())


class TestLooking:
    def test_a_server_deaf_to_keys_shows_why_the_house_looks_first(self, findable):
        findable.front.deaf_to_keys = True
        message, key, since = a_message(unique("Deaf.")), a_key(), watermark(findable)
        findable.network().publish(message, Notebook(key))
        assert len(findable.network().find(message, key, since)) == 1
        findable.network().publish(message, Notebook(key))
        assert len(findable.network().find(message, key, since)) == 2

    def test_nothing_older_than_the_watermark_is_found(self, findable):
        message, network = a_message(unique("Older.")), findable.network()
        network.publish(message, Notebook(a_key()))
        assert network.find(message, a_key(), network.newest()) == []

    @pytest.mark.parametrize(
        "other", ["{}!", "{} ", "the {}", "{} https://example.gov.uk/2", "{}\n1"]
    )
    def test_no_other_words_are_ever_taken_for_ours(self, findable, other):
        text, since, network = unique("Roads open"), watermark(findable), findable.network()
        different = a_message(other.format(text))
        network.publish(different, Notebook(a_key()))
        same = different.text.split() == text.split()
        assert bool(network.find(a_message(text), a_key(), since)) == same

    @pytest.mark.parametrize(
        "text",
        [
            "Long link",
            "*stars* and `code` & <b>",
            "Two\r\n\r\nparagraphs",
            "@council@127.0.0.1 #Bins 👩‍👩‍👧‍👦",
            "Zero\u200bwidth",
        ],
    )
    def test_what_was_sent_is_found_however_it_is_shown(self, findable, text):
        message, since = a_message(unique(text), LONG), watermark(findable)
        receipt = findable.network().publish(message, Notebook(a_key()))
        assert findable.network().find(message, "", since) == [receipt]

    def test_it_is_found_under_many_newer_posts(self, findable):
        message, since, network = (
            a_message(unique("Deep.")),
            watermark(findable),
            findable.network(),
        )
        receipt = network.publish(message, Notebook(a_key()))
        for number in range(45):
            network.publish(a_message(f"{number} {a_key()}"), Notebook(a_key()))
        assert network.find(message, "", since) == [receipt]

    @pytest.mark.parametrize("fault", [faulty.fail_before, faulty.reset_before, faulty.too_many])
    def test_a_look_that_fails_is_later_never_an_answer(self, findable, fault):
        network = findable.network()
        findable.front.twice(fault, on="exclude_reblogs")
        with pytest.raises(Later):
            network.find(a_message("Anything"), "", "")


def test_practice_is_marked_as_pretend(member):
    assert (member.kind.standing is Standing.PRETEND) == (member.kind.title == "Practice")
