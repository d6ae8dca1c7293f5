"""What would a CSV file of messages become?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings

from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.kit import clock
from oyez.ledger.actor import Refusal
from oyez.posts import importing
from oyez.posts.draft import Draft
from oyez.posts.importing import Line
from oyez.posts.models import Post
from oyez.posts.queries.fitting import misfits


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
