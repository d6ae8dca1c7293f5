"""How does a library that knows only `requests` reach outside? Through the one outbound client."""

from __future__ import annotations

from email.message import Message
from io import BytesIO
from typing import Any

from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPResponse

from oyez.kit.fetch.contract import Answer, Fetch, FetchError
from requests import ConnectionError as NotReached
from requests import PreparedRequest, Response, Session

__all__ = ["NotReached", "Session", "session"]


def session(fetch: Fetch) -> Session:
    """Whatever it asks goes through `fetch`, with its rule, limits, proxy and authorities. What
    fails is a `requests.ConnectionError` whose cause is the FetchError.
    """
    return _Through(fetch)


class _Through(Session):
    """Reads no environment (a .netrc would add a password), and follows nothing: `fetch` follows
    what may be followed, under its rule.
    """

    def __init__(self, fetch: Fetch) -> None:
        super().__init__()
        self.trust_env = False
        self.adapters.clear()
        for scheme in ("https://", "http://"):
            self.mount(scheme, _Adapter(fetch))

    def get_redirect_target(self, resp: Response) -> None:
        return None


class _Adapter(BaseAdapter):
    def __init__(self, fetch: Fetch) -> None:
        super().__init__()
        self._fetch = fetch

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """Time-outs, certificates and proxies are not the caller's to choose."""
        body = request.body
        assert body is None or isinstance(body, str | bytes)  # nothing of ours is streamed
        try:
            answer = self._fetch.ask(
                request.method or "GET",
                request.url or "",
                headers=_ours(request.headers),
                body=body.encode() if isinstance(body, str) else body,
            )
        except FetchError as trouble:
            raise NotReached(str(trouble), request=request) from trouble
        return _response(request, answer)

    def close(self) -> None:
        """The client is the house's, and stays."""


_NOT_THEIRS = {"user-agent", "accept-encoding", "connection", "content-length"}


def _ours(headers: CaseInsensitiveDict[str | bytes]) -> dict[str, str]:
    """As text: what `requests` makes itself, such as a password’s, comes as either."""
    return {
        name: value.decode("latin-1") if isinstance(value, bytes) else value
        for name, value in headers.items()
        if name.lower() not in _NOT_THEIRS
    }


def _response(request: PreparedRequest, answer: Answer) -> Response:
    said = Response()
    said.status_code, said.url, said.request = answer.status, answer.url, request
    said.headers = CaseInsensitiveDict(answer.headers)
    said.encoding = _charset(answer)
    said.raw = HTTPResponse(BytesIO(answer.body), preload_content=False)
    return said


def _charset(answer: Answer) -> str | None:
    head = Message()
    head["content-type"] = answer.headers.get("content-type", "")
    return head.get_content_charset()
