"""The mail server in the settings: refused in one sentence, and never with its password."""

from __future__ import annotations

import pytest

from oyez.project import env

SENDER = {"OYEZ_MAIL_FROM": "oyez@council.example"}


def test_without_a_setting_there_is_no_mail_server() -> None:
    assert env.read({}).mail is None


def test_a_mail_server_and_its_sender_are_read() -> None:
    settings = env.read({"OYEZ_MAIL_URL": "smtps://u:s3cret@mail.example", **SENDER})
    assert (str(settings.mail), settings.mail_from) == ("mail.example:465", "oyez@council.example")


def test_the_password_is_in_no_picture_of_the_settings() -> None:
    settings = env.read({"OYEZ_MAIL_URL": "smtps://u:s3cret@mail.example", **SENDER})
    assert "s3cret" not in repr(settings)


def test_a_wrong_address_is_refused_without_repeating_it() -> None:
    with pytest.raises(env.WrongSetting, match="OYEZ_MAIL_URL cannot be used: give smtps") as no:
        env.read({"OYEZ_MAIL_URL": "imap://u:s3cret@mail.example", **SENDER})
    assert "s3cret" not in str(no.value)


@pytest.mark.parametrize("sender", ["", "oyez", "a@b.example\nBcc: c@d.example"])
def test_a_mail_server_needs_a_sender(sender: str) -> None:
    with pytest.raises(env.WrongSetting, match="OYEZ_MAIL_FROM is"):
        env.read({"OYEZ_MAIL_URL": "smtp://relay", "OYEZ_MAIL_FROM": sender})
