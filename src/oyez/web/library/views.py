"""What is in the library, and what do we know of one picture or film?"""

from __future__ import annotations

from collections.abc import Mapping

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from oyez.channels import queries as channels
from oyez.library import actions, events, queries
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.library import using, words
from oyez.web.rights import may, me, needs

A_PAGE = 24
_KINDS = (queries.PICTURE, queries.FILM)


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """All that is in use, or what the words and the tab leave of it."""
    show, asked = request.GET.get("show", ""), request.GET.get("words", "")[:200]
    without = queries.missing_alt_text().count()
    kind = show if show in _KINDS else ""
    all_found = queries.search(asked, missing_alt=show == words.NO_ALT, kind=kind)
    page = Paginator(all_found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "shelf": [(one, words.mark(one)) for one in page],
        "page": page,
        "words": asked,
        "show": show,
        "state": words.state(queries.attachments().count(), without),
        "tabs": words.tabs(request, without),
        "may_add": may(request, events.UPLOADED),
    }
    return render(request, "library/list.html", context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One: how it looks, what it says, who agreed to be in it, where it is used."""
    one = found(queries.one, pk)
    names = {channel.pk: channel.name for channel in channels.linked()}
    context = {
        "one": one,
        "mark": words.mark(one),
        "facts": words.facts(one),
        "consents": [words.consented(consent, names) for consent in queries.consents(one)],
        "uses": using.everywhere(one),
        "may": may(request, events.DESCRIBED) and not one.retired_at,
    }
    return render(request, "library/show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.RETIRED)
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it out of use; who has it in a message that is still to go is told so first."""
    one = found(queries.one, pk)
    question = Question(
        title=_("Take %s out of use?") % one.name,
        text=_("Nobody can choose it any more. Messages that went out with it keep it."),
        act=_("Take it out of use"),
        back=reverse("library:list"),
        danger=True,
        template="library/retire.html",
    )

    def do(answers: Mapping[str, str]) -> str:
        actions.retire(one, by=me(request))
        return _("%s is out of use.") % one.name

    return confirm(request, question, do, uses=using.still_to_go(one))
