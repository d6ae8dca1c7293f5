"""The controversial topics: the list, add one, take one off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from oyez.partners import actions, events, queries
from oyez.web import days
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.figures.forms import TopicForm
from oyez.web.figures.tabs import tabs
from oyez.web.parts import Mark, Row
from oyez.web.rights import may, me, needs

if TYPE_CHECKING:
    from oyez.partners.models import Topic

A_PAGE = 50


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """Each leads to the question whether to take it off, for those who may."""
    page = Paginator(queries.topics(), A_PAGE).get_page(request.GET.get("page"))
    may_retire = may(request, events.TOPIC_RETIRED)
    context = {
        "title": _("Political register"),
        "tabs_name": _("Political register"),
        "tabs": tabs("figures:topics"),
        "page": page,
        "rows": [_row(one, may_retire) for one in page.object_list],
        "none": _("No topic is listed"),
        "what": _("Before an election a message about a listed topic waits for a second look."),
    }
    if may(request, events.TOPIC_ADDED):
        context |= {"act": _("Add a topic"), "href": reverse("figures:add_topic")}
    return render(request, "settings/register.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.TOPIC_ADDED)
def add(request: HttpRequest) -> HttpResponse:
    def do(said: Mapping[str, Any]) -> str:
        return _("Listed %s.") % actions.add_topic(
            said["words"], until=said["until"], by=me(request)
        )

    back = reverse("figures:topics")
    question = Question(_("Add a controversial topic"), _("Save the topic"), back)
    return confirm(request, question, do, form=TopicForm(request.POST or None))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.TOPIC_RETIRED)
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked once more."""
    one = found(queries.topic, pk)
    question = Question(
        title=_("Take “%s” off the list?") % one,
        text=_("Checks no longer look for these words."),
        act=_("Take off the list"),
        back=reverse("figures:topics"),
        danger=True,
    )
    return confirm(
        request,
        question,
        lambda answers: _("%s is off the list.") % actions.retire_topic(one, by=me(request)),
    )


def _row(one: Topic, may_retire: bool) -> Row:
    over = bool(one.until_on and one.until_on < queries.today())
    until = days.in_words(one.until_on) if one.until_on else ""
    return Row(
        one.words,
        reverse("figures:retire_topic", args=[one.pk]) if may_retire else "",
        _("Until %s") % until if until else _("Until further notice"),
        Mark(_("Over"), "grey") if over else Mark(_("Controversial"), "blue"),
    )
