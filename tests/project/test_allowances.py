"""What may be fetched although it is private: refused at the start, in one sentence, when wrong."""

from __future__ import annotations

import pytest

from oyez.project import env


def test_what_is_allowed_is_read() -> None:
    settings = env.read({"OYEZ_ALLOW_PRIVATE": "10.1.2.3:8080, wiki.example:443"})
    assert settings.allow_private == ("10.1.2.3:8080", "wiki.example:443")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("10.1.2.3", "“10.1.2.3” cannot be allowed: write an address or a name with its port"),
        ("wiki.example:443,169.254.169.254:80", "hand out a machine’s own credentials"),
    ],
)
def test_what_cannot_be_allowed_is_said_before_the_house_starts(written: str, says: str) -> None:
    with pytest.raises(env.WrongSetting, match="OYEZ_ALLOW_PRIVATE cannot be used:") as refused:
        env.read({"OYEZ_ALLOW_PRIVATE": written})
    assert says in str(refused.value)
