"""What may be asked, how often, and what may become of it?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connections

from oyez.kit import clock
from oyez.kit.addresses import network_of
from oyez.ledger import queries as ledger
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.partners import actions as registers
from oyez.partners import queries as partners
from oyez.partners.models import Partner
from oyez.partners.rules.partners import Said
from oyez.people import actions as people
from oyez.people import rules as who
from oyez.requests import actions, queries, rules
from oyez.requests.models import Knock, Request
from tests.factories import BY, a_request, asked

PUBLIC = who.public()
NOON = datetime(2026, 7, 1, 11, 0, tzinfo=UTC)


@pytest.fixture
def at_noon():
    clock.set_reader(lambda: NOON)
    yield
    clock.set_reader(None)


def wrong_with(**said: str) -> dict[str, str]:
    with pytest.raises(actions.NotSoAsked) as refused:
        actions.ask(asked(**said), by=PUBLIC)
    assert not Request.objects.exists()
    return refused.value.problems


@pytest.mark.django_db
class TestAsking:
    def test_what_was_asked_is_kept_word_for_word(self) -> None:
        given = asked(
            team="Parks", audience="Families", evidence="See https://a.example", link="https://a.example/b",
            images="Two, on the shared drive", consent="agreed",
        )  # fmt: skip
        made = actions.ask(given, by=PUBLIC, sender="192.0.2.1")
        kept = queries.one(made.pk)
        for field in fields(given):
            if field.name != "deadline":
                assert getattr(kept, field.name) == getattr(given, field.name)
        assert (kept.state, kept.by["kind"]) == ("new", "public")

    def test_the_record_names_the_form_and_never_the_person(self) -> None:
        (event,) = ledger.history(a_request(by=PUBLIC))
        assert (event.kind, event.by_name, event.data) == (
            "requests.asked", "Request form", {"what": "say"},
        )  # fmt: skip

    def test_everything_that_is_missing_is_said_at_once(self) -> None:
        assert set(wrong_with(from_name="", from_email="", what="\u200b \n", purpose="")) == {
            "from_name", "from_email", "what", "purpose",
        }  # fmt: skip

    def test_a_boost_needs_an_organisation_and_an_address_and_no_words(self) -> None:
        assert set(wrong_with(kind="boost", what="", purpose="")) == {"partner_name", "boost_url"}
        given = asked(
            kind="boost", what="", purpose="", partner_name="NHS", boost_url="https://nhs.example/1"
        )
        assert actions.ask(given, by=PUBLIC).kind == "boost"

    def test_where_a_register_is_kept_a_boost_names_a_partner_whose_agreement_holds(self) -> None:
        today = partners.today()
        nhs = a_partner("NHS Tamarshire", today)
        a_partner("Old mill trust", today - timedelta(days=1))
        for name in ("Anybody", "Old mill trust", "NHS"):
            assert "register" in wrong_with(**boost(name))["partner_name"]
        assert actions.ask(asked(**boost(" nhs tamarshire ")), by=PUBLIC).partner == nhs

    def test_a_request_that_is_no_boost_has_no_partner(self) -> None:
        a_partner("NHS Tamarshire", partners.today())
        assert a_request(partner_name="NHS Tamarshire").partner is None

    @pytest.mark.parametrize(
        "address",
        [
            "javascript:alert(1)", "data:text/html,x", "//a.example", "a.example",
            "https://localhost",
            "https://council.example@evil.example/", "https://a.exam\u200bple/",
            "https://a.example/ b",
            "java\tscript:x", "https://a.example:99999/", "https://[::1", "ftp://a.example/",
        ],
    )  # fmt: skip
    def test_an_address_that_is_no_web_page_is_refused(self, address: str) -> None:
        assert set(wrong_with(link=address)) == {"link"}

    @pytest.mark.parametrize("name", ["from_name", "from_email", "team", "audience"])
    def test_lines_that_could_end_a_header_are_refused(self, name: str) -> None:
        assert name in wrong_with(**{name: "ada@a.example\r\nBcc: all@a.example"})

    @pytest.mark.parametrize("email", ["ada", "ada@", "a b@c.example", "x" * 260 + "@a.example"])
    def test_what_is_no_e_mail_address_is_refused(self, email: str) -> None:
        assert set(wrong_with(from_email=email)) == {"from_email"}

    def test_ten_million_characters_are_counted_and_refused(self) -> None:
        assert wrong_with(what="x" * 10_000_000)["what"] == (
            "Use 5,000 characters or fewer. There are 10,000,000"
        )

    def test_the_last_character_that_fits_is_kept(self) -> None:
        assert len(a_request(what="x" * 5000).what) == 5000

    @pytest.mark.parametrize("sign", ["\0", "\ud83d"])
    def test_what_the_database_cannot_keep_is_refused_in_words(self, sign: str) -> None:
        assert "cannot be kept" in wrong_with(what=f"a{sign}b")["what"]

    def test_pictures_without_a_word_on_consent_are_asked_about(self) -> None:
        assert set(wrong_with(images="Two children by the pond")) == {"consent"}
        assert a_request(images="The pond", consent="nobody").consent == "nobody"

    @pytest.mark.parametrize(
        ("deadline", "words"),
        [
            ("2026-06-30 12:00", "has passed"),
            ("2027-03-28 01:30", "skip"),
            ("2026-10-25 01:30", "twice"),
            ("2026-02-30", "is not a time"),
            ("soon", "is not a time"),
        ],
    )
    def test_a_deadline_that_is_over_or_does_not_exist(
        self, at_noon: None, deadline: str, words: str
    ) -> None:
        assert words in wrong_with(deadline=deadline)["deadline"]

    @pytest.mark.parametrize(
        ("deadline", "moment"),
        [
            ("2026-07-02 09:00", datetime(2026, 7, 2, 8, 0, tzinfo=UTC)),
            ("2026-07-01", datetime(2026, 7, 1, 22, 59, tzinfo=UTC)),  # until the end of the day
            ("2026-10-25 01:30+00:00", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        ],
    )
    def test_a_deadline_is_a_time_on_the_wall(
        self, at_noon: None, deadline: str, moment: datetime
    ) -> None:
        assert a_request(deadline=deadline).deadline_at == moment

    def test_pressed_twice_is_one_request_and_later_it_is_another(self) -> None:
        first, second = a_request(), a_request()
        assert first.pk == second.pk
        later = clock.now() + timedelta(minutes=11)
        clock.set_reader(lambda: later)
        try:
            assert a_request().pk != first.pk
        finally:
            clock.set_reader(None)

    def test_the_form_may_ask_and_nothing_else(self) -> None:
        made = actions.ask(asked(), by=PUBLIC)
        with pytest.raises(NotAllowed):
            actions.accept(made, by=PUBLIC)
        assert queries.one(made.pk).state == "new"

    def test_a_reader_may_ask_and_not_answer(self) -> None:
        rhys = people.invite("rhys@council.example", role=who.READER, by=BY)
        made = actions.ask(asked(), by=rhys)
        with pytest.raises(NotAllowed):
            actions.refuse(made, why="No.", by=rhys)


@pytest.mark.django_db
class TestFloods:
    def test_one_connection_may_ask_ten_times_an_hour(self) -> None:
        for number in range(10):
            knock("192.0.2.1", number)
        with pytest.raises(actions.TooMany, match="Wait an hour"):
            knock("192.0.2.1", 10)
        knock("192.0.2.2", 11)
        assert Request.objects.count() == 11

    def test_an_hour_later_it_may_again_and_nothing_is_left_of_the_first(self) -> None:
        for number in range(10):
            knock("192.0.2.1", number)
        later = clock.now() + timedelta(minutes=61)
        clock.set_reader(lambda: later)
        try:
            knock("192.0.2.1", 10)
        finally:
            clock.set_reader(None)
        assert Knock.objects.count() == 1

    def test_a_whole_network_of_ipv6_addresses_is_one_connection(self) -> None:
        for number in range(10):
            knock(f"2001:db8::{number}", number)
        with pytest.raises(actions.TooMany):
            knock("2001:db8::ffff", 10)
        knock("2001:db8:0:1::1", 11)

    def test_many_connections_together_are_held_up_too(self) -> None:
        for number in range(100):
            knock(f"192.0.2.{number}", number)
        with pytest.raises(actions.TooMany, match="Very many"):
            knock("198.51.100.1", 100)

    def test_the_address_itself_is_not_kept(self) -> None:
        knock("192.0.2.1", 1)
        assert "192.0.2" not in Knock.objects.get().sender

    def test_colleagues_who_are_signed_in_are_not_counted(self) -> None:
        for number in range(12):
            a_request(what=f"Number {number}")
        assert not Knock.objects.exists()


def boost(partner: str) -> dict[str, str]:
    return {"kind": "boost", "partner_name": partner, "boost_url": "https://nhs.example/1"}


def a_partner(name: str, until: date) -> Partner:
    return registers.add_partner(Said(name=name, kind="health", agreement_until=until), by=BY)


def knock(sender: str, number: int) -> Request:
    return actions.ask(asked(what=f"Number {number}"), by=PUBLIC, sender=sender)


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_from_one_connection_are_ten() -> None:
    def once(number: int) -> bool:
        try:
            return bool(knock("192.0.2.1", number))
        except actions.TooMany:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(once, range(20))) == 10
    assert Request.objects.count() == 10


@pytest.mark.django_db
class TestAnswering:
    def test_it_is_accepted_then_done_and_the_asker_reads_what_was_done(self) -> None:
        made = actions.accept(a_request(), by=BY)
        assert (made.state, made.triaged_by["name"]) == ("accepted", "console:tester")
        done = actions.answer(made, words="Out at noon: https://a.example/1", by=BY)
        assert (done.state, done.why) == ("done", "Out at noon: https://a.example/1")
        assert [event.kind for event in ledger.history(done)] == [
            "requests.asked", "requests.accepted", "requests.answered",
        ]  # fmt: skip

    def test_a_refusal_needs_a_reason_that_can_be_read(self) -> None:
        made = a_request()
        for why in ("", " \n", "\u200b"):
            with pytest.raises(Refusal, match="Say why"):
                actions.refuse(made, why=why, by=BY)
        assert queries.one(made.pk).state == "new"

    def test_the_database_keeps_no_refusal_without_a_reason(self) -> None:
        with pytest.raises(IntegrityError):
            Request.objects.filter(pk=a_request().pk).update(state="refused")

    def test_what_was_refused_can_be_opened_again(self) -> None:
        refused = actions.refuse(a_request(), why="Not ours.", by=BY)
        again = actions.reopen(refused, by=BY)
        assert (again.state, again.why) == ("new", "")
        assert actions.accept(again, by=BY).state == "accepted"

    @pytest.mark.parametrize("start", rules.LIFE)
    @pytest.mark.parametrize("end", rules.LIFE)
    def test_only_the_ways_of_the_graph_are_open(self, start: str, end: str) -> None:
        made = a_request()
        Request.objects.filter(pk=made.pk).update(state=start, why="Because.")
        if rules.may_become(start, end):
            assert move(made, end).state == end
        else:
            with pytest.raises(Refusal, match=rules.IN_WORDS[start]):
                move(made, end)
            assert queries.one(made.pk).state == start

    def test_of_two_answers_to_an_old_page_the_second_is_told_who_was_first(self) -> None:
        seen = a_request()
        actions.refuse(seen, why="Not ours.", by=BY)
        with pytest.raises(Refusal, match=r"is refused \(console:tester\)"):
            actions.accept(seen, by=BY)


def move(request: Request, state: str) -> Request:
    ways = {
        "new": lambda: actions.reopen(request, by=BY),
        "accepted": lambda: actions.accept(request, by=BY),
        "refused": lambda: actions.refuse(request, why="No.", by=BY),
        "done": lambda: actions.answer(request, words="Out.", by=BY),
    }
    return ways[state]()


@pytest.mark.django_db
class TestLooking:
    def test_what_waits_is_listed_by_deadline_and_the_rest_by_age(self, at_noon: None) -> None:
        late = a_request(what="late", deadline="2026-07-09")
        none = a_request(what="none")
        soon = a_request(what="soon", deadline="2026-07-02")
        actions.refuse(a_request(what="refused"), why="No.", by=BY)
        assert list(queries.waiting()) == [soon, late, none]

    def test_open_past_its_deadline_is_overdue_and_settled_is_not(self, at_noon: None) -> None:
        new = a_request(what="new", deadline="2026-07-02")
        accepted = actions.accept(a_request(what="a", deadline="2026-07-02"), by=BY)
        refused = actions.refuse(a_request(what="r", deadline="2026-07-02"), why="No.", by=BY)
        a_request(what="no deadline")
        then = NOON + timedelta(days=2)
        assert set(queries.overdue(then)) == {new, accepted}
        assert not queries.overdue(NOON)
        assert queries.is_overdue(new, then)
        assert not queries.is_overdue(refused, then)

    def test_a_status_page_is_found_by_its_whole_code_alone(self) -> None:
        made = a_request()
        assert queries.by_code(made.code) == made
        assert len(made.code) >= 32
        for code in ("", made.code[:-1], str(made.pk)):
            with pytest.raises(Refusal, match="no request at this address"):
                queries.by_code(code)

    def test_a_draft_begins_with_their_words_and_their_address(self) -> None:
        assert queries.words(a_request(link="https://a.example/b")) == (
            "The pond in Mill Park is fenced off.\n\nhttps://a.example/b"
        )
        boost = a_request(
            kind="boost", what="", partner_name="NHS", boost_url="https://nhs.example/1"
        )
        assert queries.words(boost) == "https://nhs.example/1"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("testclient", "testclient"),
    ],
)
def test_whom_a_limit_counts_as_one(address: str, network: str) -> None:
    assert network_of(address) == network
