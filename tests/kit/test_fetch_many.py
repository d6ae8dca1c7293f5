"""Are thousands of addresses polled at once, each on its own account?"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from oyez.kit.addresses import AddressRule
from oyez.kit.fetch import Answer, Client, NotSent, Request, Unanswered
from oyez.kit.fetch.poller import MOST_PER_HOST
from tests.servers.raw import Seen, Server, reply, serving


def feed(seen: Seen) -> bytes | None:
    if seen.path.startswith("/slow"):
        time.sleep(0.3)
    if seen.path == "/moved":
        return reply(status="301 Moved", location="/feed")
    if seen.path == "/loop":
        return reply(status="302 Found", location="/loop")
    if seen.path == "/inwards":
        return reply(status="302 Found", location="http://127.0.0.1:22/")
    if seen.path == "/big":
        return reply(b"x" * 2000)
    if seen.path == "/dead":
        return None
    if seen.headers.get("if-none-match") == '"1"':
        return reply(status="304 Not Modified")
    return reply(seen.path.encode(), etag='"1"')


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(feed) as started:
        yield started


@pytest.fixture
def client(server: Server) -> Client:
    return Client(AddressRule([server.address]), max_bytes=1000)


def test_a_thousand_addresses_each_get_their_own_answer(server: Server, client: Client) -> None:
    requests = [Request(server.url(f"/{number}"), mark=number) for number in range(1000)]
    polled = list(client.many(requests))
    assert sorted(request.mark for request, _ in polled) == list(range(1000))
    for request, answer in polled:
        assert isinstance(answer, Answer)
        assert answer.body == f"/{request.mark}".encode()
    assert server.connections <= MOST_PER_HOST


def test_an_unchanged_feed_answers_304(server: Server, client: Client) -> None:
    ((_, first),) = client.many([Request(server.url())])
    assert isinstance(first, Answer)
    again = Request(server.url(), {"If-None-Match": first.headers["etag"]})
    ((_, second),) = client.many([again])
    assert isinstance(second, Answer)
    assert (second.status, second.body) == (304, b"")


@pytest.mark.parametrize(
    ("path", "kind", "said"),
    [
        ("/loop", Unanswered, "forwarded more than 3 times"),
        ("/inwards", NotSent, "not a public address"),
        ("/big", Unanswered, "bigger than allowed"),
        ("/dead", Unanswered, "closed the connection without an answer"),
    ],
)
def test_each_failure_comes_back_with_its_request(
    server: Server, client: Client, path: str, kind: type[Exception], said: str
) -> None:
    request = Request(server.url(path), mark="mine")
    ((came, failure),) = client.many([request])
    assert came is request
    assert isinstance(failure, kind)
    assert said in str(failure)


def test_bad_addresses_among_good_ones_harm_nobody(server: Server, client: Client) -> None:
    urls = [
        "no address",
        f"http://{'x' * 9_000_000}/",
        f"{server.url()}{'x' * 9_000_000}",
        server.url("/a"),
        "http://x\n/",
        server.url("/moved"),
        "gopher://x",
    ]
    polled = {request.url: came for request, came in client.many(Request(url) for url in urls)}
    good = {url: came.body for url, came in polled.items() if isinstance(came, Answer)}
    assert good == {server.url("/a"): b"/a", server.url("/moved"): b"/feed"}
    assert len(polled) == len(urls)


def test_a_slow_one_holds_nobody_up(server: Server, client: Client) -> None:
    paths = ["/slow", *(f"/{number}" for number in range(20))]
    ended = [request.url for request, _ in client.many(Request(server.url(p)) for p in paths)]
    assert ended[-1] == server.url("/slow")


def test_a_caller_who_takes_long_lets_nobody_time_out(server: Server, client: Client) -> None:
    requests = (Request(server.url(f"/slow/{number}")) for number in range(10))
    polled = []
    for _, came in client.many(requests, at_once=5, timeout=0.6):
        time.sleep(0.2)
        polled.append(came)
    assert [type(came) for came in polled] == [Answer] * 10


def test_each_has_its_own_wall_time(server: Server, client: Client) -> None:
    requests = [Request(server.url("/slow")), Request(server.url("/quick"))]
    polled = {request.url: came for request, came in client.many(requests, timeout=0.15)}
    assert isinstance(polled[server.url("/slow")], Unanswered)
    assert isinstance(polled[server.url("/quick")], Answer)


@pytest.mark.parametrize(("at_once", "seen"), [(3, 3), (50, MOST_PER_HOST)])
def test_no_more_than_allowed_are_under_way(at_once: int, seen: int) -> None:
    now, most, lock = [0], [0], threading.Lock()

    def count(_: Seen) -> bytes:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.01)
        with lock:
            now[0] -= 1
        return reply()

    with serving(count) as server:
        client = Client(AddressRule([server.address]))
        assert len(list(client.many([Request(server.url())] * 60, at_once=at_once))) == 60
    assert most[0] == seen


def test_waiting_for_a_busy_host_is_not_counted_as_its_slowness() -> None:
    def slowly(_: Seen) -> bytes:
        time.sleep(0.1)
        return reply()

    with serving(slowly) as server:
        client = Client(AddressRule([server.address]))
        polled = list(client.many([Request(server.url())] * 40, at_once=40, timeout=0.4))
    assert [type(came) for _, came in polled] == [Answer] * 40


def test_a_busy_host_holds_up_no_other(server: Server) -> None:
    with serving(feed) as busy:
        client = Client(AddressRule([server.address, busy.address]))
        urls = [busy.url("/slow", host="localhost")] * 20 + [server.url("/quick")]
        ended = [request.url for request, _ in client.many(Request(url) for url in urls)]
    assert ended[0] == server.url("/quick")


def test_a_thousand_that_cannot_be_asked_come_back_all(client: Client) -> None:
    requests = [Request("http://10.0.0.1/")] * 2000
    assert len(list(client.many(requests, at_once=2000))) == 2000


def test_requests_are_read_only_a_little_ahead_and_in_the_callers_thread(
    server: Server, client: Client
) -> None:
    read: list[str] = []

    def requests() -> Iterator[Request]:
        for number in range(100):
            read.append(threading.current_thread().name)
            yield Request(server.url(f"/{number}"))

    polled = client.many(requests(), at_once=10)
    next(polled)
    assert len(read) == 10
    assert set(read) == {threading.current_thread().name}


def test_a_caller_who_walks_away_leaves_no_thread_behind(server: Server, client: Client) -> None:
    polled = client.many(Request(server.url("/slow")) for _ in range(100))
    next(polled)
    polled.close()  # type: ignore[attr-defined]
    assert "poller" not in {thread.name for thread in threading.enumerate()}


def test_a_mistake_in_the_callers_list_is_the_callers(server: Server, client: Client) -> None:
    def broken() -> Iterator[Request]:
        yield Request(server.url())
        raise RuntimeError("my own mistake")

    with pytest.raises(RuntimeError, match="my own mistake"):
        list(client.many(broken()))
    assert "poller" not in {thread.name for thread in threading.enumerate()}


def test_what_breaks_the_thread_reaches_the_caller(
    server: Server, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr("oyez.kit.fetch.poller._Wires._launch", broken)
    with pytest.raises(RuntimeError, match="a mistake of ours"):
        list(client.many([Request(server.url())] * 500, at_once=400))


def test_nothing_to_ask_is_nothing_to_wait_for(client: Client) -> None:
    assert list(client.many([])) == []
