"""A check tried on the last messages, and a text or a message replayed with other levels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from oyez.channels import queries as channels
from oyez.decisions import queries
from oyez.ledger.actor import Refusal, signed
from oyez.policy.contract import Level
from oyez.policy.running import verdict
from oyez.posts import queries as posts
from oyez.posts.draft import Draft
from oyez.web.parts import Mark, Row
from oyez.web.policy import words
from oyez.web.policy.forms import ReplayForm, TryForm
from oyez.web.policy.tabs import tabs
from oyez.web.problems import Problem
from oyez.web.rights import me
from oyez.web.write.looking import mark as level_mark
from oyez.web.write.looking import said

A_PAGE = 25


@require_safe
def dry_run(request: HttpRequest) -> HttpResponse:
    """Nothing is changed; the question stands in the address, so it can be passed on."""
    asked = "level" in request.GET
    form = TryForm(request.GET) if asked else TryForm(initial=request.GET.dict() | {"last": 500})
    context: dict[str, Any] = {"form": form, "tabs": tabs(request, "policy:try")}
    if asked and form.is_valid():
        answers = form.cleaned_data
        tried = queries.dry_run(answers["check"], answers["level"], answers["last"])
        page = Paginator(tried.caught, A_PAGE).get_page(request.GET.get("page"))
        rows = [_row(one) for one in page.object_list]
        context |= {"tried": tried, "says": _says(answers, tried), "page": page, "rows": rows}
    return render(request, "policy/try.html", context, status=422 if form.errors else 200)


def _says(answers: Mapping[str, Any], tried: queries.DryRun) -> str:
    """ "AC-9 at “Needs a yes” would have held 14 of the last 500 messages. As things stand: 2"."""
    given = {"check": answers["check"], "level": words.named(answers["level"])}
    if not tried.looked:
        return _("No message has been handed in yet, so there is nothing to try it on.")
    count = {**given, "held": tried.held, "spoken": tried.spoken, "all": tried.looked}
    spoken = ngettext(
        "%(check)s at “%(level)s” would have held %(held)d of the last %(all)d message, and spoken "
        "on %(spoken)d.",
        "%(check)s at “%(level)s” would have held %(held)d of the last %(all)d messages, and "
        "spoken on %(spoken)d.",
        tried.looked,
    )
    return spoken % count + " " + _("As things stand it holds %d of them.") % tried.held_now


def _row(one: queries.Caught) -> Row:
    found = one.after or one.before
    because = ", ".join(f"“{word}”" for finding in found for word in finding.words)
    meta = " · ".join(filter(None, (one.wording.channel.name, found[0].message, because)))
    href = reverse("messages:show", args=[one.wording.variant.post_id])
    level = verdict(one.after)
    mark = level_mark(level) if level else Mark(_("Silent"), "grey")
    return Row(one.wording.headline, href, meta, mark, urgent=(level or 0) >= Level.HOLD)


@require_http_methods(["GET", "HEAD", "POST"])
def replay(request: HttpRequest) -> HttpResponse:
    """What would have been said? By POST, since the words are not for an address."""
    form = ReplayForm(request.POST or None, initial=request.GET.dict())
    context: dict[str, Any] = {"form": form, "tabs": tabs(request, "policy:replay")}
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            played = _replayed(request, form)
        except Refusal as why:
            context["problems"] = [Problem(str(why))]
        else:
            before = said({channel: one.before for channel, one in played.items()})
            after = said({channel: one.after for channel, one in played.items()})
            sides = [(_("As things stand"), before), (_("With these levels"), after)]
            context["sides"] = sides if form.changes() else sides[:1]
            status = 200
    return render(request, "policy/replay.html", context, status=status)


def _replayed(request: HttpRequest, form: ReplayForm) -> Mapping[Any, queries.Replayed]:
    if number := form.cleaned_data["message"]:
        return queries.replay(posts.one(number), form.changes())
    going = list(channels.writable())
    if not going:
        raise Refusal(_("No channel is linked, and checks look at words for a channel. Link one."))
    text, by = form.cleaned_data["text"], me(request)
    draft = Draft(text=text, to=tuple(one.pk for one in going)).tidied()
    return queries.replay_text(draft, dict.fromkeys(going, draft.text), form.changes(), signed(by))
