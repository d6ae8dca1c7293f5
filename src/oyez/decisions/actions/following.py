"""Looking where a link leads, and forgetting it again."""

from __future__ import annotations

from django.conf import settings

from oyez.channels.outside import looker
from oyez.decisions import queries
from oyez.decisions.models import LinkLook
from oyez.kit import clock
from oyez.kit.fetch import Answer, Denied, FetchError, TooBig, Unanswered
from oyez.ledger.actor import Refusal
from oyez.policy.links import bare

FOLLOWS_NONE = "This house follows no links: OYEZ_FOLLOW_LINKS says no."


def follow(link: str) -> None:
    """Look where a link leads, unless somebody has lately, and keep what came of it."""
    if not settings.OYEZ.follow_links:
        raise Refusal(FOLLOWS_NONE)
    for name in queries.links_wanting_a_look([link]):
        LinkLook.objects.bulk_create(
            [_look(name)],
            update_conflicts=True,
            unique_fields=["url"],
            update_fields=["final", "status", "why", "refused", "looked_at"],
        )


def forget_looks() -> None:
    """What is too old to be believed."""
    LinkLook.objects.filter(looked_at__lt=clock.now() - queries.BELIEVED).delete()


def _look(link: str) -> LinkLook:
    try:
        answer = _answer(link)
    except FetchError as trouble:
        refused = isinstance(trouble, Denied)
        return LinkLook(url=link, why=str(trouble), refused=refused, looked_at=clock.now())
    return LinkLook(url=link, final=bare(answer.url), status=answer.status, looked_at=clock.now())


def _answer(link: str) -> Answer:
    """HEAD takes nothing from a site; where it does not please, we ask as a reader would."""
    try:
        answer = _ask("HEAD", link)
    except Unanswered:  # some servers hang up on it
        return _ask("GET", link)
    return answer if answer.status < 400 else _ask("GET", link)


def _ask(method: str, link: str) -> Answer:
    try:
        return looker().ask(method, link)
    except TooBig as cut:
        return cut.answer
