"""Which pictures does the page offer, and what is still to be said of those that are chosen?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from oyez.library import queries, rules
from oyez.policy.checks.co_7_licence import names_the_owner
from oyez.posts.draft import Draft, Placed
from oyez.web import tongues
from oyez.web.numbers import number

if TYPE_CHECKING:
    from oyez.library.models import Attachment

OFFERED = 12  # pictures to choose from on the page itself


def offered(chosen: Collection[str]) -> list[Attachment]:
    """Those chosen, by number, then the newest. One that is not there is no choice."""
    newest = list(queries.attachments()[:OFFERED])
    known = {one.pk for one in newest}
    wanted = [pk for said in chosen if (pk := number(said)) is not None and pk not in known]
    return [*queries.numbered(wanted).values(), *newest]


def named(one: Attachment) -> str:
    """How it reads in the list of choices."""
    return f"{one.name}: {one.alt or _('not described yet')}"


def placed(pk: int, before: Draft | None) -> Placed:
    """As the draft had it, with its own alt text, or new."""
    known = {one.attachment: one for one in before.media} if before else {}
    return known.get(pk, Placed(pk))


def unsaid(chosen: Iterable[Attachment]) -> Mapping[str, tuple[Attachment, str]]:
    """The fields that are still to be answered: “alt_3” -> the picture, and what it lacks."""
    return {f"{name}_{one.pk}": (one, name) for one in chosen for name in _missing(one)}


def _missing(one: Attachment) -> list[str]:
    known = names_the_owner(one.licence, one.source)
    return [*(["alt"] if one.needs_alt else []), *([] if known else ["source"])]


def asks(like: Any, name: str, one: Attachment) -> forms.CharField:
    """A field `like` that for a new picture, about one that is there already."""
    label = _("Describe %s") if name == "alt" else _("Who took %s, or who owns it")
    widget = copy(like.widget)
    return forms.CharField(
        label=label % one.name, required=False, max_length=like.max_length, widget=widget
    )


def told(pk: int) -> str:
    """The name of the field for what a picture shows, in the language of the message."""
    return f"told_{pk}"


def retold(chosen: Iterable[Attachment], form: forms.Form) -> Mapping[str, Attachment]:
    """Those that the library describes in another language than the message is in, by field; and
    those that the message describes in words of its own.
    """
    language = form["language"].value()
    return {
        told(one.pk): one
        for one in chosen
        if not one.decorative and not one.is_film
        if language != (one.language or "en") or form.initial.get(told(one.pk))
    }


def asks_again(one: Attachment, form: forms.Form) -> forms.CharField:
    """The field for what it shows in this message; left empty, the library’s words go out."""
    language = tongues.name(form["language"].value())
    return forms.CharField(
        label=_("Describe %(name)s in %(language)s") % {"name": one.name, "language": language},
        help_text=_("In the library it says: %s") % (one.alt or "…"),
        required=False,
        max_length=rules.ALT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
