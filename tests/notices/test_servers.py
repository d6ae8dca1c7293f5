"""Certain whom we speak to, and no password in the clear, on a page or in the log."""

from __future__ import annotations

import base64
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from oyez.ledger.actor import Refusal
from oyez.notices import actions
from oyez.notices.models import Posting
from oyez.people.models import Person
from tests.cli.test_verbs import listed, oyez
from tests.factories import BY
from tests.notices.conftest import posts_by
from tests.notices.test_mail import post_goes, stops
from tests.servers.certificates import make
from tests.servers.mailbox import Mailbox, mailbox

pytestmark = pytest.mark.django_db(transaction=True)

SECRET = "hunter2 and more"
WRITTEN = "hunter2%20and%20more"
SENT = base64.b64encode(SECRET.encode()).decode()


@pytest.fixture
def locked(settings: Any) -> Iterator[Mailbox]:
    """A server on this machine that wants a name and a password."""
    with mailbox(user="oyez", password=SECRET) as box:
        posts_by(settings, f"smtp://oyez:{WRITTEN}@127.0.0.1:{box.port}")
        yield box


def test_a_name_and_a_password_open_the_server(ada: Person, locked: Mailbox) -> None:
    stops()
    post_goes()
    assert locked.letter.to == [ada.email]


def test_a_wrong_password_is_one_clear_sentence_and_is_tried_again(
    ada: Person, locked: Mailbox, settings: Any
) -> None:
    posts_by(settings, f"smtp://oyez:wrong@127.0.0.1:{locked.port}")
    stops()
    post_goes()
    posting = Posting.objects.get()
    assert posting.state == "waiting"
    assert posting.why == (
        f"The mail server 127.0.0.1:{locked.port} refuses the name or password in OYEZ_MAIL_URL. "
        "Correct it and start Oyez again. It says: 535 5.7.8 Username and Password not accepted"
    )


@pytest.mark.parametrize(
    "secret", [SECRET, SENT, base64.b64encode(f"\0oyez\0{SECRET}".encode()).decode()]
)
def test_a_server_that_repeats_our_password_does_not_bring_it_to_light(
    ada: Person, locked: Mailbox, caplog: pytest.LogCaptureFixture, secret: str
) -> None:
    caplog.set_level(logging.DEBUG)
    locked.says["AUTH"] = f"535 5.7.8 {secret} is wrong"
    stops()
    post_goes()
    assert "… is wrong" in Posting.objects.get().why
    assert secret not in caplog.text + Posting.objects.get().why


def test_a_server_that_breaks_off_at_the_password_does_not_either(
    ada: Person, locked: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    locked.says["AUTH"] = ""
    stops()
    post_goes()
    assert "broke off" in Posting.objects.get().why
    for hidden in (SECRET, WRITTEN, SENT):
        assert hidden not in caplog.text + Posting.objects.get().why


def test_a_server_that_wants_a_password_and_has_none_says_so(
    ada: Person, locked: Mailbox, settings: Any
) -> None:
    posts_by(settings, f"smtp://127.0.0.1:{locked.port}")
    stops()
    post_goes()
    assert "530 5.7.0 Authentication required" in Posting.objects.get().why


@pytest.mark.parametrize(("line", "scheme"), [("tls", "smtps"), ("starttls", "smtp+starttls")])
def test_a_password_goes_under_tls(
    ada: Person, settings: Any, tmp_path: Path, line: Any, scheme: str
) -> None:
    tls, bundle = make(tmp_path)
    with mailbox(user="oyez", password=SECRET, line=line, tls=tls) as box:
        url = f"{scheme}://oyez:{WRITTEN}@127.0.0.1:{box.port}"
        posts_by(settings, url, ca_file=str(bundle))
        stops()
        post_goes()
        assert (len(box.got), box.over_tls) == (1, [True])


@pytest.mark.parametrize(("line", "scheme"), [("tls", "smtps"), ("starttls", "smtp+starttls")])
def test_who_cannot_prove_who_they_are_gets_no_password(
    ada: Person, settings: Any, tmp_path: Path, line: Any, scheme: str
) -> None:
    tls, _ = make(tmp_path)
    with mailbox(user="oyez", password=SECRET, line=line, tls=tls) as box:
        posts_by(settings, f"{scheme}://oyez:{WRITTEN}@127.0.0.1:{box.port}")
        stops()
        post_goes()
        assert (box.got, box.over_tls) == ([], [])
    assert "cannot prove who it is" in Posting.objects.get().why


def test_a_server_without_starttls_gets_no_password(
    ada: Person, locked: Mailbox, settings: Any
) -> None:
    posts_by(settings, f"smtp+starttls://oyez:{WRITTEN}@127.0.0.1:{locked.port}")
    stops()
    post_goes()
    assert (locked.got, locked.over_tls) == ([], [])
    assert "cannot do what OYEZ_MAIL_URL asks: STARTTLS" in Posting.objects.get().why


def test_a_port_without_tls_is_said(ada: Person, locked: Mailbox, settings: Any) -> None:
    posts_by(settings, f"smtps://oyez:{WRITTEN}@127.0.0.1:{locked.port}")
    stops()
    post_goes()
    assert "does not speak TLS there" in Posting.objects.get().why


def test_a_test_says_what_the_server_answered(box: Mailbox) -> None:
    said = oyez("notices", "test", "ada@council.example")
    assert said.exit_code == 0
    assert said.output == (
        "The mail server took the test for ada@council.example. "
        "It answered: 250 2.0.0 Queued as 1\n"
    )
    assert box.letter.to == ["ada@council.example"]
    assert [(row["kind"], row["state"]) for row in listed("notices", "log")] == [("test", "sent")]


def test_a_test_that_is_refused_says_why_and_is_not_tried_again(box: Mailbox) -> None:
    box.says["RCPT"] = "451 4.7.1 Greylisted"
    said = oyez("notices", "test", "ada@council.example")
    assert said.exit_code == 1
    assert "451 4.7.1 Greylisted" in said.output
    assert Posting.objects.get().state == "failed"


@pytest.mark.parametrize("address", ["ada", "ada@council.example\r\nBcc: eve@bad.example", ""])
def test_what_is_no_address_is_refused(box: Mailbox, address: str) -> None:
    with pytest.raises(Refusal, match="not an e-mail address"):
        actions.send_test(address, by=BY)
    assert box.heard == []


def test_without_a_mail_server_a_test_says_what_to_set() -> None:
    said = oyez("notices", "test", "ada@council.example")
    assert said.exit_code == 1
    assert "Set OYEZ_MAIL_URL and OYEZ_MAIL_FROM" in said.output


def test_notices_are_listed_by_person(ada: Person) -> None:
    stops()
    post_goes()
    (row,) = listed("notices", "list", "--person", ada.email)
    assert (row["person"], row["topic"], row["read_at"]) == (ada.email, "stops", None)
    assert oyez("notices", "list", "--person", "nobody@council.example").exit_code == 1
