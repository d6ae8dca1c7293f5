"""Two people changed the same draft: nothing is lost, and one of them says which words stay."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oyez.channels import queries as channels
from oyez.ledger.actor import Refusal
from oyez.posts import actions, events, queries
from oyez.posts.draft import Difference, differences, merged
from oyez.web.failures import found
from oyez.web.languages.speaking import ENGLISH
from oyez.web.numbers import number
from oyez.web.rights import me, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.EDITED, queries.one)
def merge(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """Field by field: mine, or theirs?"""
    post = found(queries.one, pk)
    lost = found(lambda pk: queries.version(post, pk), version)
    choices = [_choice(one) for one in differences(post.draft, lost.draft)]
    if request.method == "POST":
        mine = {one["name"] for one in choices if request.POST.get(one["name"]) == "mine"}
        based_on = number(request.POST.get("version", "")) or 0
        try:
            draft = merged(lost.draft, post.draft, mine)
            actions.save(post, draft, based_on=based_on, by=me(request))
            messages.success(request, _("Saved the draft with the words you chose."))
            return redirect("write:edit", pk)
        except actions.Changed as changed:
            return redirect("write:merge", pk, changed.lost.pk)
        except Refusal as refusal:
            messages.error(request, str(refusal), ENGLISH)
            return redirect("messages:show", pk)
    context = {"post": post, "lost": lost, "choices": choices}
    return render(request, "write/merge.html", context)


def _choice(one: Difference) -> dict[str, Any]:
    return {
        "name": one.name,
        "label": label(one.name),
        "theirs": shown(one.before),
        "mine": shown(one.after),
    }


def label(name: str) -> str:
    """What a field of a draft is called on a page."""
    if name.startswith("own_words:"):
        return _("Words for %s") % _channel(int(name.partition(":")[2]))
    known = {
        "text": _("Message"),
        "to": _("Where it goes"),
        "link": _("Link"),
        "title": _("Name"),
        "language": _("Language"),
        "media": _("Pictures"),
        "wall": _("When"),
        "late_after": _("How late it may be"),
        "campaign": _("Campaign"),
        "topics": _("Topics"),
    }
    return known.get(name, name.replace("_", " ").capitalize())


def shown(value: object) -> str:
    """A value of a draft in words."""
    if isinstance(value, tuple):
        return ", ".join(_channel(one) if isinstance(one, int) else str(one) for one in value)
    return str(value if value is not None else "") or _("(nothing)")


def _channel(pk: int) -> str:
    known = {channel.pk: channel.name for channel in channels.linked()}
    return known.get(pk, _("a removed channel"))
