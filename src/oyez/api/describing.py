"""What may other programs ask of this house? OpenAPI 3.1 says it, in a file beside this one."""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

DESCRIPTION = (Path(__file__).parent / "openapi.json").read_bytes()


@require_safe
@login_not_required
def describe(request: HttpRequest) -> HttpResponse:
    """/openapi.json"""
    return HttpResponse(DESCRIPTION, content_type="application/json")
