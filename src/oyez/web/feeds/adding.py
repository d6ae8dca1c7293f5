"""How does a feed come in? Test its address, say the rule, look at what would be sent, add it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oyez.feeds import actions, events
from oyez.ledger.actor import Refusal
from oyez.posts import queries as posts
from oyez.web.feeds.forms import AddressForm, NewFeedForm, RuleForm, usual
from oyez.web.feeds.preview import Shown, shown
from oyez.web.rights import me, needs

READ_NOW = 5
"""How many of its newest items a preview shows."""


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.ADDED)
def add(request: HttpRequest) -> HttpResponse:
    """Step one: the address is asked at once, and nothing is kept."""
    asked = {"url": request.GET["url"]} if "url" in request.GET else {}
    form = AddressForm(request.POST or None, initial=asked)
    if request.method != "POST" or not form.is_valid():
        return _address_page(request, form)
    url = form.cleaned_data["url"]
    try:
        found = posts.preview(url, to=(), at_most=READ_NOW)
    except Refusal as refusal:
        form.add_error("url", str(refusal))
        return _address_page(request, form)
    form_now = NewFeedForm(by=me(request), initial={**usual(), "url": url})
    return _rule_page(request, form_now, shown(found))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.ADDED)
def rule(request: HttpRequest) -> HttpResponse:
    """Step two: look at what would be sent as often as you like, then add it."""
    if request.method != "POST":
        return redirect("feeds:add")
    form = NewFeedForm(request.POST, by=me(request))
    if not form.is_valid():
        return _rule_page(request, form, [])
    try:
        if request.POST.get("do") == "add":
            return _added(request, form)
        return _rule_page(request, form, preview(form))
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _rule_page(request, form, [])


def preview(form: RuleForm, source: str = "", name: str = "") -> list[Shown]:
    """What the words on the form would make of the feed's newest items. Raises Refusal."""
    url = source or form.cleaned_data["url"]
    name = name or form.cleaned_data.get("name", "")
    return shown(posts.preview(url, name=name, at_most=READ_NOW, **form.words()))


def _added(request: HttpRequest, form: NewFeedForm) -> HttpResponse:
    told = form.cleaned_data
    feed = actions.add(
        told["url"], by=me(request), name=told["name"], trust=told["trust"], **form.rule()
    )
    said = _("Added %s. What is in it now is not posted; what comes next goes by the rule.")
    messages.success(request, said % feed.name)
    return redirect("feeds:show", feed.pk)


def _address_page(request: HttpRequest, form: AddressForm) -> HttpResponse:
    return render(request, "feeds/add.html", {"form": form}, status=422 if form.errors else 200)


def _rule_page(request: HttpRequest, form: NewFeedForm, found: list[Shown]) -> HttpResponse:
    back = f"{reverse('feeds:add')}?{urlencode({'url': form['url'].value() or ''})}"
    context = {"form": form, "preview": found, "asked": not form.errors, "back": back}
    return render(request, "feeds/rule.html", context, status=422 if form.errors else 200)
