"""A house with two teams: the roads’ people try everything on their things and on the parks’."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from allauth.socialaccount.models import SocialApp
from django.utils import timezone

from oyez.channels import actions as channels
from oyez.channels.models import Channel
from oyez.decisions import actions as decisions
from oyez.decisions.models import Hold, Review
from oyez.decisions.rules import Asked
from oyez.deliveries.models import Delivery
from oyez.kit import clock
from oyez.library import actions as library
from oyez.library import queries as pictures
from oyez.notices.models import Notice
from oyez.partners import actions as partners
from oyez.partners.rules.figures import Said as SaidFigure
from oyez.partners.rules.partners import Said as SaidPartner
from oyez.people import actions as people
from oyez.people import factors, providers
from oyez.people.issuers import Issuer
from oyez.people.models import Person, Team
from oyez.people.rules import ROLES
from oyez.people.tokens import Said as SaidElsewhere
from oyez.policy import actions as policy
from oyez.policy.rules import Said as SaidPolicy
from oyez.posts import actions as posts
from oyez.posts.draft import Draft
from oyez.posts.models import Post
from oyez.strategy import actions as strategy
from oyez.strategy.rules import Said as SaidCampaign
from tests.deliveries.test_ways_out import a_picture
from tests.entering import a_code
from tests.factories import BY, a_channel, a_feed, a_pre_election, a_request, a_worker_lives

OWN, OTHER = "own", "other"
PROVIDER = Issuer("council", "Council account", "https://127.0.0.1:1", "oyez")
NOWHERE = "http://127.0.0.1:1/feed"  # a private address: refused before anything is asked


@dataclass(frozen=True, slots=True)
class World:
    """Who is here; the things of each side and of the whole house, as the addresses name them."""

    people: Mapping[str, Person]
    of_teams: Mapping[str, Mapping[str, dict[str, Any]]]
    of_the_house: Mapping[str, dict[str, Any]]
    of_each: Mapping[str, Mapping[int, dict[str, Any]]]

    def sides(self, on: str) -> list[str]:
        """Those on which there is such a thing; what is the whole house’s is one’s own."""
        return [side for side in self.of_teams if on in self.of_teams[side]] or [OWN]

    def names(self, on: str, side: str, person: Person | None) -> dict[str, Any]:
        """What stands in the address for the thing `on`."""
        if on in self.of_teams[side]:
            return self.of_teams[side][on]
        if on in self.of_each:
            return self.of_each[on][person.pk if person else 0]
        return self.of_the_house[on] if on else {}


def build() -> World:
    a_worker_lives()
    here = {role: _somebody(role) for role in ROLES}
    roads, parks = (people.make_team(name, by=BY) for name in ("Roads", "Parks"))
    for person in here.values():
        people.join(roads, person, by=BY)
    return World(
        here,
        {OWN: _things_of(roads), OTHER: _things_of(parks) | {"every_channel": {}}},
        _things_of_the_house(roads),
        {
            "notice": {one.pk: {"pk": _notice(one).pk} for one in here.values()},
            "factor": {one.pk: {"pk": _factor(one)} for one in here.values()},
            "account": {one.pk: {"pk": _account(one)} for one in here.values()},
            "absence": {one.pk: {"pk": _absence(one)} for one in here.values()},
        },
    )


def _somebody(role: str) -> Person:
    name = f"{role.title()} Roads"
    return people.invite(f"{role}@council.example", name=name, role=role, by=BY)


def _things_of(team: Team) -> dict[str, dict[str, Any]]:
    channel = channels.give_to(a_channel(name=team.name), team, by=BY)
    decisions.set_steps(channel, [Asked(role="approver")], by=BY)
    draft, sent = _draft(channel), posts.hand_in(_draft(channel), by=BY)
    decisions.open_review(sent, by=BY)
    review = Review.objects.get(post=sent)
    wording = sent.variants.get(channel=channel).wordings.get()
    feed = a_feed(to=[channel], url=f"{NOWHERE}/{team.pk}")
    hold = Hold.objects.create(wording=wording, check_id="EL-1", message="!", began_at=clock.now())
    noon = clock.now().replace(hour=12, minute=0, second=0).time()
    slot = posts.keep_slot(channel, weekday=1, wall=noon, zone="UTC", by=BY)
    lost = draft.versions.create(number=1, content=draft.content, at=clock.now(), lost=True)
    return {
        "channel": {"pk": channel.pk},
        "draft": {"pk": draft.pk},
        "draft_version": {"pk": draft.pk, "version": lost.pk},
        "sent": {"pk": sent.pk},
        "review": {"pk": review.pk},
        "delivery": {"pk": _delivery(channel, wording).pk},
        "hold": {"pk": hold.pk},
        "feed": {"pk": feed.pk},
        "feed_level": {"pk": feed.pk, "level": "suggest"},
        "slot": {"pk": slot.pk},
        "repeat": {"pk": _repeat(draft).pk},
    }


def _draft(channel: Channel) -> Post:
    return posts.start(Draft(text=f"News of {channel}.", to=(channel.pk,)), by=BY)


def _repeat(draft: Post) -> Any:
    starts = timezone.now().replace(tzinfo=None, microsecond=0) + timedelta(days=3)
    return posts.repeat(draft.draft, rule="FREQ=WEEKLY", starts=starts, zone="UTC", by=BY)


def _delivery(channel: Channel, wording: Any) -> Delivery:
    now = clock.now()
    return Delivery.objects.create(
        wording=wording,
        channel=channel,
        state=Delivery.State.ASKING,
        planned_at=now,
        due_at=now,
        not_after=now + timedelta(hours=2),
        fingerprint=f"f{channel.pk}",
        key=f"k{channel.pk}",
    )


def _things_of_the_house(team: Team) -> dict[str, dict[str, Any]]:
    picture = a_picture().attachment
    consent = library.record_consent(pictures.one(picture), "Ann", evidence="A form", by=BY)
    somebody = people.invite("sam@council.example", name="Sam", by=BY)
    _a_second_administrator()
    grant = people.make_administrator(somebody, by=_asks())
    house_draft = posts.start(Draft(text="For nobody yet."), by=BY)
    policy.publish_version(SaidPolicy(number="1.0", text="# 1 Speak plainly\n\nAlways."), by=BY)
    figure = partners.add_figure(SaidFigure("Ann Bow", "councillor"), by=BY)
    today = date.today().isoformat()
    asked = a_request()
    _absence(somebody)
    assert grant
    return {
        "house_draft": {"pk": house_draft.pk},
        "picture": {"pk": picture},
        "session": {"pk": 1},
        "no_film": {"pk": picture},
        "picture_size": {"pk": picture, "size": "thumb"},
        "consent": {"pk": consent.pk},
        "request": {"pk": asked.pk},
        "code": {"code": asked.code},
        "person": {"pk": somebody.pk},
        "grant": {"pk": grant.pk},
        "team": {"pk": team.pk},
        "period": {"pk": a_pre_election().pk},
        "template": {"pk": posts.keep_template("Fog", "There is fog.", by=BY).pk},
        "campaign": {"pk": strategy.add_campaign(SaidCampaign("Warm homes"), by=BY).pk},
        "partner": {"pk": partners.add_partner(SaidPartner("Red Cross"), by=BY).pk},
        "figure": {"pk": figure.pk},
        "topic": {"pk": partners.add_topic("bridge tolls", by=BY).pk},
        "check": {"pk": "AC-1"},
        "version": {"number": "1.0"},
        "provider": {"slug": _provider()},
        "network": {"network": "mastodon"},
        "day": {"day": today},
        "key": {"key": "nothing"},
        "key_picture": {"key": "nothing", "name": "none", "size": "thumb"},
        "token": {"token": "nobody-made-this"},
        "token_picture": {"token": "nobody-made-this", "pk": 1},
    }


def _a_second_administrator() -> Person:
    return people.invite("second@council.example", name="Sue", role="administrator", by=BY)


def _asks() -> Person:
    """Not one of those who try."""
    return Person.objects.get(email="second@council.example")


def _notice(person: Person) -> Notice:
    return Notice.objects.create(
        person=person, topic="stops", title="!", href="/", made_at=clock.now(), how="page", event=1
    )


def _factor(person: Person) -> int:
    a_code(person)
    return factors.of(person).get().pk


def _account(person: Person) -> int:
    said = SaidElsewhere(f"s-{person.pk}", person.name, "", factor=False, at=None)
    people.link_account(person, PROVIDER, said, by=BY)
    return providers.links(person).get().pk


def _provider() -> str:
    """Set up, and not within reach."""
    SocialApp.objects.create(
        provider=providers.PROTOCOL,
        provider_id=PROVIDER.slug,
        name=PROVIDER.name,
        client_id=PROVIDER.client_id,
        settings={"server_url": PROVIDER.url, "sealed": ""},
    )
    return PROVIDER.slug


def _absence(person: Person) -> int:
    today = timezone.localtime(clock.now()).date()
    return people.set_absence(person, today, today, by=BY).pk
