"""How do our style, script and icon reach the browser? WhiteNoise finds them; we compress them.

WhiteNoise streams files synchronously, of which Django warns under ASGI, and compresses none.
Ours are few and small: they go out whole.
"""

from __future__ import annotations

import gzip
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]
from whitenoise.responders import StaticFile  # type: ignore[import-untyped]

WORTH_IT = ("text/", "image/svg")


class Statics(WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise's middleware; stands where it would stand, after SecurityMiddleware."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        answer = static_file.get_response(request.method, request.META)
        with_body = answer.file is not None
        body = answer.file.read() if with_body else b""
        if with_body:
            answer.file.close()
        response = HttpResponse(body, status=int(answer.status), headers=dict(answer.headers))
        return compressed(response, request) if with_body and answer.status == 200 else response


def compressed(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """The same answer in gzip, where the browser takes it and the bytes are text."""
    if not response["Content-Type"].startswith(WORTH_IT):
        return response
    response["Vary"] = "Accept-Encoding"
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = _gzip(response.content)
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(response.content))
    return response


@lru_cache(maxsize=64)
def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, 9, mtime=0)
