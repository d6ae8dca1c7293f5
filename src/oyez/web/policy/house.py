"""What the checks know of the house: contacts, domains, hours, languages, names."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oyez.policy import actions, events, queries
from oyez.policy import facts as known
from oyez.web.policy.forms import HouseForm
from oyez.web.policy.tabs import tabs
from oyez.web.rights import me, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.FACT_SET)
def facts(request: HttpRequest) -> HttpResponse:
    """All of it on one page; the record keeps who changed what."""
    form = HouseForm(request.POST or None, initial=_now())
    if form.is_bound and form.is_valid():
        before = _now()
        for key in form.fields:
            if form.lines(key) != before[key].splitlines():
                actions.set_fact(key, form.lines(key), by=me(request))
        messages.success(request, _("Saved. The checks know it from the next look on."))
        return redirect("policy:house")
    context: dict[str, Any] = {"form": form, "tabs": tabs(request, "policy:house")}
    return render(request, "policy/house.html", context, status=422 if form.errors else 200)


def _now() -> dict[str, str]:
    facts, said = queries.facts(), queries.said_facts()
    begins = {
        known.HOURS: [known.as_line(facts.hours)],
        known.LANGUAGES: list(facts.languages),
    }
    return {key: "\n".join(said.get(key) or begins.get(key, [])) for key in known.ASKS}
