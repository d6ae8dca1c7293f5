"""What have we said, and about what?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, QuerySet

from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.feeds import queries as feeds
from oyez.feeds import rules as feed_rules
from oyez.feeds.reading import read_address
from oyez.kit import clock, walltime
from oyez.kit.text import links, newlines, parts, visible
from oyez.ledger.actor import Refusal
from oyez.networks.contract import Message
from oyez.networks.fit import fit
from oyez.posts import importing, rules, wording
from oyez.posts.draft import Draft
from oyez.posts.importing import Line
from oyez.posts.models import (
    Comment,
    Post,
    PreviewLink,
    Recurrence,
    Slot,
    Template,
    Variant,
    Version,
    Wording,
)
from oyez.posts.recurring import WeekTime, slots_after
from oyez.posts.showing import as_sent


def posts() -> QuerySet[Post]:
    """Every message, newest first."""
    return Post.objects.select_related("item__feed").order_by("-id")


def holding(attachment: int) -> QuerySet[Post]:
    """Messages in whose words as they stand this picture or film is, newest first."""
    return posts().filter(content__media__contains=[{"attachment": attachment}])


def repeats_holding(attachment: int) -> QuerySet[Recurrence]:
    """What comes again with this picture or film in it."""
    return recurrences().filter(content__media__contains=[{"attachment": attachment}])


def one(pk: int) -> Post:
    found = posts().filter(pk=pk).first()
    if not found:
        raise Refusal(f"There is no message {pk}.")
    return found


def locked(post: Post) -> Post:
    """The row as it is now, ours until the transaction ends."""
    return Post.objects.select_for_update().get(pk=post.pk)


def as_handed_in(post: Post) -> Draft:
    """The draft that a message from before there were drafts would have been."""
    own = {variant.channel_id: variant.text for variant in going_to(post)}
    first = next(iter(own.values()), "")
    draft = Draft(first, tuple(own), own, post.title[:200], post.link, post.language)
    return draft.tidied()


def drafted(
    text: str, *, to: Sequence[Channel], at: datetime | None = None, language: str = "en"
) -> Draft:
    """The draft of a message in the same words everywhere, for `at` (aware) on our wall or now."""
    text = newlines(text).strip()
    link = next((span.text for span in links(text)), "")
    draft = Draft(text, tuple(channel.pk for channel in to), link=link, language=language)
    if not at:
        return draft
    local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    wall = f"{local:%Y-%m-%dT%H:%M}"
    return replace(draft, wall=wall, zone=settings.TIME_ZONE, fold=local.fold)


def drafts() -> QuerySet[Post]:
    """What is being written, lately changed first."""
    return Post.objects.filter(state=Post.State.DRAFT).order_by("-edited_at")


def versions(post: Post) -> QuerySet[Version]:
    """Every version somebody left, newest first; those that lost against another too."""
    return post.versions.order_by("-number", "-id")


def version(post: Post, pk: int) -> Version:
    found = post.versions.filter(pk=pk).first()
    if not found:
        raise Refusal(f"There is no version {pk} of this message.")
    return found


def authors(post: Post) -> list[dict[str, str]]:
    """Everybody whose words are in it, or who asked for its approval: none of them may approve."""
    kept = post.versions.filter(lost=False).values_list("by", flat=True)
    return [one for one in (post.by, post.edited_by, post.handed_in_by, *kept) if one]


def written_by(posts: Iterable[Post], kind: str, who: str = "") -> set[int]:
    """Which of these messages hold words of this author, by number; from one question. Without
    `who`, of any author of the kind.
    """
    wanted = {"by__kind": kind} | ({"by__id": who} if who else {})
    near = {"kind": kind} | ({"id": who} if who else {})
    known = list(posts)
    kept = Version.objects.filter(post__in=known, lost=False, **wanted)
    named = {
        post.pk
        for post in known
        for one in (post.by, post.edited_by, post.handed_in_by)
        if near.items() <= {**one, "id": str(one.get("id", ""))}.items()
    }
    return named | set(kept.values_list("post", flat=True))


def words_of(post: Post, number: int) -> dict[Channel, str]:
    """The words for each channel as version `number` was handed in; empty when it never was."""
    found: dict[Channel, str] = {}
    for one in wordings(post).filter(version=number).order_by("channel_id", "part"):
        before = found.get(one.channel)
        found[one.channel] = f"{before}\n---\n{one.text}" if before else one.text
    return found


def handed_in_before(post: Post, number: int) -> int | None:
    """The latest version before this one that was handed in, so that somebody may have read it."""
    earlier = wordings(post).filter(version__lt=number)
    return earlier.order_by("-version").values_list("version", flat=True).first()


def draft_of(post: Post) -> Draft:
    """The message as a draft, also one from before there were drafts."""
    return post.draft if post.content else as_handed_in(post)


def names_of(draft: Draft) -> dict[int, str]:
    """What the channels of a draft that are still ours are called, by number."""
    return {pk: one.name for pk, one in channels.linked().in_bulk(list(draft.to)).items()}


def preview_links(post: Post) -> QuerySet[PreviewLink]:
    """Those that work now."""
    return post.preview_links.filter(ended_at=None, expires_at__gt=clock.now()).order_by("-id")


def comments(post: Post) -> QuerySet[Comment]:
    return post.comments.order_by("id")


def shared(token: str) -> Post | None:
    """The message behind a preview link that has neither ended nor expired."""
    links = PreviewLink.objects.select_related("post").filter(
        digest=token_digest(token), ended_at=None, expires_at__gt=clock.now()
    )
    link = links.first()
    return link.post if link else None


def token_digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def templates(kind: str = "") -> QuerySet[Template]:
    found = Template.objects.filter(retired_at=None).order_by("name")
    return found.filter(kind=kind) if kind else found


def template(pk: int) -> Template:
    found = templates().filter(pk=pk).first()
    if not found:
        raise Refusal(f"There is no template {pk}.")
    return found


def current_wordings(post: Post) -> QuerySet[Wording]:
    """The words of the version that was handed in; none while it is a draft."""
    if post.state != Post.State.SUBMITTED:
        return Wording.objects.none()
    return wordings(post).filter(version=post.version)


def is_current(wording: Wording) -> bool:
    """Is it still what its author wants said? Holds the message's row against a change until the
    transaction ends.
    """
    post = Post.objects.select_for_update(no_key=True).get(variants=wording.variant_id)
    return post.state == Post.State.SUBMITTED and post.version == wording.version


def said_lately(channel: Channel, link: str, now: datetime) -> Variant | None:
    """What already took this link to this channel within a day."""
    if not link:
        return None
    recent = Variant.objects.filter(
        channel=channel, link=link, left_out="", unsaid=False, made_at__gt=now - rules.MERGE_WITHIN
    )
    return recent.select_related("post").order_by("id").first()


def going_to(post: Post) -> QuerySet[Variant]:
    """The variants that go out."""
    return post.variants.filter(left_out="").select_related("channel").order_by("id")


def left_out(post: Post) -> QuerySet[Variant]:
    """The variants that do not go out; each says why."""
    return post.variants.exclude(left_out="").select_related("channel").order_by("id")


def staying(post: Post) -> QuerySet[Variant]:
    """Where an earlier version stands and the newer words do not go; each says why."""
    return post.variants.exclude(stays="").select_related("channel").order_by("id")


def wordings(post: Post) -> QuerySet[Wording]:
    """The exact words for each channel."""
    found = Wording.objects.filter(variant__post=post).select_related("channel", "variant__post")
    return found.order_by("channel_id", "id")


Shown = Mapping[Channel, Sequence[Mapping[str, Any]]]
"""For each channel what a Wording would keep of the pictures, see showing.py."""


def misfits(
    draft: Draft, texts: Mapping[Channel, str], at: datetime, media: Shown | None = None
) -> list[str]:
    """Why these words and pictures cannot go to these channels as they are, a sentence each."""
    if not visible(draft.text) and not any(visible(text) for text in texts.values()):
        return ["The message is empty. Write something people can see."]
    return [
        f"{problem}."
        for channel, text in texts.items()
        for problem in _misfits(draft, channel, text, at, (media or {}).get(channel, ()))
    ]


def _misfits(
    draft: Draft, channel: Channel, text: str, at: datetime, shown: Sequence[Mapping[str, Any]]
) -> list[str]:
    network = channels.network_of(channel)
    found: list[str] = []
    for number, part in enumerate(parts(text)):
        message = Message(
            text=part,
            made_at=at,
            link=draft.link_in(part),
            language=draft.language,
            media=as_sent(shown) if not number else (),
        )
        found += fit(message, network.limits, network.title)
    return found


def slots() -> QuerySet[Slot]:
    """The times of each channel’s week, in order."""
    return Slot.objects.select_related("channel")


def slot(pk: int) -> Slot:
    found = slots().filter(pk=pk).first()
    if not found:
        raise Refusal(f"There is no slot {pk}.")
    return found


def recurrences() -> QuerySet[Recurrence]:
    """What comes again, the next first."""
    return Recurrence.objects.filter(ended_at=None).order_by("make_at", "pk")


def recurrence(pk: int) -> Recurrence:
    found = Recurrence.objects.filter(pk=pk).first()
    if not found:
        raise Refusal(f"There is no message {pk} that comes again.")
    return found


def drafts_without_a_time() -> QuerySet[Post]:
    return drafts().exclude(content__has_key="wall")


def next_free_slot(post: Post) -> tuple[datetime, str] | None:
    """The next slot (on the wall, with its zone) of any of its channels, at which nothing else goes
    to one of them.
    """
    to = post.draft.to
    by_zone: dict[str, list[WeekTime]] = {}
    for one in Slot.objects.filter(channel__in=to):
        by_zone.setdefault(one.zone, []).append(WeekTime(one.weekday, one.wall))
    taken, now, free = _taken(to, post), clock.now(), []
    for zone, times in by_zone.items():
        local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        for wall in slots_after(local, times):
            try:
                at = walltime.moment(wall, zone)
            except walltime.NoSuchTime:
                continue
            if at not in taken:
                free.append((at, wall, zone))
                break
    return min(free)[1:] if free else None


def _taken(to: Sequence[int], but: Post) -> set[datetime]:
    """When something goes to one of these channels already, drafts with a time too."""
    planned = Wording.objects.filter(
        channel__in=to,
        part=1,
        wall_time__gt=clock.now(),
        version=F("variant__post__version"),
        variant__post__state=Post.State.SUBMITTED,
    )
    found = set(planned.exclude(variant__post=but).values_list("wall_time", flat=True))
    for other in drafts().filter(content__has_key="wall").exclude(pk=but.pk):
        draft = other.draft
        if set(draft.to) & set(to):
            try:
                found.add(draft.goes_at() or clock.now())
            except walltime.NoSuchTime:
                continue
    return found


def read_table(content: bytes) -> list[Line]:
    """Every line of a CSV file with what is wrong in it, as it stands now: also what fits nowhere
    and what is here already. Raises Refusal for a file that is no such table.
    """
    writable = list(channels.writable())
    names = {channel.name.casefold(): channel.pk for channel in writable}
    now = clock.now()
    try:
        lines = importing.read(content, channels=names, zone=settings.TIME_ZONE, now=now)
    except importing.Unreadable as wrong:
        raise Refusal(str(wrong)) from wrong
    by_number = {channel.pk: channel for channel in writable}
    here = _here_already(lines)
    return [_looked_at(line, by_number, here, now) for line in lines]


def _looked_at(
    line: Line, known: Mapping[int, Channel], here: Mapping[_Same, int], now: datetime
) -> Line:
    if not (draft := line.draft):
        return line
    problems = misfits(draft, {known[pk]: draft.text for pk in draft.to}, now)
    if already := here.get(_compared(draft)):
        problems = [*problems, f"It is here already, as message {already}."]
    return line.with_problems(problems)


_Same = tuple[str, tuple[int, ...], str]


def _compared(draft: Draft) -> _Same:
    return draft.text, tuple(sorted(draft.to)), draft.wall


def _here_already(lines: Sequence[Line]) -> dict[_Same, int]:
    """Drafts and planned messages with the same words, channels and time."""
    texts = {line.draft.text for line in lines if line.draft}
    live = Post.objects.filter(
        state__in=[Post.State.DRAFT, Post.State.SUBMITTED], content__text__in=list(texts)
    )
    return {_compared(post.draft): post.pk for post in live.order_by("-pk")}


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be sent of one item to one channel, or why nothing would."""

    title: str
    channel: str
    text: str
    why: str = ""


def preview(
    source: str,
    *,
    to: Sequence[Channel],
    template: str = "",
    templates: Mapping[int, str] | None = None,
    name: str = "",
    keep_words: Sequence[str] = (),
    block_words: Sequence[str] = (),
    at_most: int = 10,
) -> list[Preview]:
    """Ask a feed (by number, name or address) and show its newest items as they would be sent,
    each to every channel, our own page too where it would land there.

    `templates` maps channel ids to words of their own; `name` is what we call the feed. Raises
    Refusal when the address gives no feed or a template makes no sense.
    """
    for given in (template, *(templates or {}).values()):
        if given and (wrong := feed_rules.wrong_template(given)):
            raise Refusal(wrong)
    reading = read_address(_address_of(source))
    if not reading.document:
        raise Refusal(reading.problem)
    document = reading.document
    going = _going(to, template or feed_rules.TEMPLATE, templates or {})
    found = []
    for entry in document.entries[:at_most]:
        why = feed_rules.left_out(f"{entry.title}\n{entry.summary}", keep_words, block_words)
        for channel, words in going.items():
            text = wording.words(entry, channel, words, name or document.title)
            reason = why or ("" if text else wording.CANNOT_FIT)
            found.append(Preview(entry.title, channel.name, text, reason))
    return found


def _going(
    to: Sequence[Channel], template: str, templates: Mapping[int, str]
) -> dict[Channel, str]:
    """Each channel and its template; our own page has the item in full unless it was named."""
    going = {channel: templates.get(channel.pk) or template for channel in to}
    if not to or rules.lands_on_our_own([channel.standing for channel in to]):
        return going | {ours: wording.IN_FULL for ours in channels.ours() if ours not in going}
    return going


def _address_of(source: str) -> str:
    return source if "://" in source else feeds.one(source).url
