"""Where do the links of a message lead, as far as somebody has looked, and which want a look?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from oyez.decisions.models import LinkLook
from oyez.decisions.queries.approved import still_to_go
from oyez.kit import clock
from oyez.policy.contract import Followed
from oyez.policy.links import DEAD, as_followed, given, hides
from oyez.posts.draft import Draft
from oyez.posts.models import Post

BELIEVED = timedelta(days=1)
MENDED_IN = timedelta(minutes=15)  # what was not in order is looked at again after it
QUIET = timedelta(seconds=20)  # whoever types an address is not done yet
SOON = timedelta(hours=1)
MOST_LINKS = 20  # of one message
MOST_POSTS = 500  # at once
LONGEST = 2000  # bytes of an address; beyond it no index takes one
CHECK = "SE-4"


def followed(links: Iterable[str]) -> dict[str, Followed]:
    """What is known of these links, each under its name as_followed(); old looks are not told."""
    since = clock.now() - BELIEVED
    looks = LinkLook.objects.filter(url__in=_names(links), looked_at__gt=since)
    return {
        one.url: Followed(one.final, one.status, one.looked_at, one.why, one.refused)
        for one in looks
    }


def links_of(draft: Draft) -> list[str]:
    """The links it gives anywhere, in the words for all and in those of its own for a channel, each
    under its name as_followed().
    """
    texts = (draft.text, *draft.own_words.values())
    return _names(link for text in texts for link in given(text, draft.link))[:MOST_LINKS]


def links_wanting_a_look(links: Iterable[str]) -> list[str]:
    """Those of them that nobody has looked at lately; none where the operator wants no looks."""
    names = _names(links)
    if not names or not settings.OYEZ.follow_links:
        return []
    known = LinkLook.objects.filter(_fresh(clock.now()), url__in=names)
    fresh = set(known.values_list("url", flat=True))
    return [name for name in names if name not in fresh]


def posts_wanting_a_look() -> QuerySet[Post]:
    """Messages with such links: what is being written, what a link holds back, and what goes out
    soon.
    """
    if not settings.OYEZ.follow_links:
        return Post.objects.none()
    posts = [*_being_written(), *_held(), *_going_soon()]
    links = {post.pk: links_of(post.draft) for post in posts}
    due = set(links_wanting_a_look(link for found in links.values() for link in found))
    return Post.objects.filter(pk__in=[pk for pk, found in links.items() if due & set(found)])


def _being_written() -> QuerySet[Post]:
    now = clock.now()
    drafts = Post.objects.filter(
        state=Post.State.DRAFT, edited_at__range=(now - BELIEVED, now - QUIET)
    )
    return drafts.order_by("-edited_at")[:MOST_POSTS]


def _held() -> QuerySet[Post]:
    """Unless its time is long gone."""
    held = Q(
        variants__wordings__holds__check_id=CHECK,
        variants__wordings__holds__ended_at=None,
        variants__wordings__wall_time__gt=clock.now() - BELIEVED,
    )
    return Post.objects.filter(held, state=Post.State.SUBMITTED).distinct()[:MOST_POSTS]


def _going_soon() -> QuerySet[Post]:
    soon = Post.objects.filter(variants__wordings__wall_time__lte=clock.now() + SOON)
    return still_to_go().filter(pk__in=soon.values("pk"))[:MOST_POSTS]


def _fresh(now: datetime) -> Q:
    """Looked at within a day and in order; or not in order, and looked at just now."""
    wrong = Q(status__in=[0, *DEAD]) | Q(status__gte=500)
    since = Q(looked_at__gt=now - BELIEVED) & ~wrong
    return since | Q(looked_at__gt=now - MENDED_IN)


def _names(links: Iterable[str]) -> list[str]:
    """Each once, as it is kept; without what no column takes, and what hides its host."""
    plain = (as_followed(link) for link in links if not hides(link))
    return [name for name in dict.fromkeys(plain) if _can_be_kept(name)]


def _can_be_kept(name: str) -> bool:
    try:
        return "\0" not in name and len(name.encode()) <= LONGEST
    except UnicodeEncodeError:  # half a character
        return False
