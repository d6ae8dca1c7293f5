"""Linking a channel, what its page says, and how its secrets are kept out of every page."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from oyez.channels import actions, queries
from oyez.channels.models import Channel, Secret
from oyez.networks import registry
from oyez.networks.contract import SignedOut, Standing
from tests.factories import BY, a_channel, a_post
from tests.fakes.networks import LOG, Findable, Keyed, raises
from tests.jobs import run_jobs
from tests.web.conftest import page

pytestmark = pytest.mark.usefixtures("log")
TOKEN = "correct horse battery staple"


def inputs(response) -> dict[str, str]:
    found = BeautifulSoup(response.content, "html.parser").select("form[novalidate] input[name]")
    return {one["name"]: one.get("value", "") for one in found if one["type"] != "hidden"}


def test_every_linkable_network_is_offered_with_what_it_asks(administrator):
    said = administrator.get("/channels/add")
    for network in queries.linkable():
        assert network.title in page(said)
        assert reverse("channels:link", args=[network.name]) in said.content.decode()
        assert all(field.label in page(said) for field in network.fields)


def test_the_form_is_made_of_what_the_network_declares(administrator):
    for network in queries.linkable():
        said = administrator.get(f"/channels/add/{network.name}")
        asked = {field.name: "" if field.secret else field.default for field in network.fields}
        assert inputs(said) == {**asked, "name_here": ""}
        kinds = BeautifulSoup(said.content, "html.parser").select("input[type=password]")
        assert len(kinds) == sum(field.secret for field in network.fields)


def test_a_channel_is_linked_tried_and_shown(administrator):
    told = {"secret": TOKEN, "name_here": "Town"}
    said = administrator.post(f"/channels/add/{Findable.name}", told, follow=True)
    assert "Linked Town. It was tried at once, and it works." in page(said)
    assert "500 characters" in page(said)
    assert TOKEN not in said.content.decode()


def test_an_empty_answer_is_asked_for_by_its_label(administrator):
    said = administrator.post(f"/channels/add/{Findable.name}", {"name_here": "Town"})
    assert said.status_code == 422
    assert "Enter: Secret" in page(said)
    assert inputs(said)["name_here"] == "Town"


def test_a_network_that_says_no_is_quoted_and_the_secret_not_echoed(administrator):
    a_channel(name="Town")
    told = {"secret": TOKEN, "name_here": "Town", "handle": "x"}
    administrator.post(f"/channels/add/{Keyed.name}", told)
    said = administrator.post(f"/channels/add/{Keyed.name}", told)
    assert said.status_code == 422
    assert "There is already a channel called “Town”." in page(said)
    assert TOKEN not in said.content.decode()
    assert "It is never shown again, so enter it once more." in page(said)
    assert inputs(said) == {"secret": "", "name_here": "Town"}


@pytest.mark.parametrize("which", [Standing.OURS, Standing.PRETEND])
def test_what_is_not_linked_by_people_has_no_form(administrator, which):
    for network in registry.standing(which):
        assert administrator.get(f"/channels/add/{network.name}").status_code == 404
    assert administrator.get("/channels/add/nonsense").status_code == 404


def test_the_list_says_who_is_well_and_who_is_not(officer):
    town = a_channel(name="Town")
    a_channel(Keyed, name="Village")
    actions.signed_out(town, "Findable signed us out. Link it again.", by=BY)
    said = page(officer.get("/channels"))
    assert "1 of 2 needs you." in said
    assert "Findable signed us out. Link it again" in said
    assert "Working" in said


def test_without_an_account_the_list_says_what_to_do(administrator):
    actions.open_our_own(by=BY)
    said = page(administrator.get("/channels"))
    assert "No account is linked yet" in said
    assert "Our page" in said


def test_checking_now_says_what_the_network_said(officer, monkeypatch):
    town = a_channel(name="Town")
    assert "Town works." in page(officer.post(f"/channels/{town.pk}/check", follow=True))
    monkeypatch.setattr(Findable, "check", lambda self: raises(SignedOut("Link it again."))())
    said = page(officer.post(f"/channels/{town.pk}/check", follow=True))
    assert "Link it again." in said
    assert "Signed out" in said


def test_a_channel_shows_what_it_sent_lately(officer, transactional_db):
    town = a_channel(name="Town")
    a_post("The bridge is open.", to=[town])
    run_jobs()
    said = page(officer.get(f"/channels/{town.pk}"))
    assert LOG.texts == ["The bridge is open."]
    assert "The bridge is open." in said
    assert "Published" in said
    assert "Last sent:" in said


def test_linking_again_keeps_the_channel_and_its_name(administrator):
    town = a_channel(name="Findable")
    actions.signed_out(town, "The token is dead.", by=BY)
    said = administrator.post(f"/channels/{town.pk}/again", {"secret": TOKEN}, follow=True)
    assert "Linked Findable." in page(said)
    assert Channel.objects.count() == 1
    assert queries.linked().get().working


def test_linking_again_with_another_account_says_that_it_is_another(administrator):
    town = a_channel(name="Town")
    said = administrator.post(f"/channels/{town.pk}/again", {"secret": TOKEN}, follow=True)
    assert "That is another account. It is a channel of its own now: Findable." in page(said)


def test_removing_asks_first_and_destroys_the_secrets(administrator):
    town = a_channel(name="Town")
    asked = page(administrator.get(f"/channels/{town.pk}/remove"))
    assert "Remove the channel Town?" in asked
    assert Secret.objects.count() == 1
    said = administrator.post(f"/channels/{town.pk}/remove", follow=True)
    assert "Removed Town." in page(said)
    assert not Secret.objects.exists()
    assert administrator.get(f"/channels/{town.pk}").status_code == 404


def test_our_own_page_cannot_be_removed(administrator):
    actions.open_our_own(by=BY)
    ours = queries.ours().get()
    assert "Remove" not in page(administrator.get(f"/channels/{ours.pk}"))
    said = administrator.post(f"/channels/{ours.pk}/remove")
    assert said.status_code == 422
    assert "Our own page is always on and cannot be removed." in page(said)


def test_a_channel_is_described(administrator, officer):
    channel = a_channel(name="Chief")
    where = f"/channels/{channel.pk}"
    assert officer.get(f"{where}/describe").status_code == 403
    assert "Describe it" not in page(officer.get(where))
    told = {"tone": "Warm and short", "area": "North", "personal": "on"}
    said = page(administrator.post(f"{where}/describe", told, follow=True))
    for words in ("Warm and short", "North", "Somebody’s own profile"):
        assert words in said
    wrong = administrator.post(f"{where}/describe", {**told, "area": "x" * 101})
    assert (wrong.status_code, b"Warm and short" in wrong.content) == (422, True)
    administrator.post(f"{where}/describe", {"tone": "", "area": ""})
    assert "own profile" not in page(officer.get(where))


def test_only_an_administrator_links_and_removes(officer, reader):
    town = a_channel(name="Town")
    for person in (officer, reader):
        assert person.get("/channels/add").status_code == 403
        assert person.post(f"/channels/add/{Findable.name}").status_code == 403
        assert person.post(f"/channels/{town.pk}/again").status_code == 403
        assert person.post(f"/channels/{town.pk}/remove").status_code == 403
        assert "Remove" not in page(person.get(f"/channels/{town.pk}"))
    assert officer.post(f"/channels/{town.pk}/check").status_code == 302
    assert reader.post(f"/channels/{town.pk}/check").status_code == 403
