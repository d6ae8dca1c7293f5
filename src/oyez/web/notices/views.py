"""What was I told, and what was mailed to whom?"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from oyez.notices import actions, events, queries
from oyez.web.notices import words
from oyez.web.rights import may, me, needs, tell

if TYPE_CHECKING:
    from oyez.people.models import Person

A_PAGE = 25


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """Unread first. A link leads straight to its page; only the button marks as read."""
    found = queries.notices(cast("Person", request.user))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    unread = queries.unread(request.user)
    context = {
        "page": page,
        "sentence": words.sentence(unread, some=bool(page.object_list)),
        "unread": unread,
        "newest": max((notice.pk for notice in page.object_list), default=0),
        "mail": queries.mail_is_on(),
        "may_see_log": may(request, events.TESTED),
    }
    return render(request, "notices/list.html", context)


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read."""
    tell(request, lambda: _read(request, pk))
    return redirect("notices:list")


def _read(request: HttpRequest, pk: int) -> str:
    actions.read(pk, by=me(request))
    return _("Marked as read.")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark as read all that were there when the page was drawn."""
    newest = request.POST.get("newest", "")

    def do() -> str:
        up_to = int(newest) if newest.isdecimal() and len(newest) < 19 else 0
        count = actions.read_all(up_to=up_to, by=me(request))
        return ngettext("Marked %d as read.", "Marked %d as read.", count) % count

    tell(request, do)
    return redirect("notices:list")


@require_safe
@needs(events.TESTED)
def log(request: HttpRequest) -> HttpResponse:
    """For administrators: every e-mail, to whom, and what became of it."""
    page = Paginator(queries.log(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [words.posting(posting) for posting in page.object_list],
        "mail": queries.mail_is_on(),
        "troubles": queries.troubles(),
    }
    return render(request, "notices/log.html", context)
