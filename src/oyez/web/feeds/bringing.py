"""Feeds from another reader: look at each of its list first, then bring along those that answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from oyez.channels import queries as channels
from oyez.feeds import actions, events, lists
from oyez.formats import opml
from oyez.formats.contract import Subscription
from oyez.formats.reading import MOST_LIST
from oyez.ledger.actor import Refusal
from oyez.web.feeds.words import where
from oyez.web.forms import Form, needed
from oyez.web.problems import Problem
from oyez.web.rights import me, needs

if TYPE_CHECKING:
    from collections.abc import Sequence


class ListForm(Form):
    """The list as a file; or, once it was looked at, as we read it."""

    file = needed(
        forms.FileField(
            label=later("List of feeds (OPML)"),
            help_text=later("Most readers write one under “Export”. Up to 100 feeds at once."),
            required=False,
        )
    )
    list = forms.CharField(required=False, widget=forms.HiddenInput)
    to = forms.MultipleChoiceField(
        label=later("Channels their items go to, once you trust a feed"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channels = {str(channel.pk): channel for channel in channels.linked()}
        to: Any = self.fields["to"]
        to.choices = [(pk, where(channel)) for pk, channel in self.channels.items()]

    def listed(self) -> tuple[Subscription, ...]:
        """The feeds of the list. Raises Refusal when there is no list, or none that can be read."""
        if given := self.cleaned_data.get("file"):
            return lists.read_list(given.read(MOST_LIST + 1))
        if kept := self.cleaned_data.get("list"):
            return lists.read_list(str(kept).encode())
        raise Refusal(_("Choose a file."))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.ADDED)
def bring(request: HttpRequest) -> HttpResponse:
    """Ask for the list; show what is at each address; add what is asked for."""
    asked = request.method == "POST"
    form = ListForm(request.POST, request.FILES) if asked else ListForm()
    lines: Sequence[lists.Line] = ()
    problem = ""
    if asked and form.is_valid():
        try:
            lines = lists.look(form.listed())
            if request.POST.get("do") == "bring":
                return _brought(request, form, lines)
        except Refusal as refusal:
            problem = str(refusal)
    return _page(request, form, lines, problem)


def _brought(request: HttpRequest, form: ListForm, lines: Sequence[lists.Line]) -> HttpResponse:
    to = [form.channels[pk] for pk in form.cleaned_data["to"]]
    count = len(actions.bring(lines, to=to, by=me(request)))
    said = ngettext(
        "Brought %d feed. It is only watched until somebody trusts it further.",
        "Brought %d feeds. They are only watched until somebody trusts them further.",
        count,
    )
    messages.success(request, said % count)
    return redirect("feeds:list")


def _page(
    request: HttpRequest, form: ListForm, lines: Sequence[lists.Line], problem: str
) -> HttpResponse:
    good = [line for line in lines if not line.why]
    listed = [Subscription(line.name, line.url) for line in lines]
    context = {
        "form": form,
        "lines": lines,
        "good": len(good),
        "bad": len(lines) - len(good),
        "list": opml.write("", listed) if good else "",
        "problems": [Problem(problem, "#id_file")] if problem else [],
    }
    status = 422 if problem or form.errors or (lines and not good) else 200
    return render(request, "feeds/bring.html", context, status=status)
