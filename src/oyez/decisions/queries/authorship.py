"""Whose words are these, so that somebody else decides on them?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from oyez.decisions import rules
from oyez.decisions.models import Step
from oyez.feeds import queries as feeds
from oyez.feeds.models import Feed
from oyez.ledger.actor import Actor
from oyez.people.models import Person
from oyez.people.rules import was_typed
from oyez.posts import queries as posts
from oyez.posts.models import Post

Changed = Callable[[Feed], list[dict[str, str]]]


def wrote(post: Post, by: Actor) -> bool:
    """Are any of these words theirs? All consoles are one author: the machine’s owner; so is all
    that was typed there, in whosever names.
    """
    authors = authors_of(post)
    return is_one_of(by, authors) or same_hands(by, authors)


def same_hands(by: Actor, authors: Iterable[Mapping[str, str]]) -> bool:
    return was_typed(by.name) and any(was_typed(one.get("name", "")) for one in authors)


def is_one_of(by: Actor, others: Iterable[Mapping[str, str]]) -> bool:
    return rules.is_one_of({"kind": by.kind, "id": str(by.id)}, others)


def authors_of(post: Post) -> list[dict[str, str]]:
    return [*posts.authors(post), *who_set_its_rule(post, channels_that_ask())]


def channels_that_ask() -> set[int]:
    return set(Step.objects.values_list("channel_id", flat=True))


def who_set_its_rule(
    post: Post, asking: Collection[int], changed: Changed = feeds.who_changed_the_rule
) -> list[dict[str, str]]:
    """Whoever trusts the feed whose rule handed it in or has changed that rule, where a channel
    asks for a second person: its templates and channels are their choice.
    """
    by_rule = post.handed_in_by.get("kind") == "feed"
    if not (post.item and by_rule and set(post.draft.to) & set(asking)):
        return []
    return [post.item.feed.trusted_by, *changed(post.item.feed)]


def without_authors(post: Post, answers_for: Collection[int]) -> Collection[int]:
    """A deputy says yes for somebody else, never in the name of an author of these words."""
    if len(answers_for) < 2:  # nobody but the actor, whose own words were asked about before
        return answers_for
    return but(answers_for, authors_of(post))


def but(answers_for: Collection[int], authors: Iterable[Mapping[str, str]]) -> set[int]:
    return set(answers_for) - {int(who["id"]) for who in authors if who.get("kind") == Person.kind}
