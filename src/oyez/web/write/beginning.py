"""With which words does a new message begin? Empty, or those of a template."""

from __future__ import annotations

from django.http import HttpRequest

from oyez.channels import queries as channels
from oyez.posts import queries
from oyez.posts.draft import Draft
from oyez.web.failures import found


def begun_with(request: HttpRequest) -> Draft:
    """The draft that the address asks for: `?template=3`, `?on=2027-05-06`."""
    draft = Draft(to=tuple(channel.pk for channel in channels.usual()))
    if (number := request.GET.get("template", "")).isdecimal():
        template = found(queries.template, int(number))
        draft = draft.saying(template.text).in_language(template.language)
    return draft
