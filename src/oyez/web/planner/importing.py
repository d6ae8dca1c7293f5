"""Many messages from one table: look at it line by line first, then make drafts of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from oyez.ledger.actor import Refusal
from oyez.posts import actions, events, importing, queries
from oyez.web.forms import Form, needed
from oyez.web.problems import Problem
from oyez.web.rights import me, needs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oyez.posts.importing import Line


class TableForm(Form):
    """The table as a file; or, once it was looked at, as it stood then."""

    file = needed(
        forms.FileField(
            label=later("Table (CSV)"),
            help_text=later("Up to 500 messages. A spreadsheet saves it as “CSV UTF-8”."),
            required=False,
        )
    )
    table = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def content(self) -> bytes:
        """What was given. Raises Refusal when nothing was."""
        if given := self.cleaned_data.get("file"):
            if given.size > importing.MOST_BYTES:
                raise Refusal(_("The file is over 1 MB. Import a part at a time."))
            return bytes(given.read())
        if table := self.cleaned_data.get("table"):
            return str(table).encode()
        raise Refusal(_("Choose a file."))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.STARTED)
def table(request: HttpRequest) -> HttpResponse:
    """Ask for the file; show what each line would become; make the drafts."""
    asked = request.method == "POST"
    form = TableForm(request.POST, request.FILES) if asked else TableForm()
    lines: Sequence[Line] = ()
    problem, content = "", b""
    if asked and form.is_valid():
        try:
            content = form.content()
            lines = queries.read_table(content)
            if request.POST.get("do") == "make" and any(line.draft for line in lines):
                messages.success(request, _made(len(actions.import_lines(lines, by=me(request)))))
                return redirect("planner:show")
        except Refusal as refusal:
            problem = str(refusal)
    return _page(request, lines, content, problem)


def _made(count: int) -> str:
    return ngettext("Made %d draft.", "Made %d drafts.", count) % count


def _page(
    request: HttpRequest, lines: Sequence[Line], content: bytes, problem: str
) -> HttpResponse:
    good = sum(line.draft is not None for line in lines)
    context = {
        "form": TableForm(),
        "lines": lines,
        "good": good,
        "bad": len(lines) - good,
        "table": importing.as_text(content) if lines else "",
        "columns": importing.COLUMNS,
        "problems": [Problem(problem, "#id_file")] if problem else [],
    }
    status = 422 if problem or (lines and not good) else 200
    return render(request, "planner/import.html", context, status=status)
