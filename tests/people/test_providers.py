"""Whose account lets in whom? Each way to a first link, and each that is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp
from pytest_django import Settings

from oyez.ledger.actor import NotAllowed, Refusal
from oyez.ledger.models import Event
from oyez.people import actions, discovery, issuers, outside, providers
from oyez.people.issuers import ENTRA, GOOGLE, GOOGLE_ISSUER, Issuer
from oyez.people.models import Person
from oyez.people.rules import door
from oyez.people.tokens import Said, Wrong
from tests.factories import BY
from tests.servers.provider import SECRET, Provider, providing
from tests.servers.raw import serving

HERE = Issuer("council", "Council", "https://id.example", "oyez", domains=("council.example",))
ADA = Said("s-ada", "Ada", "ada@council.example", factor=False, at=None)


@pytest.fixture
def ada(db: None) -> Person:
    return actions.invite("ada@council.example", name="Ada", by=BY)


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    with providing(settings) as (one,):
        yield one


def recognised(said: Said, issuer: Issuer = HERE) -> Person:
    return actions.recognise(issuer, said, by=door())


def turned_away(said: Said, issuer: Issuer = HERE) -> str:
    with pytest.raises(Wrong) as wrong:
        recognised(said, issuer)
    return wrong.value.why


def test_nobody_signs_up(db: None) -> None:
    assert turned_away(ADA) == "unknown"
    assert not Person.objects.exists()
    assert not SocialAccount.objects.exists()


def test_a_proven_address_of_somebody_here_links_the_first_time(ada: Person) -> None:
    assert recognised(ADA) == ada
    assert Event.objects.get(kind="people.account_linked").data == {"provider": "council"}


def test_from_then_on_the_subject_counts_and_no_address(ada: Person) -> None:
    recognised(ADA)
    bob = actions.invite("bob@council.example", name="Bob", by=BY)
    assert recognised(replace(ADA, email="")) == ada
    assert recognised(replace(ADA, email=bob.email)) == ada


def test_an_address_that_went_to_somebody_new_brings_no_rights_along(ada: Person) -> None:
    recognised(ADA)
    assert turned_away(replace(ADA, subject="s-new")) == "unknown"


def test_an_address_that_is_not_proven_links_nobody(ada: Person) -> None:
    assert turned_away(replace(ADA, email="")) == "unknown"


def test_one_provider_cannot_speak_for_the_people_of_another(ada: Person) -> None:
    recognised(ADA)
    other = replace(HERE, slug="other", url="https://other.example", domains=())
    assert turned_away(replace(ADA, email=""), other) == "unknown"


def test_a_provider_anew_under_an_old_name_is_another(ada: Person) -> None:
    recognised(ADA)
    assert turned_away(replace(ADA, email=""), replace(HERE, url="https://new.example")) == (
        "unknown"
    )


def test_who_has_left_does_not_come_in_nor_does_a_link_come_back_with_them(ada: Person) -> None:
    recognised(ADA)
    row = SocialAccount.objects.get()
    actions.invite("eve@council.example", role="administrator", by=BY)
    actions.remove(ada, by=BY)
    assert turned_away(ADA) == "unknown"
    actions.invite("ada@council.example", by=BY)
    assert turned_away(replace(ADA, email="")) == "unknown"
    row.pk = None
    row.save()
    Person.objects.filter(pk=ada.pk).update(is_active=False)
    assert turned_away(ADA) == "unknown"  # were one left
    assert Event.objects.filter(kind="people.try_failed", data={"door": "provider"}).exists()


def test_whoever_is_in_links_without_any_address(ada: Person) -> None:
    actions.link_account(ada, HERE, replace(ADA, email=""), by=ada)
    assert recognised(replace(ADA, email="")) == ada


def test_an_account_is_one_person_s(ada: Person) -> None:
    bob = actions.invite("bob@council.example", name="Bob", by=BY)
    actions.link_account(ada, HERE, ADA, by=ada)
    with pytest.raises(Wrong) as wrong:
        actions.link_account(bob, HERE, ADA, by=bob)
    assert wrong.value.why == "taken"
    assert recognised(ADA) == ada


def test_nobody_links_an_account_to_somebody_else(ada: Person) -> None:
    bob = actions.invite("bob@council.example", name="Bob", role="officer", by=BY)
    with pytest.raises(NotAllowed):
        actions.link_account(ada, HERE, ADA, by=bob)


def test_unlinking_ends_every_session_and_is_on_record(ada: Person) -> None:
    recognised(ADA)
    pk, before = SocialAccount.objects.get().pk, ada.epoch
    actions.unlink_account(ada, pk, by=ada)
    ada.refresh_from_db()
    assert ada.epoch == before + 1
    assert turned_away(replace(ADA, email="")) == "unknown"
    assert Event.objects.filter(kind="people.account_unlinked").exists()
    with pytest.raises(Refusal, match="unlinked already"):
        actions.unlink_account(ada, pk, by=ada)


def test_nobody_unlinks_what_is_another_s(ada: Person) -> None:
    recognised(ADA)
    bob = actions.invite("bob@council.example", name="Bob", by=BY)
    with pytest.raises(Refusal):
        actions.unlink_account(bob, SocialAccount.objects.get().pk, by=bob)


def test_a_provider_is_set_up_on_the_machine_alone(db: None, provider: Provider) -> None:
    boss = actions.invite("boss@council.example", role="administrator", by=BY)
    with pytest.raises(NotAllowed):
        actions.add_provider(provider.issuer(), SECRET, by=boss)
    actions.add_provider(provider.issuer(), SECRET, by=BY)
    with pytest.raises(NotAllowed):
        actions.remove_provider("council", by=boss)


def test_its_secret_is_sealed_for_it_alone(db: None, provider: Provider) -> None:
    actions.add_provider(provider.issuer(), SECRET, by=BY)
    row = SocialApp.objects.get()
    assert SECRET not in str(vars(row))
    assert providers.secret("council") == SECRET
    assert SECRET not in str(list(Event.objects.values()))


def test_one_that_is_not_there_or_not_itself_is_not_set_up(db: None, provider: Provider) -> None:
    provider.document = {"issuer": "https://evil.example"}
    with pytest.raises(Refusal, match="calls itself"):
        actions.add_provider(provider.issuer(), SECRET, by=BY)
    provider.away = True
    with pytest.raises(Refusal):
        actions.add_provider(provider.issuer(), SECRET, by=BY)
    assert not SocialApp.objects.exists()


@pytest.mark.parametrize(
    ("lie", "says"),
    [
        ({"token_endpoint": "http://evil.example/token"}, "no safe address as its token_endpoint"),
        ({"jwks_uri": "file:///etc/passwd"}, "no safe address as its jwks_uri"),
        ({"authorization_endpoint": None}, "no safe address as its authorization_endpoint"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "no safe address"),
        ({"userinfo_endpoint": "http://evil.example/"}, "no safe address as its userinfo_endpoint"),
        ({"id_token_signing_alg_values_supported": ["HS256", "none"]}, "signs with"),
        ({"code_challenge_methods_supported": ["plain"]}, "PKCE"),
    ],
)
def test_a_description_is_judged(provider: Provider, lie: dict[str, object], says: str) -> None:
    provider.document = lie
    with pytest.raises(Wrong, match=says):
        discovery.asked(provider.issuer())


def test_a_description_that_stands_elsewhere_is_not_its_own(
    provider: Provider, settings: Settings
) -> None:
    """Somebody may have found a way to make it send us on."""
    there = Provider(provider.port, {"issuer": provider.url})
    with serving(there.answer) as other:
        allowed = (f"127.0.0.1:{provider.port}", other.address)
        settings.OYEZ = replace(settings.OYEZ, allow_private=allowed)
        outside.client.cache_clear()
        provider.sends_on = other.url(discovery.WELL_KNOWN)
        with pytest.raises(Wrong, match="sends us on to"):
            discovery.asked(provider.issuer())


def test_a_name_or_an_address_twice_is_refused(db: None, provider: Provider) -> None:
    actions.add_provider(provider.issuer(), SECRET, by=BY)
    for again in (provider.issuer("other"), provider.issuer(url="https://other.example")):
        with pytest.raises(Refusal, match="set up already"):
            actions.add_provider(again, SECRET, by=BY)


def test_removing_one_signs_out_whoever_had_linked(ada: Person, provider: Provider) -> None:
    issuer = provider.issuer()
    actions.add_provider(issuer, SECRET, by=BY)
    recognised(ADA, issuer)
    before = ada.epoch
    assert actions.remove_provider("council", by=BY) == 1
    ada.refresh_from_db()
    assert ada.epoch == before + 1
    assert not SocialAccount.objects.exists()
    with pytest.raises(Refusal, match="no provider"):
        providers.one("council")


TENANT = "11111111-2222-3333-4444-555555555555"


def test_microsoft_and_google_are_held_to_one_body() -> None:
    assert issuers.issuer_of(ENTRA, "", TENANT).endswith(f"/{TENANT}/v2.0")
    assert issuers.issuer_of(GOOGLE, "", "council.example") == GOOGLE_ISSUER


@pytest.mark.parametrize(
    "tenant",
    ["common", "organizations", "consumers", "", "9188040d-6c67-4c5b-b112-36a304b66dad", "a/../b"],
)
def test_a_tenant_that_is_everybody_s_is_refused(tenant: str) -> None:
    with pytest.raises(Refusal, match="directory’s own id"):
        issuers.issuer_of(ENTRA, "", tenant)


@pytest.mark.parametrize(
    "url",
    [
        "http://id.example",
        "https://",
        "id.example",
        "https://a@id.example",
        "https://id.example?x=1",
        "https://login.microsoftonline.com/common/v2.0",
        "https://accounts.google.com",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_cannot_be_one_body_s_is_refused(url: str) -> None:
    with pytest.raises(Refusal):
        issuers.issuer_of(issuers.ANY, url, "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"slug": "Council!"},
        {"name": ""},
        {"name": "x" * 41},
        {"client_id": ""},
        {"url": "https://" + "x" * 200},
        {"domains": ("council",)},
        {"kind": GOOGLE, "home": "no domain"},
    ],
)
def test_what_cannot_be_kept_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Refusal):
        issuers.judge(replace(HERE, **wrong))  # type: ignore[arg-type]


def test_an_empty_secret_is_refused(db: None) -> None:
    with pytest.raises(Refusal, match="secret is empty"):
        actions.add_provider(HERE, "", by=BY)
