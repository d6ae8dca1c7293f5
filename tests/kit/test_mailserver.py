"""One address says which mail server, and how it is spoken to."""

from __future__ import annotations

import pytest

from oyez.kit.mailserver import MailServer, NotAMailServer, is_a_sender, read

SECRET = "s3cr:t@/"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://relay", MailServer("relay", 25, "plain")),
        ("smtp://10.0.0.5:2525", MailServer("10.0.0.5", 2525, "plain")),
        ("smtp://[::1]:2525", MailServer("::1", 2525, "plain")),
        ("smtps://mail.example", MailServer("mail.example", 465, "tls")),
        ("smtp+starttls://mail.example", MailServer("mail.example", 587, "starttls")),
        (
            "smtps://oyez%40council.example:s3cr%3At%40%2F@mail.example",
            MailServer("mail.example", 465, "tls", "oyez@council.example", SECRET),
        ),
        ("smtp://u:p@localhost", MailServer("localhost", 25, "plain", "u", "p")),
        ("smtp://u:p@127.0.0.1:25", MailServer("127.0.0.1", 25, "plain", "u", "p")),
    ],
)
def test_an_address_is_read(url: str, expected: MailServer) -> None:
    assert read(url) == expected


@pytest.mark.parametrize("host", ["mail.example:25", "10.0.0.5", "localhost.example"])
def test_a_password_for_another_machine_never_goes_in_the_clear(host: str) -> None:
    assert read(f"smtp://u:p@{host}").line == "starttls"


@pytest.mark.parametrize(
    "url",
    [
        *("mail.example", "smtp://", "http://mail.example", "smtp://mail.example/inbox"),
        *("smtp://mail.example:99999", "smtp://mail.example?x=y", "smtp://[::1"),
        *("smtp://u:s3cret@", "smtp://u@mail.example", "smtp://:s3cret@mail.example"),
        "smtp://u:s3cret/x@mail.example",  # a slash in the password must be written %2F
    ],
)
def test_another_address_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(NotAMailServer) as refusal:
        read(url)
    assert "s3cret" not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_the_password_is_in_no_picture_of_it() -> None:
    server = read("smtps://u:s3cret@mail.example")
    assert "s3cret" not in f"{server} {server!r}"


@pytest.mark.parametrize("sender", ["oyez@council.example", "Oyez <oyez@council.example>"])
def test_a_sender(sender: str) -> None:
    assert is_a_sender(sender)


@pytest.mark.parametrize(
    "sender",
    ["", "oyez", "oyez@", "@council.example", "a@b.example\nBcc: c@d.example", "a b@c.example"],
)
def test_no_sender(sender: str) -> None:
    assert not is_a_sender(sender)
