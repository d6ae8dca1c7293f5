"""Who is here, what is one of them here for, and what may each role do?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from oyez.channels import queries as channels
from oyez.kit import clock
from oyez.people import events, queries
from oyez.web.failures import found
from oyez.web.people import words
from oyez.web.rights import may, me, needs
from oyez.web.settings import entries


@require_safe
@needs(events.INVITED)
def list_(request: HttpRequest) -> HttpResponse:
    """Everybody, the teams, and who waits to become an administrator."""
    here, members = list(queries.everyone()), queries.names_of_teams()
    away = queries.away_on(timezone.localtime(clock.now()).date())
    count = ngettext("%d person is here.", "%d people are here.", len(here)) % len(here)
    lacking = sum(words.lacks_a_passkey(person) for person in here)
    context = {
        "sentence": count,
        "lacking": lacking
        and ngettext(
            "%d person has no passkey yet, and can do nothing here until they have made one.",
            "%d people have no passkey yet, and can do nothing here until they have made one.",
            lacking,
        )
        % lacking,
        "waiting": [words.waits(one) for one in queries.grants()],
        "rows": [words.row(person, members, away) for person in here],
        "teams": [
            words.team(
                team,
                [channel.name for channel in channels.of_team(team)],
                [person.name for person in queries.members(team)],
            )
            for team in queries.teams()
        ],
    }
    return render(request, "people/list.html", context)


@require_safe
@needs(events.INVITED)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One of us, and who changed what about them."""
    person = found(queries.one, pk)
    context = {
        "person": person,
        "facts": words.facts(person),
        "waiting": [words.waits(one) for one in queries.grants().filter(person=person)],
        "steps": entries.history(person),
        "is_me": person.pk == me(request).id,
        "may_change": person.is_active and may(request, events.DUTIES_GIVEN, person),
    }
    return render(request, "people/show.html", context)


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """For everybody: what one may do here is no secret."""
    return render(request, "people/roles.html", {"roles": words.roles()})
