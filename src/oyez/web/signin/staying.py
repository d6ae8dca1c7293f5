"""Who stays in when all else ends? This very browser, after its person changed how they come in, or
showed anew that it is them: whoever had copied its number is out then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest

from oyez.people import actions

if TYPE_CHECKING:
    from oyez.people.models import Person


def stay(request: HttpRequest) -> None:
    """The session gets another number, and its place in the list with it."""
    person, before = cast("Person", request.user), request.session.session_key or ""
    update_session_auth_hash(request, person)
    actions.follow(person, before, request.session.session_key or "")
