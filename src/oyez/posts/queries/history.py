"""Who wrote which version of a message?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet, prefetch_related_objects

from oyez.channels.models import Channel
from oyez.ledger.actor import Refusal
from oyez.posts.models import Post, Version
from oyez.posts.queries.words import wordings


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
    return authors_of([post])[post.pk]


def authors_of(posts: Iterable[Post]) -> dict[int, list[dict[str, str]]]:
    """The same of each of these messages, by number; two questions however many."""
    known = list(posts)
    prefetch_related_objects(known, "asked_for")
    kept: dict[int, list[dict[str, str]]] = {}
    versions = Version.objects.filter(post__in=known).order_by("pk")
    for pk, by in versions.values_list("post", "by"):  # what lost may have been merged since
        kept.setdefault(pk, []).append(by)
    return {post.pk: _named(post, kept.get(post.pk, [])) for post in known}


def _named(post: Post, kept: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    asked = post.asked_for.by if post.asked_for else {}
    sent_in = [asked] if asked.get("kind") == "person" else []  # a colleague’s words, as they were
    named = (post.by, post.edited_by, post.handed_in_by, *post.also_by, *kept, *sent_in)
    return [one for one in named if one]


def written_by(posts: Iterable[Post], kind: str, who: str = "") -> set[int]:
    """Which of these messages hold words of this author, by number. Without `who`, of any author
    of the kind.
    """
    near = {"kind": kind} | ({"id": who} if who else {})
    return {
        pk
        for pk, authors in authors_of(posts).items()
        if any(near.items() <= {**one, "id": str(one.get("id", ""))}.items() for one in authors)
    }


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


def last_handed_in(kind: str, who: str, *, since: datetime, but: Post | None = None) -> Post | None:
    """The last message that this author handed in after a moment, another than `but`."""
    found = Post.objects.filter(
        made_at__gt=since,
        state=Post.State.SUBMITTED,
        handed_in_by__kind=kind,
        handed_in_by__id=who,
    )
    others = found.exclude(pk=but.pk) if but and but.pk else found
    return others.order_by("-made_at", "-pk").first()
