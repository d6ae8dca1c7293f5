"""Which teams' channels does each message of a list reach, and so, for whom is it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from oyez.channels import queries as channels
from oyez.ledger.actor import Actor
from oyez.ledger.events import Kind
from oyez.people.rules import Reaching
from oyez.posts.models import Post, Recurrence, Variant


def reaches(posts: Iterable[Post]) -> dict[int, Reaching]:
    """What Post.teams() says of each, by number; two questions however many, one where no channel
    belongs to a team.
    """
    to, owners = {post.pk: set(post.draft.to) for post in posts}, channels.owners()
    if owners:
        sent = Variant.objects.filter(post__in=to, left_out="")
        for post, channel in sent.values_list("post", "channel"):
            to[post].add(channel)
    return {pk: _reaching(owners, numbers) for pk, numbers in to.items()}


def _reaching(owners: Mapping[int, int], numbers: Iterable[int]) -> Reaching:
    return Reaching(frozenset(owners[one] for one in numbers if one in owners))


def open_to(by: Actor, kind: Kind, numbers: Iterable[int]) -> set[int]:
    """To which of these messages may this actor make `kind` happen?"""
    if not channels.owners():
        return set(numbers) if by.may(kind.name, None) else set()
    found = reaches(Post.objects.filter(pk__in=set(numbers)).only("content"))
    return {pk for pk, reach in found.items() if by.may(kind.name, reach)}


def repeats_open_to(by: Actor, kind: Kind, found: Iterable[Recurrence]) -> set[int]:
    """The same of what comes again."""
    owners = channels.owners()
    reach = {one.pk: _reaching(owners, one.draft.to) for one in found}
    return {pk for pk, reach in reach.items() if by.may(kind.name, reach)}
