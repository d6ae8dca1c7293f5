"""What do the checks say of a message, for each channel it would go to?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.decisions.queries.agreeing import agreed
from oyez.decisions.queries.knowing import known_now
from oyez.decisions.queries.passing_on import boosted, source
from oyez.feeds.models import Item
from oyez.kit import clock
from oyez.kit.walltime import NoSuchTime
from oyez.library import queries as library
from oyez.networks.contract import Standing
from oyez.people import queries as people
from oyez.people.models import Person
from oyez.policy import contract as policy
from oyez.policy import queries as house
from oyez.policy import running
from oyez.posts import queries as posts
from oyez.posts.draft import Draft, Placed
from oyez.posts.events import SUBMITTED
from oyez.posts.models import Post, Variant
from oyez.strategy import queries as strategy

A_SHIFT = timedelta(hours=12)
Looked = Mapping[Channel, Sequence[policy.Finding]]

NOT_GIVEN: Mapping[str, str] = {
    "PR-3": "Nothing answers a case from here yet, so there is no case to look at.",
}
"""Checks that are built and never speak, since their ground is not gathered here. Whoever gathers
it takes the line away; a test says so.
"""

KEPT_BY_THE_DESK: Mapping[str, str] = {
    "SE-2": "test_no_door_opens_to_an_author, in tests/decisions/test_four_eyes.py",
}
"""Checks that have nothing to find, since the desk itself lets nothing come so far; and the test
that shows it.
"""


def look_at_draft(draft: Draft, author: Mapping[str, str], post: Post | None = None) -> Looked:
    """The findings for every channel of a draft, as if it were handed in now.

    Raises Refusal when one of its channels is no longer ours.
    """
    going = channels.numbered(draft.to)
    return look(draft, {c: draft.words_for(c.pk) for c in going}, author, post)


def look(
    draft: Draft,
    texts: Mapping[Channel, str],
    author: Mapping[str, str],
    post: Post | None = None,
) -> Looked:
    """The findings for each of these texts, the weightiest first."""
    said = messages(draft, texts, author, post)
    known = known_now(goes_at(draft), said.values())
    return {c: running.run(one, known.context, known.levels) for c, one in said.items()}


def look_at_act(done: policy.Act) -> Sequence[policy.Finding]:
    """The findings for something to be done to what is already out, the weightiest first. What we
    said is kept word for word in any case.
    """
    known = known_now()
    return running.run(done, known.context, known.levels)


def messages(
    draft: Draft, texts: Mapping[Channel, str], author: Mapping[str, str], post: Post | None = None
) -> dict[Channel, policy.MessageOut]:
    """What the checks look at: each of these texts, as its channel would carry it."""
    if not texts:
        return {}
    before = _said_before(texts, post)
    places = {channel: place_of(channel) for channel in texts}
    plain = _now(
        message(draft, next(iter(places.values())), _writer(author, post), post),
        draft,
        author,
        post,
    )
    return {
        channel: replace(
            plain,
            text=text,
            place=places[channel],
            said_before=tuple(before.get(channel.pk, ())),
        )
        for channel, text in texts.items()
    }


def _now(
    said: policy.MessageOut, draft: Draft, author: Mapping[str, str], post: Post | None
) -> policy.MessageOut:
    """The same with what is only known of a message at this moment."""
    yes, item = agreed(post, draft, author), post.item if post else None
    return replace(
        said,
        digest=yes.digest,
        approvals=yes.approvals,
        quorum=yes.quorum,
        only_moved=yes.only_moved,
        feed=source(item, clock.now(), automatic=not said.writer.person) if item else None,
    )


def message(
    draft: Draft, place: policy.Place, writer: policy.Writer, post: Post | None
) -> policy.MessageOut:
    """The draft as the checks look at it, in the words for all."""
    item = post.item if post else None
    return policy.MessageOut(
        text=draft.text,
        place=place,
        writer=writer,
        title=draft.title,
        link=draft.link,
        language=draft.language,
        topics=draft.topics,
        media=tuple(_medium(placed) for placed in draft.media),
        goes_at=goes_at(draft),
        auto_note=draft.auto_note,
        feed=_feed(item, writer) if item else None,
        boost=boosted(draft, item),
        campaign=_campaign(draft),
        record_class=draft.record_class,
        other_languages=(post.pair.draft.language,) if post and post.pair else (),
    )


def _feed(item: Item, writer: policy.Writer) -> policy.Source:
    """As far as it is kept with the item; how both behave is only known of now."""
    feed = item.feed
    return policy.Source(feed.name, automatic=not writer.person, third_party=feed.third_party)


def _medium(placed: Placed) -> policy.Medium:
    found = library.one(placed.attachment)
    consents = [
        policy.Consent(c.who, c.child, frozenset(c.channels), c.expires_on)
        for c in library.consents(found)
        if c.withdrawn_at is None
    ]
    return policy.Medium(
        name=found.name,
        kind=found.kind,
        alt=placed.alt or found.alt,
        decorative=found.decorative,
        captions=found.captions_id is not None,
        transcript=bool(found.transcript),
        licence=found.licence,
        source=found.source,
        people=bool(found.shows_people),
        politician=found.politician,
        consents=tuple(consents),
        removed=tuple(found.removed),
    )


def _campaign(draft: Draft) -> policy.Campaign | None:
    if draft.campaign is None:
        return None
    found = strategy.one(draft.campaign)
    return policy.Campaign(
        name=found.name,
        tag=found.tag,
        objective=found.objective,
        audience=found.audience,
        measure=found.measure,
        owner=found.owner,
        begins_on=found.begins_on,
        planned_on=found.planned_on,
        significant=found.significant,
    )


def goes_at(draft: Draft) -> datetime | None:
    """The moment meant; None: at once, or a time that does not exist, which the desk refuses."""
    try:
        return draft.goes_at()
    except NoSuchTime:
        return None


def _writer(author: Mapping[str, str], post: Post | None) -> policy.Writer:
    name = author.get("name", "")
    if author.get("kind") != Person.kind:
        return policy.Writer(name, person=False)
    person = people.everyone().filter(pk=author["id"]).first()
    return policy.Writer(
        name,
        may_publish=bool(person and person.may(SUBMITTED.name, None)),
        acknowledged=bool(person and house.has_acknowledged(person)),
        certificate_until=person.certificate_until if person else None,
        deputy_profile=bool(person and _spoke_as_somebody(person, post)),
    )


def _spoke_as_somebody(person: Person, post: Post | None) -> bool:
    """Was their last message lately one on a person’s own profile? Then the wrong one may still be
    in their head.
    """
    profiles = set(channels.personal().values_list("pk", flat=True))
    if not profiles:
        return False
    lately = clock.now() - A_SHIFT
    last = posts.last_handed_in(person.kind, str(person.pk), since=lately, but=post)
    return bool(last and profiles & set(last.draft.to))


def place_of(channel: Channel) -> policy.Place:
    return policy.Place(
        id=channel.pk,
        name=channel.name,
        network=channel.network_class.title,
        limits=channels.network_of(channel).limits,
        state=channel.state,
        why=channel.health_why,
        area=channel.area,
        corporate=not channel.personal,
        pretend=channel.standing is Standing.PRETEND,
        ours=channel.standing is Standing.OURS,
    )


def _said_before(texts: Mapping[Channel, str], post: Post | None) -> dict[int, list[str]]:
    """What went, or goes, to each channel within a day: the same again would be noticed."""
    since = clock.now() - timedelta(hours=24)
    lately = Variant.objects.filter(
        channel__in=list(texts),
        made_at__gt=since,
        left_out="",
        unsaid=False,
        text__in=list(texts.values()),
    )
    found: dict[int, list[str]] = {}
    for variant in lately.exclude(post=post) if post and post.pk else lately:
        found.setdefault(variant.channel_id, []).append(variant.text)
    return found
