"""E-mail goes out once, says what it is about, and leads to a page. A real mail server judges."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from oyez.channels import actions as channels
from oyez.emergency import actions as emergency
from oyez.kit import clock
from oyez.notices import actions, jobs, queries, rules
from oyez.notices.models import Notice, Posting
from oyez.people import actions as people
from oyez.people.models import Person
from oyez.posts import actions as posts
from tests.entering import signed_in
from tests.factories import BY, a_channel
from tests.jobs import run_jobs
from tests.notices.conftest import Clock, SomeBody, posts_by
from tests.servers.mailbox import Mailbox

pytestmark = pytest.mark.django_db(transaction=True)


def stops(why: str = "Storm") -> None:
    """Something that everybody on duty is told at once."""
    emergency.stop(None, why=why, by=BY)
    emergency.resume(None, by=BY)


def post_goes() -> None:
    """Tell, hand out what is due, deliver it: what a worker does."""
    run_jobs()
    actions.hand_out(jobs.deliver)
    run_jobs()


def the_posting() -> Posting:
    return Posting.objects.get()


def test_an_e_mail_says_what_happened_and_leads_to_its_page(ada: Person, box: Mailbox) -> None:
    stops()
    post_goes()
    assert (box.letter.sender, box.letter.to) == ("oyez@council.example", [ada.email])
    assert box.letter.subject == "Somebody on the command line stopped all sending: Storm"
    assert re.findall(r"\S+://\S+", box.letter.text) == ["https://oyez.council.example/stop"]
    assert box.letter.letter["Auto-Submitted"] == "auto-generated"
    posting = the_posting()
    assert (posting.state, posting.address, posting.count) == ("sent", ada.email, 1)


def test_without_a_mail_server_the_page_tells_and_nothing_waits(ada: Person) -> None:
    stops()
    post_goes()
    assert queries.unread(ada) == 1
    assert not Posting.objects.exists()


def test_no_e_mail_goes_to_the_address_of_the_first_start(box: Mailbox, client: Client) -> None:
    people.first_link(by=BY)
    first = Person.objects.get()
    actions.choose({"channels": rules.DIGEST}, clock.now().time(), by=first)
    stops()
    channels.signed_out(a_channel(), "Withdrawn.", by=BY)
    post_goes()
    actions.gather_digests()
    assert (queries.unread(first), Posting.objects.count()) == (2, 0)
    signed_in(first, client)
    assert "which is not a real address" in client.get("/notices/choose").content.decode()


def test_who_wants_the_page_only_gets_no_e_mail(ada: Person, box: Mailbox) -> None:
    actions.choose({"stops": rules.PAGE}, rules.DIGEST_AT, by=ada)
    stops()
    post_goes()
    assert (queries.unread(ada), box.got) == (1, [])


def test_a_burst_is_one_e_mail_at_once_and_one_a_minute_later(
    ada: Person, box: Mailbox, time: Clock
) -> None:
    stops("First")
    post_goes()
    for number in range(5):
        stops(f"Number {number}")
    post_goes()
    assert len(box.got) == 1
    time.moves(timedelta(seconds=61))
    post_goes()
    assert [got.subject for got in box.got][1] == "Sending is stopped: 5 notices"
    assert all(f"Number {number}" in box.got[1].text for number in range(5))
    assert re.findall(r"\S+://\S+", box.got[1].text) == ["https://oyez.council.example/notices"]


def test_another_topic_does_not_wait_for_the_first(ada: Person, box: Mailbox, time: Clock) -> None:
    stops()
    channels.signed_out(a_channel(), "Withdrawn.", by=BY)
    post_goes()
    assert len(box.got) == 2


def test_a_server_that_is_away_is_tried_again_until_it_is_back(
    ada: Person, settings: Any, box: Mailbox, time: Clock
) -> None:
    here = settings.OYEZ
    posts_by(settings, "smtp://127.0.0.1:1")
    stops()
    post_goes()
    posting = the_posting()
    assert posting.state == "waiting"
    assert posting.why == "The mail server 127.0.0.1:1 does not answer."
    assert posting.due_at == time.now + timedelta(minutes=1)
    settings.OYEZ = here
    post_goes()
    assert box.got == []  # not before its time
    time.moves(timedelta(minutes=1))
    post_goes()
    assert len(box.got) == 1
    assert (the_posting().state, the_posting().tries, the_posting().why) == ("sent", 2, "")


def test_pauses_grow_to_an_hour() -> None:
    pauses = [rules.back_off(tries) for tries in (1, 2, 3, 7, 50)]
    assert [pause.total_seconds() / 60 for pause in pauses] == [1, 2, 4, 60, 60]


@pytest.mark.parametrize(
    ("verb", "answer", "state", "why"),
    [
        ("RCPT", "550 5.1.1 No such mailbox", "failed", "550 5.1.1 No such mailbox"),
        ("RCPT", "451 4.7.1 Greylisted", "waiting", "451 4.7.1 Greylisted"),
        ("MAIL", "550 5.7.1 Not your address", "waiting", "OYEZ_MAIL_FROM: 550"),
        ("DATA", "554 5.7.1 No", "failed", "554 5.7.1 No"),
        ("DATA", "451 4.3.0 Later", "waiting", "451 4.3.0 Later"),
        ("CONNECT", "554 5.7.1 Not from there", "waiting", "554 5.7.1 Not from there"),
        ("AFTER DATA", "554 5.6.0 Spam", "failed", "554 5.6.0 Spam"),
        ("AFTER DATA", "452 4.3.1 Disk full", "waiting", "452 4.3.1 Disk full"),
        ("AFTER DATA", "", "waiting", "broke off before it had said yes"),
        ("CONNECT", "421 4.3.2 Shutting down", "waiting", "421 4.3.2 Shutting down"),
        ("CONNECT", "", "waiting", "broke off before it had said yes"),
        ("MAIL", "hello there", "waiting", "The mail server 127.0.0.1"),
    ],
)
def test_what_a_server_says_decides(
    ada: Person, box: Mailbox, verb: str, answer: str, state: str, why: str
) -> None:
    box.says[verb] = answer
    stops()
    post_goes()
    posting = the_posting()
    assert (posting.state, why in posting.why) == (state, True), posting.why


@pytest.mark.parametrize("verb", ["CONNECT", "RCPT", "AFTER DATA"])
def test_a_server_that_says_nothing_more_is_given_up_for_now(
    ada: Person, box: Mailbox, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    monkeypatch.setattr("oyez.notices.mail.TIMEOUT", 0.3)
    box.says[verb] = None
    stops()
    post_goes()
    assert the_posting().state == "waiting"
    assert the_posting().why


def test_a_letter_whose_answer_got_lost_comes_again_under_the_same_number(
    ada: Person, box: Mailbox, time: Clock
) -> None:
    box.says["AFTER DATA"] = ""
    stops()
    post_goes()
    box.says.clear()
    time.moves(timedelta(minutes=2))
    post_goes()
    first, second = (got.letter["Message-ID"] for got in box.got)
    assert first == second
    assert the_posting().state == "sent"


def test_a_goodbye_that_fails_takes_nothing_back(ada: Person, box: Mailbox) -> None:
    box.says["QUIT"] = ""
    stops()
    post_goes()
    assert the_posting().state == "sent"


def test_a_job_that_dies_in_the_middle_is_noticed_and_nothing_is_lost(
    ada: Person, box: Mailbox, time: Clock
) -> None:
    stops()
    run_jobs()
    actions.hand_out(jobs.deliver)
    forget_the_job()
    post_goes()
    assert (box.got, the_posting().state) == ([], "sending")
    time.moves(timedelta(minutes=2))
    post_goes()
    post_goes()
    assert (len(box.got), the_posting().state) == (1, "sent")


def forget_the_job() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from procrastinate_jobs where task_name like '%notices.jobs.deliver'"
        )


def test_what_is_told_while_an_e_mail_fails_joins_it(
    ada: Person, box: Mailbox, time: Clock
) -> None:
    stops("First")
    run_jobs()
    actions.hand_out(jobs.deliver)
    stops("Second")  # its e-mail waits while the first is in hand
    box.says["RCPT"] = "451 4.7.1 Later"
    run_jobs()
    assert Notice.objects.filter(posting=the_posting()).count() == 2
    box.says.clear()
    time.moves(timedelta(minutes=2))
    post_goes()
    assert "First" in box.letter.text
    assert "Second" in box.letter.text


def test_after_three_days_it_is_given_up_and_says_so(
    ada: Person, box: Mailbox, time: Clock
) -> None:
    box.says["RCPT"] = "451 4.7.1 Later"
    stops()
    post_goes()
    time.moves(timedelta(hours=2))
    post_goes()
    assert "1 e-mail has been failing for over an hour." in queries.troubles()[0]
    assert "451 4.7.1 Later" in queries.troubles()[0]
    time.moves(timedelta(days=3))
    post_goes()
    assert the_posting().state == "failed"
    assert queries.troubles() == [
        "1 e-mail has been given up since yesterday. See: oyez notices log"
    ]
    time.moves(timedelta(days=2))
    assert queries.troubles() == []


def test_an_e_mail_that_failed_a_minute_ago_is_no_trouble_yet(ada: Person, box: Mailbox) -> None:
    box.says["RCPT"] = "451 4.7.1 Later"
    stops()
    post_goes()
    assert queries.troubles() == []


def test_who_left_meanwhile_gets_nothing_but_that_they_have_left(
    ada: Person, someone: SomeBody, box: Mailbox
) -> None:
    stops()
    run_jobs()
    people.remove(ada, by=BY)
    post_goes()
    assert box.letter.subject.startswith("Somebody on the command line removed you")
    assert Posting.objects.get(topic="stops").why == "The person is no longer here."


@pytest.mark.parametrize(
    "nasty",
    ["x\r\nBcc: eve@bad.example\r\n\r\nBuy", "x\nSubject: y", "x\u2028Bcc: eve@bad.example"],
)
def test_no_name_and_no_title_can_add_a_line_to_the_head(
    someone: SomeBody, box: Mailbox, nasty: str
) -> None:
    ada, ben = someone("Ada"), someone("Ben")
    Person.objects.filter(pk=ada.pk).update(name=nasty)
    Person.objects.filter(pk=ben.pk).update(name=nasty)
    ben.refresh_from_db()
    post = posts.write("Hello", to=[a_channel()], by=ada)
    type(post).objects.update(title=nasty)
    actions.choose({"comments": rules.AT_ONCE, "approved": rules.OFF}, rules.DIGEST_AT, by=ada)
    posts.comment(post, nasty, by=ben)
    post_goes()
    assert box.letter.to == [ada.email]
    head = box.letter.letter
    assert sorted(head.keys()) == sorted(
        [
            *("Content-Type", "Content-Transfer-Encoding", "MIME-Version", "Subject", "From", "To"),
            *("Date", "Message-ID", "Auto-Submitted"),
        ]
    )
    assert "eve" not in str(head["To"])


def test_letters_of_other_alphabets_arrive_whole(ada: Person, box: Mailbox) -> None:
    stops("Mae’r lorïau graeanu allan heno 🧊")
    post_goes()
    assert box.letter.subject.endswith("Mae’r lorïau graeanu allan heno 🧊")
    assert "Mae’r lorïau graeanu allan heno 🧊" in box.letter.text


def test_a_line_that_is_one_dot_ends_no_letter(ada: Person, box: Mailbox) -> None:
    Person.objects.update(name=".")
    stops("One\n.\ntwo")
    post_goes()
    assert "One . two" in box.letter.text
    assert "See it:" in box.letter.text


MORNING = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def digests(ada: Person, time: Clock, *, told_at: datetime) -> None:
    actions.choose({"stops": rules.DIGEST}, rules.DIGEST_AT, by=ada)
    time.stands_at(told_at)
    stops("One")
    stops("Two")
    run_jobs()


def digest_comes() -> int:
    made = actions.gather_digests()
    post_goes()
    return made


def test_a_digest_comes_once_a_day_with_what_is_unread(
    ada: Person, box: Mailbox, time: Clock
) -> None:
    digests(ada, time, told_at=MORNING - timedelta(hours=10))
    time.stands_at(MORNING - timedelta(seconds=1))
    assert digest_comes() == 0
    time.stands_at(MORNING)
    assert digest_comes() == 1
    assert box.letter.subject == "2 notices you have not read"
    stops("Three")
    run_jobs()
    time.moves(timedelta(hours=5))
    assert digest_comes() == 0
    time.moves(timedelta(hours=19))
    assert digest_comes() == 1
    assert "Three" in box.got[1].text
    assert "One" not in box.got[1].text


def test_what_was_read_on_the_page_is_in_no_digest(ada: Person, box: Mailbox, time: Clock) -> None:
    digests(ada, time, told_at=MORNING - timedelta(hours=1))
    actions.read(Notice.objects.order_by("id")[0].pk, by=ada)
    time.stands_at(MORNING)
    digest_comes()
    assert box.letter.subject == "1 notice you have not read"
    assert "One" not in box.letter.text


def test_what_is_told_after_the_hour_waits_for_the_next_day(
    ada: Person, box: Mailbox, time: Clock
) -> None:
    digests(ada, time, told_at=MORNING + timedelta(minutes=1))
    time.moves(timedelta(hours=1))
    assert digest_comes() == 0
    time.stands_at(MORNING + timedelta(days=1))
    assert digest_comes() == 1


def test_a_house_that_slept_at_the_hour_sends_the_digest_later(
    ada: Person, box: Mailbox, time: Clock
) -> None:
    digests(ada, time, told_at=MORNING - timedelta(hours=1))
    time.stands_at(MORNING + timedelta(hours=3))
    assert digest_comes() == 1


def test_a_digest_comes_at_the_hour_on_the_wall_in_summer_too(
    ada: Person, box: Mailbox, time: Clock
) -> None:
    summer = datetime(2026, 7, 1, 7, 0, tzinfo=UTC)  # eight in London
    digests(ada, time, told_at=summer - timedelta(hours=1))
    time.stands_at(summer - timedelta(seconds=1))
    assert digest_comes() == 0
    time.stands_at(summer)
    assert digest_comes() == 1
