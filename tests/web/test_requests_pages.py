"""The form that is open to all, the page of a request, and the desk behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oyez.channels.models import Channel
from oyez.decisions import actions as decisions
from oyez.decisions import queries as decided
from oyez.decisions.models import Found, Review
from oyez.decisions.rules import Asked
from oyez.deliveries import actions as deliveries
from oyez.deliveries import shift
from oyez.kit import clock
from oyez.partners import actions as registers
from oyez.partners.rules.partners import Said
from oyez.people import actions as people
from oyez.people.models import Person
from oyez.people.rules import APPROVER, WRITER
from oyez.posts import actions as posts
from oyez.posts import queries as post_queries
from oyez.posts.draft import Draft
from oyez.posts.models import Post, Wording
from oyez.requests import actions
from oyez.requests.models import Request
from oyez.web import times
from tests.factories import BY, a_channel, a_request
from tests.fakes.networks import Findable, fakes
from tests.jobs import run_jobs
from tests.web.conftest import page

pytestmark = pytest.mark.django_db

SAY = {
    "what": "The pond in Mill Park is fenced off.",
    "purpose": "Children must not climb in.",
    "from_name": "Ada Parks",
    "from_email": "ada@parks.example",
}


def kept(answer, name: str) -> str:
    """What stands in this field of the page."""
    field = BeautifulSoup(answer.content, "html.parser").select_one(f"[name={name}]")
    return field.get_text().strip() if field.name == "textarea" else field.get("value", "")


class TestTheForm:
    def test_a_stranger_asks_and_is_led_to_a_page_of_its_own(self, client: Client) -> None:
        answer = client.post("/ask", SAY, follow=True)
        made = Request.objects.get()
        assert answer.redirect_chain == [(f"/ask/{made.code}", 302)]
        assert (made.by["kind"], made.state) == ("public", "new")
        assert "We have your request." in page(answer)

    def test_a_wrong_answer_keeps_every_field(self, client: Client) -> None:
        sent = {
            **SAY, "from_email": "ada", "audience": "Families", "link": "javascript:alert(1)",
            "evidence": "<b>seen</b>", "day": "2000-01-01", "hour": "09:00", "team": "Parks",
        }  # fmt: skip
        answer = client.post("/ask", sent)
        assert answer.status_code == 422
        for name, words in sent.items():
            assert kept(answer, name) == words
        seen = BeautifulSoup(answer.content, "html.parser")
        summary = [link["href"] for link in seen.select(".govuk-error-summary a")]
        assert summary == ["#id_link", "#id_day", "#id_from_email"]
        assert not seen.select("b")
        assert not Request.objects.exists()

    def test_a_boost_is_asked_for_what_a_boost_needs(self, client: Client) -> None:
        answer = client.post("/ask?kind=boost", SAY)
        assert answer.status_code == 422
        assert "Enter the web address of the message" in page(answer)
        assert client.post("/ask", {**SAY, "kind": "boost"}).status_code == 302
        assert Request.objects.get().kind == "say"

    def test_where_a_register_is_kept_a_boost_chooses_a_partner(
        self, client: Client, officer: Client
    ) -> None:
        nhs = registers.add_partner(Said(name="NHS Tamarshire", kind="health"), by=BY)
        seen = BeautifulSoup(client.get("/ask?kind=boost").content, "html.parser")
        assert [o["value"] for o in seen.select("[name=partner_name] option")] == ["", nhs.name]
        sent = {**SAY, "boost_url": "https://nhs.example/1", "partner_name": "Somebody"}
        assert "from our register" in page(client.post("/ask?kind=boost", sent))
        client.post("/ask?kind=boost", {**sent, "partner_name": nhs.name})
        here = f"/requests/{Request.objects.get().pk}"
        assert "Yes, and the agreement holds." in page(officer.get(here))
        registers.retire_partner(nhs, by=BY)
        assert "No. Check with them before you boost it." in page(officer.get(here))

    def test_a_program_that_fills_in_what_nobody_sees_is_asked_again(self, client: Client) -> None:
        answer = client.post("/ask", {**SAY, "homepage": "https://pills.example"})
        assert answer.status_code == 422
        assert "A field that people do not see was filled in." in page(answer)
        assert (kept(answer, "homepage"), kept(answer, "what")) == ("", SAY["what"])
        assert not Request.objects.exists()
        assert "Leave this empty" in page(answer)  # for who has the page read aloud

    def test_what_nobody_was_asked_for_changes_nothing(self, client: Client) -> None:
        more = {"state": "accepted", "code": "mine", "id": "7", "by": "console", "made_at": "2020"}
        client.post("/ask", {**SAY, **more})
        made = Request.objects.get()
        assert (made.state, made.by["kind"]) == (Request.State.NEW, "public")
        assert made.code != "mine"
        assert made.made_at.year > 2020

    def test_an_answer_in_the_address_is_none(self, client: Client) -> None:
        without = {name: said for name, said in SAY.items() if name != "what"}
        assert client.post(f"/ask?what={SAY['what']}", without).status_code == 422
        twice = {**SAY, "what": ["First", "Last"]}
        client.post("/ask", twice)
        assert Request.objects.get().what == "Last"

    def test_a_flood_is_held_up_with_every_field_kept(
        self, client: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        for number in range(10):
            assert client.post("/ask", {**SAY, "what": f"Number {number}"}).status_code == 302
        answer = client.post("/ask", SAY)
        assert (answer.status_code, kept(answer, "what")) == (429, SAY["what"])
        assert "Too many requests from one connection" in caplog.text
        assert "Wait an hour" in page(answer)
        elsewhere = client.post("/ask", SAY, REMOTE_ADDR="192.0.2.9")
        assert elsewhere.status_code == 302

    def test_more_than_fits_is_said_with_the_count(self, client: Client) -> None:
        answer = client.post("/ask", {**SAY, "what": "x" * 5001})
        assert answer.status_code == 422
        assert "Use 5,000 characters or fewer. There are 5,001" in page(answer)

    def test_ten_megabytes_are_not_even_read(self, client: Client) -> None:
        answer = client.post("/ask", {**SAY, "what": "x" * 10_000_000})
        assert answer.status_code == 400
        assert "Nothing was changed." in page(answer)
        assert not Request.objects.exists()

    def test_a_form_of_another_site_is_refused(self) -> None:
        strict = Client(enforce_csrf_checks=True)
        assert strict.post("/ask", SAY).status_code == 403
        assert not Request.objects.exists()

    @pytest.mark.parametrize(
        ("day", "hour", "words"),
        [("2027-03-28", "01:30", "skip"), ("2027-10-31", "01:30", "twice"), ("", "14:60", "Write")],
    )
    def test_a_time_that_does_not_exist(
        self, client: Client, day: str, hour: str, words: str
    ) -> None:
        answer = client.post("/ask", {**SAY, "day": day, "hour": hour})
        assert answer.status_code == 422
        assert words in page(answer)

    def test_the_hour_the_clocks_show_twice_can_be_said(self, client: Client) -> None:
        sent = {**SAY, "day": "2027-10-31", "hour": "01:30+01:00"}
        assert client.post("/ask", sent).status_code == 302

    def test_somebody_signed_in_is_known_and_asks_in_their_own_name(self, reader: Client) -> None:
        assert kept(reader.get("/ask"), "from_email") == "rhys@council.example"
        reader.post("/ask", SAY)
        assert Request.objects.get().by["name"] == "Rhys Reader"

    def test_a_closed_form_is_closed_to_strangers_alone(
        self, settings, client: Client, reader: Client
    ) -> None:
        made = a_request()
        settings.OYEZ = replace(settings.OYEZ, public_requests=False)
        for answer in (client.get("/ask"), client.post("/ask", SAY)):
            assert answer.status_code == 404
            assert "This form is closed" in page(answer)
        assert Request.objects.count() == 1
        assert reader.get("/ask").status_code == 200
        assert client.get(f"/ask/{made.code}").status_code == 200


class TestThePageOfARequest:
    def test_it_says_what_became_of_it_and_names_nobody(self, client: Client) -> None:
        made = a_request(evidence="Ranger Smith saw it")
        actions.refuse(made, why="The Herald has said it.\nSee https://herald.example/1", by=BY)
        answer = client.get(f"/ask/{made.code}")
        assert "Refused" in page(answer)
        assert 'href="https://herald.example/1"' in answer.content.decode()
        for secret in ("ada@parks.example", "Ada Parks", "tester", "Ranger Smith"):
            assert secret not in page(answer)

    def test_it_is_for_no_index_and_no_cache(self, client: Client) -> None:
        answer = client.get(f"/ask/{a_request().code}")
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Referrer-Policy"] == "same-origin"

    def test_another_code_finds_nothing(self, client: Client) -> None:
        made = a_request()
        for code in (str(made.pk), made.code[:-1], "x" * 32, "%00"):
            assert client.get(f"/ask/{code}").status_code == 404

    def test_an_accepted_one_that_was_opened_again_waits(self, client: Client) -> None:
        made = actions.refuse(a_request(), why="Not ours.", by=BY)
        actions.reopen(made, by=BY)
        said = page(client.get(f"/ask/{made.code}"))
        assert "We have your request." in said
        assert "Not ours." not in said
        assert "Answered" not in said


CANARY = "Wren"
"""Stands in everything that is ours alone."""


@pytest.fixture
def at_work(request: pytest.FixtureRequest) -> Iterator[Request]:
    """An accepted request whose message is a draft: name, words, comment, colleague and finding
    have the canary in them.
    """
    request.getfixturevalue("transactional_db")
    with fakes(Findable):
        asked = actions.accept(a_request(), by=BY)
        channel = a_channel(name=f"{CANARY} channel")
        Channel.objects.update(handle="@council")
        decisions.set_steps(channel, [Asked(role=APPROVER)], by=BY)
        words = f"{CANARY}s are back."
        to = (channel.pk,)
        draft = Draft(text=words, to=to, title=f"{CANARY} name", request=asked.pk)
        post = posts.start(draft, by=_somebody(f"{CANARY} Writer"))
        posts.comment(post, f"{CANARY} says no.", by=BY)
        yield asked
    shift.end()


def _somebody(name: str, role: str = WRITER) -> Person:
    return people.invite(f"{role}@council.example", name=name, role=role, by=BY)


def of(asked: Request) -> Post:
    return post_queries.made_of(asked).get()


def approved(asked: Request) -> None:
    review = decided.review_of(of(asked))
    name = f"{CANARY} Approver"
    by = Person.objects.filter(name=name).first() or _somebody(name, APPROVER)
    decisions.vote_yes(review, digest=review.digest, by=by, reason=f"{CANARY} yes.")
    run_jobs()


@pytest.mark.django_db(transaction=True)
class TestWhatBecameOfIt:
    def test_nothing_of_ours_is_told_before_it_is_out(
        self, client: Client, at_work: Request
    ) -> None:
        here = f"/ask/{at_work.code}"
        self._tells(client.get(here), "It is being written.")
        decisions.hand_in(of(at_work), by=Person.objects.get(name=f"{CANARY} Writer"))
        run_jobs()
        review, wording = (
            Review.objects.get(),
            Wording.objects.get(channel__network="fake_findable"),
        )
        found = {"level": 1, "message": f"{CANARY} finding", "words": [f"{CANARY} finding"]}
        Found.objects.create(review=review, wording=wording, check_id="AC-9", **found)
        self._tells(client.get(here), "It is written and waits for approval.")
        approved(at_work)
        answer = client.get(here)
        said = page(answer)
        assert "It is out on 1 channel." in said
        assert f"{CANARY}s are back." in said
        for secret in ("name", "channel", "Writer", "Approver", "says no", "yes.", "finding"):
            assert f"{CANARY} {secret}" not in answer.content.decode()
        assert 'href="https://fake.example/1"' in answer.content.decode()

    def _tells(self, answer, sentence: str) -> None:
        assert sentence in page(answer)
        assert "We will say it." in page(answer)
        assert CANARY not in answer.content.decode()
        assert "is not counted" not in page(answer)

    def test_a_time_is_told_in_words(self, client: Client, at_work: Request) -> None:
        post = of(at_work)
        wall = f"{clock.now() + timedelta(days=1):%Y-%m-%dT12:00}"
        later = replace(post.draft, wall=wall, zone="UTC")
        posts.save(post, later, based_on=post.version, by=BY)
        decisions.hand_in(of(at_work), by=Person.objects.get(name=f"{CANARY} Writer"))
        run_jobs()
        approved(at_work)
        answer = client.get(f"/ask/{at_work.code}")
        goes = datetime.fromisoformat(wall).replace(tzinfo=UTC)
        self._tells(answer, f"It is planned for {times.in_full(goes)}.")

    def test_a_correction_and_taking_down_are_told(self, client: Client, at_work: Request) -> None:
        decisions.hand_in(of(at_work), by=Person.objects.get(name=f"{CANARY} Writer"))
        run_jobs()
        approved(at_work)
        draft = deliveries.correct(of(at_work), by=BY)
        newer = draft.draft.saying(f"{CANARY}s were back.")
        decisions.hand_in(posts.save(draft, newer, based_on=draft.version, by=BY), by=BY)
        run_jobs()
        said = page(client.get(f"/ask/{at_work.code}"))
        assert "s are back." in said
        assert "Corrected on" not in said
        approved(at_work)
        said = page(client.get(f"/ask/{at_work.code}"))
        assert "s were back." in said
        assert "Corrected on Findable, @council" in said
        deliveries.take_down(of(at_work), reason=f"{CANARY} was wrong.", by=BY)
        run_jobs()
        answer = client.get(f"/ask/{at_work.code}")
        assert "It was out, and was taken down." in page(answer)
        assert "Taken down from Findable, @council" in page(answer)
        assert CANARY not in answer.content.decode()
        assert "fake.example" not in answer.content.decode()

    def test_colleagues_go_from_the_request_to_its_messages_and_back(
        self, officer: Client, at_work: Request
    ) -> None:
        post = of(at_work)
        here, there = f"/requests/{at_work.pk}", f"/messages/{post.pk}"
        assert f'href="{there}"' in officer.get(here).content.decode()
        assert f'href="{here}"' in officer.get(there).content.decode()


class TestTheDesk:
    def test_only_who_is_signed_in_sees_it(self, client: Client) -> None:
        assert client.get("/requests").status_code == 302
        assert client.get(f"/requests/{a_request().pk}").status_code == 302

    def test_hidden_characters_are_shown_and_markup_is_none(self, officer: Client) -> None:
        made = a_request(
            what="<script>alert(1)</script> pay\u200bment \u202egpj", evidence="javascript:alert(1)"
        )
        for address in ("/requests", f"/requests/{made.pk}"):
            answer = officer.get(address)
            assert "pay⟨U+200B⟩ment ⟨U+202E⟩gpj" in page(answer)
            assert "<script>alert" not in answer.content.decode()
            assert 'href="javascript' not in answer.content.decode()

    def test_a_reader_sees_the_words_and_neither_name_nor_address(self, reader: Client) -> None:
        made = a_request()
        said = page(reader.get(f"/requests/{made.pk}"))
        assert "The pond in Mill Park" in said
        for secret in ("ada@parks.example", "Ada Parks", made.code, "Accept"):
            assert secret not in said
        for verb in ("accept", "refuse", "done", "reopen"):
            assert reader.post(f"/requests/{made.pk}/{verb}", {"words": "x"}).status_code == 403
        assert Request.objects.get().state == "new"

    def test_accepting_leads_to_the_page_for_writing_once_there_is_one(
        self, officer: Client
    ) -> None:
        made = a_request()
        assert officer.get(f"/requests/{made.pk}/accept").status_code == 405
        answer = officer.post(f"/requests/{made.pk}/accept")
        assert answer.status_code == 302
        assert answer["Location"] in {f"/requests/{made.pk}", f"/write?request={made.pk}"}

    def test_an_answer_to_an_old_page_is_told_so(self, officer: Client) -> None:
        made = actions.refuse(a_request(), why="Not ours.", by=BY)
        answer = officer.post(f"/requests/{made.pk}/accept", follow=True)
        assert f"Request {made.pk} is refused (console:tester)." in page(answer)
        answer = officer.post(f"/requests/{made.pk}/refuse", {"words": "Mine too"})
        assert answer.status_code == 422
        assert kept(answer, "words") == "Mine too"

    def test_a_refusal_without_a_reason_is_asked_for_it(self, officer: Client) -> None:
        made = a_request()
        answer = officer.post(f"/requests/{made.pk}/refuse", {"words": " "})
        assert answer.status_code == 422
        assert "Say why: whoever asked reads it" in page(answer)
        assert Request.objects.get().state == "new"

    def test_an_unknown_request_is_not_found(self, officer: Client) -> None:
        for verb in ("", "/accept", "/refuse", "/done", "/reopen"):
            assert officer.post(f"/requests/999{verb}").status_code in {404, 405}
        assert officer.get("/requests/999").status_code == 404

    def test_a_long_list_asks_as_little_as_a_short_one(self, officer: Client) -> None:
        a_request()
        few = queries_of(officer)
        for number in range(30):
            a_request(what=f"Number {number}")
        assert queries_of(officer) == few
        assert "Number 29" not in page(officer.get("/requests"))
        assert "Number 29" in page(officer.get("/requests?page=2"))


def queries_of(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get("/requests")
    return len(asked)


def test_the_navigation_counts_what_is_new(officer: Client) -> None:
    accepted = a_request(what="One")
    a_request(what="Two")
    actions.accept(accepted, by=BY)
    assert "Requests (1)" in page(officer.get("/messages"))
