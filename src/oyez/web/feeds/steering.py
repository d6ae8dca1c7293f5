"""What can be done with a feed that is here? Poll, pause, go on, change its rule, trust it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from oyez.feeds import actions, events, queries
from oyez.ledger.actor import Refusal
from oyez.web.confirming import Question, confirm
from oyez.web.feeds import forms, words
from oyez.web.feeds.adding import preview
from oyez.web.feeds.preview import Shown
from oyez.web.rights import me, needs, tell

if TYPE_CHECKING:
    from oyez.feeds.models import Feed


@require_POST
@needs(events.CHANGED, queries.numbered)
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask it now, without waiting for its time."""

    def do() -> str:
        actions.poll([get_object_or_404(queries.feeds(), pk=pk)], by=me(request))
        feed = queries.feeds().get(pk=pk)
        if feed.problem:
            raise Refusal(feed.problem)
        waiting = feed.items.filter(state="settling").count()
        said = ngettext("%d item is waiting.", "%d items are waiting.", waiting) % waiting
        return _("Asked %s.") % feed.name + " " + (said if waiting else _("Nothing is waiting."))

    return _back(request, pk, do)


@require_POST
@needs(events.PAUSED, queries.numbered)
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask it no more, and post none of it."""
    feed = get_object_or_404(queries.feeds(), pk=pk)
    said = _("Paused %s. It is not asked, and nothing of it is posted.")
    return _back(request, pk, lambda: said % actions.pause(feed, by=me(request)).name)


@require_POST
@needs(events.RESUMED, queries.numbered)
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a paused feed."""
    feed = get_object_or_404(queries.feeds(), pk=pk)
    return _back(request, pk, lambda: _("%s goes on.") % actions.resume(feed, by=me(request)).name)


def _back(request: HttpRequest, pk: int, do: Callable[[], str]) -> HttpResponse:
    tell(request, do)
    return redirect("feeds:show", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.TRUSTED, queries.numbered)
def trust(request: HttpRequest, pk: int, level: str) -> HttpResponse:
    """Say how far it is trusted, on a page of its own: nobody does this by a slip."""
    if level not in words.LEVELS:
        raise Http404
    feed = get_object_or_404(queries.feeds().prefetch_related("targets__channel"), pk=pk)

    def do(answers: Mapping[str, str]) -> str:
        trusted = actions.set_trust(feed, level, read=answers["rule"], by=me(request))
        return f"{feed.name}: {words.trusted(trusted)}."

    question = words.question(feed, level, reverse("feeds:show", args=[pk]))
    rule = words.rule_itself(feed) if level == words.AUTOMATIC else []
    return confirm(request, question, do, form=_as_read(request, feed), rule=rule)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.CONFIRMED, queries.numbered)
def confirm_trust(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person’s yes to a feed that posts by itself where a channel asks for two."""
    feed = get_object_or_404(queries.feeds().prefetch_related("targets__channel"), pk=pk)

    def do(answers: Mapping[str, str]) -> str:
        actions.confirm_trust(feed, read=answers["rule"], by=me(request))
        return _("%s posts by itself from now on.") % feed.name

    question = Question(
        title=_("Confirm that %s may post by itself?") % feed.name,
        act=_("Confirm it"),
        back=reverse("feeds:show", args=[pk]),
        text=_(
            "Its channels ask for a second person. With your yes, each new item goes out by "
            "exactly the rule below without anybody being asked again."
        ),
        template="feeds/trust.html",
    )
    form = _as_read(request, feed)
    return confirm(request, question, do, form=form, rule=words.rule_itself(feed))


def _as_read(request: HttpRequest, feed: Feed) -> forms.ReadForm:
    return forms.ReadForm(request.POST or None, initial={"rule": feed.rule_digest})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.CHANGED, queries.numbered)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit the rule, with the same preview as when it was added."""
    feed = get_object_or_404(queries.feeds(), pk=pk)
    form = forms.RuleForm(request.POST or None, by=me(request), initial=forms.now(feed))
    found: list[Shown] = []
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("do") == "save":
                actions.change(feed, by=me(request), **form.rule())
                messages.success(request, _("Changed the rule of %s.") % feed.name)
                return redirect("feeds:show", pk)
            found = preview(form, feed.url, feed.name)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {"feed": feed, "form": form, "preview": found, "asked": bool(found)}
    return render(request, "feeds/change.html", context, status=422 if form.errors else 200)
