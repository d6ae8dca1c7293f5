"""How does a caller fetch? One Client per process, shared by all its threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote, urlsplit

import pycurl

from oyez.kit.addresses import AddressRule
from oyez.kit.fetch.authorities import bundle
from oyez.kit.fetch.contract import Answer, Fetch, FetchError, NotSent, Request, Upload
from oyez.kit.fetch.exchange import Exchange, House
from oyez.kit.fetch.outgoing import Outgoing, Target, check_headers, lower, outgoing, target
from oyez.kit.fetch.poller import poll
from oyez.kit.fetch.redirects import MOST_REDIRECTS, onward, too_many

TEN_MEGABYTES = 10 * 1024 * 1024


class WrongProxy(ValueError):
    """The proxy's address cannot be used. The sentence says what one looks like."""


class Client:
    """The one way out. `rule` judges each address as libcurl connects to it.

    `proxy` is then the one address connected to, except for what the rule lists by name or
    address; it resolves names, so it has to enforce the rule itself. `ca_file` replaces the
    system's certificate authorities. Sizes count unpacked bytes, seconds are wall time.
    """

    def __init__(
        self,
        rule: AddressRule,
        *,
        proxy: str = "",
        ca_file: str = "",
        user_agent: str = "Oyez",
        max_bytes: int = TEN_MEGABYTES,
        max_seconds: float = 20.0,
    ) -> None:
        address, login = _proxy(proxy)
        self._house = House(
            rule, address, login, bundle(ca_file), user_agent, max_bytes, max_seconds
        )
        self._idle: list[pycurl.Curl] = []
        self._lock = threading.Lock()

    def with_headers(self, headers: Mapping[str, str]) -> Fetch:
        """A Fetch that adds these to each request, and leaves them behind on another host."""
        return _Authorised(self, headers)

    def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        json: object | None = None,
        form: Mapping[str, str] | None = None,
        body: bytes | None = None,
        files: Mapping[str, Upload] | None = None,
        timeout: float = 20.0,
    ) -> Answer:
        """One exchange, as `Fetch.ask` says. Never sends anything but GET and HEAD twice."""
        request = outgoing(
            method, url, headers=headers, json=json, form=form, body=body, files=files
        )
        deadline = time.monotonic() + min(timeout, self._house.max_seconds)
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._exchange(request, deadline)
            following = onward(request, answer)
            if following is None:
                return answer
            last, request = request, following
        raise too_many(last)

    def many(
        self, requests: Iterable[Request], *, at_once: int = 50, timeout: float = 20.0
    ) -> Iterator[tuple[Request, Answer | FetchError]]:
        """GET each, at most `at_once` together, under the same rule, caps and redirects.

        Yields in the order in which they end. `timeout` is each one's wall time in seconds. No
        host is asked more than a handful of things together.
        """
        seconds = min(timeout, self._house.max_seconds)
        return poll(requests, self._house, at_once=at_once, seconds=seconds)

    def _exchange(self, request: Outgoing, deadline: float) -> Answer:
        exchange = Exchange(request, self._house, deadline)
        handle, stuck = self._take(), False
        try:
            exchange.prepare(handle)
            handle.perform()
            return exchange.answer(handle)
        except pycurl.error as error:
            stuck = error.args[0] == pycurl.E_OPERATION_TIMEDOUT
            raise exchange.failure(error) from error
        finally:
            self._give_back(handle, stuck=stuck)

    def _take(self) -> pycurl.Curl:
        with self._lock:
            return self._idle.pop() if self._idle else pycurl.Curl()

    def _give_back(self, handle: pycurl.Curl, *, stuck: bool) -> None:
        if stuck:
            # A name look-up may hang in it for long: it would hold up the next request, and
            # closing waits for it. Let a thread wait.
            threading.Thread(target=handle.close, daemon=True).start()
            return
        handle.reset()  # forgets options and callbacks, keeps connections and authorities
        with self._lock:
            self._idle.append(handle)


class _Authorised:
    """A client with headers of its own. Says nothing of them when printed."""

    def __init__(self, client: Client, headers: Mapping[str, str]) -> None:
        self._client = client
        self._headers = lower(check_headers(headers))

    def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        json: object | None = None,
        form: Mapping[str, str] | None = None,
        body: bytes | None = None,
        files: Mapping[str, Upload] | None = None,
        timeout: float = 20.0,
    ) -> Answer:
        return self._client.ask(
            method,
            url,
            headers={**self._headers, **lower(headers or {})},
            json=json,
            form=form,
            body=body,
            files=files,
            timeout=timeout,
        )


def _proxy(address: str) -> tuple[Target | None, str]:
    if not address:
        return None, ""
    parts = urlsplit(address)
    login = ""
    if parts.username:
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        address = address.replace(f"{parts.netloc.rpartition('@')[0]}@", "", 1)
    try:
        return target(address), login
    except NotSent as error:
        raise WrongProxy(
            "The proxy's address cannot be used: write it like http://proxy.example:3128."
        ) from error
