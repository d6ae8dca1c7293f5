"""What can be set up?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from oyez.web.settings import listed


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "settings/index.html", {"rows": listed.rows(request)})
