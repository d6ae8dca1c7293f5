"""Can whoever has the machine set up a provider, and see in a sentence what is wrong with it?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.socialaccount.models import SocialApp
from click.testing import Result
from pytest_django import Settings

from oyez.people import actions, providers
from tests.cli.test_verbs import oyez
from tests.factories import BY
from tests.servers.provider import CLIENT, SECRET, Provider, providing

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    with providing(settings) as (one,):
        yield one


@pytest.fixture
def secret(tmp_path: Path) -> str:
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    return str(tmp_path / "secret")


def add(secret: str, *words: str) -> Result:
    return oyez("signin", "add", "council", "--client-id", CLIENT, "--secret-file", secret, *words)


def test_one_is_set_up_listed_checked_and_removed(provider: Provider, secret: str) -> None:
    added = add(secret, "--issuer", provider.url, "--trust-addresses", "Council.example")
    assert added.exit_code == 0, added.output
    assert "http://127.0.0.1:8000/sign-in/with/council/back" in added.output
    listed = oyez("signin", "list", "--json").output
    (row,) = json.loads(listed)
    assert (row["issuer"], row["domains"]) == (provider.url, ["council.example"])
    assert SECRET not in added.output + listed
    assert providers.secret("council") == SECRET
    assert "Council answers, and has keys" in oyez("signin", "check", "council").output
    assert "Removed. 0 people" in oyez("signin", "remove", "council").output
    assert not SocialApp.objects.exists()


def test_the_secret_may_come_by_the_input(provider: Provider) -> None:
    words = ["signin", "add", "council", "--client-id", CLIENT, "--issuer", provider.url]
    answer = oyez(*words, "--secret-file", "-", typed=SECRET)
    assert answer.exit_code == 0, answer.output
    assert providers.secret("council") == SECRET


def test_what_is_wrong_is_one_sentence(provider: Provider, secret: str) -> None:
    add(secret, "--issuer", provider.url)
    provider.document = {"issuer": "https://other.example"}
    answer = oyez("signin", "check", "council")
    assert answer.exit_code == 1
    assert "calls itself 'https://other.example'" in answer.output
    provider.document, provider.keys = {}, []
    assert "holds no keys" in oyez("signin", "check", "council").output
    provider.away = True
    assert "Nobody can sign in with Council meanwhile" in oyez("signin", "check", "council").output


@pytest.mark.parametrize(
    "whose",
    [[], ["--issuer", "https://a.example", "--google-domain", "b.example"]],
)
def test_whose_accounts_count_is_said_once(secret: str, whose: list[str]) -> None:
    assert "Give one of --issuer" in add(secret, *whose).output


def test_a_file_that_is_not_there_is_said(provider: Provider, tmp_path: Path) -> None:
    answer = add(str(tmp_path / "none"), "--issuer", provider.url)
    assert (answer.exit_code, "cannot be read" in answer.output) == (1, True)


def test_nobody_does_it_in_somebody_s_name(provider: Provider, secret: str) -> None:
    actions.invite("boss@council.example", role="administrator", by=BY)
    words = ["signin", "add", "council", "--client-id", CLIENT, "--secret-file", secret]
    answer = oyez("--as", "boss@council.example", *words, "--issuer", provider.url)
    assert answer.exit_code == 2
    assert not SocialApp.objects.exists()
