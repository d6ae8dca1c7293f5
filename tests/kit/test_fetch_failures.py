"""Is every failure sorted by what the server may have done, and nothing ever sent twice?"""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
import tracemalloc
import warnings
from collections.abc import Callable
from pathlib import Path

import pycurl
import pytest

from oyez.kit.addresses import AddressRule
from oyez.kit.fetch import Client, Denied, FetchError, NotSent, TooBig, Unanswered, Upload
from oyez.kit.fetch.authorities import NoAuthorities, bundle
from oyez.kit.fetch.exchange import Exchange
from tests.servers import certificates
from tests.servers.raw import Answering, Seen, Server, reply, serving

POSTS = ["POST", "PUT", "PATCH", "DELETE"]


def client_of(server: Server, **how: float) -> Client:
    return Client(AddressRule([server.address]), max_seconds=how.get("seconds", 5.0))


def nothing(_: Seen) -> None:
    """Read the request and close without a word."""


def reset(seen: Seen) -> None:
    """Read the request and break the connection off hard."""
    linger_nought = b"\1\0\0\0\0\0\0\0"
    seen.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_nought)
    seen.socket.close()


def half(_: Seen) -> bytes:
    return b"HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\nhalf"


def half_then_close(seen: Seen) -> None:
    seen.socket.sendall(half(seen))


def unknown_packing(_: Seen) -> bytes:
    return reply(b"this is not gzip", content_encoding="gzip")


def no_http(_: Seen) -> bytes:
    return b"SSH-2.0-OpenSSH_9.2\r\n"


@pytest.mark.parametrize("method", POSTS)
@pytest.mark.parametrize("answer", [nothing, reset, half_then_close, unknown_packing, no_http])
def test_what_may_have_arrived_is_unanswered_and_sent_once(answer: Answering, method: str) -> None:
    with serving(answer) as server:
        with pytest.raises(Unanswered):
            client_of(server).ask(method, server.url(), json={"status": "once"})
        assert [seen.method for seen in server.requests] == [method]


@pytest.mark.parametrize("answer", [nothing, reset, half_then_close, unknown_packing, no_http])
def test_a_form_with_a_file_that_may_have_arrived_is_unanswered_and_sent_once(
    answer: Answering,
) -> None:
    files = {"file": Upload("a.png", b"picture", "image/png")}
    with serving(answer) as server:
        with pytest.raises(Unanswered):
            client_of(server).ask("POST", server.url(), files=files, form={"description": "A"})
        assert len(server.requests) == 1


@pytest.mark.parametrize("method", POSTS)
@pytest.mark.parametrize("answer", [nothing, reset])
def test_a_post_after_a_kept_alive_get_is_never_sent_again(answer: Answering, method: str) -> None:
    """libcurl alone sends it twice: it takes a silent reused connection for a stale one."""

    def only_gets(seen: Seen) -> bytes | None:
        return reply(b"hello") if seen.method == "GET" else answer(seen)

    with serving(only_gets) as server:
        client = client_of(server)
        for _ in range(3):
            client.ask("GET", server.url())
            with pytest.raises(Unanswered):
                client.ask(method, server.url(), body=b"once")
        assert [seen.method for seen in server.requests].count(method) == 3


def test_a_get_on_a_dead_kept_connection_is_asked_again() -> None:
    def first_of_each_connection(seen: Seen) -> bytes:
        return reply(b"hello")

    with serving(first_of_each_connection) as server:
        client = client_of(server)
        client.ask("GET", server.url())
        server.requests[0].socket.shutdown(socket.SHUT_RDWR)
        assert client.ask("GET", server.url()).body == b"hello"


def test_silence_is_unanswered_in_time() -> None:
    def sleep(_: Seen) -> bytes:
        time.sleep(1)
        return reply()

    with serving(sleep) as server:
        began = time.monotonic()
        with pytest.raises(Unanswered, match="took too long"):
            client_of(server).ask("POST", server.url(), json={}, timeout=0.3)
        assert time.monotonic() - began < 0.8
        assert len(server.requests) == 1


def test_a_handle_in_which_a_look_up_may_hang_is_not_used_again() -> None:
    """Looked up from inside: a hanging name server cannot be had on loopback."""
    with serving(lambda _: time.sleep(0.5)) as server:
        client = client_of(server)
        with pytest.raises(Unanswered):
            client.ask("GET", server.url(), timeout=0.1)
        assert client._idle == []


def test_an_answer_that_drips_is_cut_off_at_the_wall_time() -> None:
    def drip(seen: Seen) -> None:
        seen.socket.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
        for _ in range(20):
            seen.socket.sendall(b".")
            time.sleep(0.05)

    with serving(drip) as server, pytest.raises(Unanswered, match="took too long"):
        client_of(server, seconds=0.3).ask("GET", server.url(), timeout=60)


def test_the_wall_time_covers_all_redirects_together() -> None:
    def slowly_onward(_: Seen) -> bytes:
        time.sleep(0.2)
        return reply(status="302 Found", location="/next")

    with serving(slowly_onward) as server:
        with pytest.raises(Unanswered, match="took too long"):
            client_of(server).ask("GET", server.url(), timeout=0.5)
        assert len(server.requests) == 3


def announced(size: int) -> Answering:
    return lambda _: b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % size


def endless(seen: Seen) -> None:
    seen.socket.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    for _ in range(10_000):
        seen.socket.sendall(b"x" * 65536)


def bomb() -> bytes:
    return reply(gzip.compress(bytes(200_000_000), 1), content_encoding="gzip")


def nested_bomb() -> bytes:
    inner = gzip.compress(bytes(50_000_000), 1)
    return reply(gzip.compress(inner), content_encoding="gzip, gzip")


@pytest.mark.parametrize("answer", [announced(10**12), announced(10_485_761), endless])
def test_an_answer_over_the_cap_is_not_read_on(answer: Answering) -> None:
    with serving(answer) as server, pytest.raises(Unanswered, match="bigger than allowed"):
        client_of(server).ask("GET", server.url())


@pytest.mark.parametrize("pack", [bomb, nested_bomb])
def test_a_packed_bomb_stops_at_the_cap(pack: Callable[[], bytes]) -> None:
    said = pack()
    with serving(lambda _: said) as server:
        tracemalloc.start()
        with pytest.raises(Unanswered, match="bigger than allowed"):
            client_of(server).ask("GET", server.url())
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 40_000_000


@pytest.mark.parametrize("pack", [bomb, nested_bomb])
def test_our_own_count_stops_a_bomb_without_libcurls_help(
    pack: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    say_where, said = Exchange._say_where, pack()

    def without_its_cap(self: Exchange, handle: pycurl.Curl) -> None:
        say_where(self, handle)
        handle.setopt(pycurl.MAXFILESIZE_LARGE, 0)

    monkeypatch.setattr(Exchange, "_say_where", without_its_cap)
    with serving(lambda _: said) as server, pytest.raises(Unanswered, match="bigger than allowed"):
        client_of(server).ask("GET", server.url())


def test_an_answer_of_exactly_the_cap_is_taken() -> None:
    with serving(lambda _: reply(gzip.compress(b"x" * 1000), content_encoding="gzip")) as server:
        roomy = Client(AddressRule([server.address]), max_bytes=1000)
        tight = Client(AddressRule([server.address]), max_bytes=999)
        assert roomy.ask("GET", server.url()).body == b"x" * 1000
        with pytest.raises(Unanswered, match="bigger than allowed"):
            tight.ask("GET", server.url())


@pytest.mark.parametrize("status", ["200 OK", "404 Not Found"])
def test_an_answer_that_is_too_big_still_says_that_somebody_is_there(status: str) -> None:
    with serving(lambda _: reply(b"x" * 1000, status=status, x_of="us")) as server:
        tight = Client(AddressRule([server.address]), max_bytes=999)
        with pytest.raises(TooBig) as caught:
            tight.ask("GET", server.url("/big"))
    answer = caught.value.answer
    assert (answer.status, answer.body, answer.headers["x-of"]) == (int(status[:3]), b"", "us")
    assert answer.url == server.url("/big")


def test_nobody_listening_is_not_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(NotSent, match=f"Nothing answers at .* port {port}") as caught:
        Client(AddressRule([f"127.0.0.1:{port}"])).ask("POST", f"http://127.0.0.1:{port}/")
    assert not isinstance(caught.value, Denied)
    assert caught.value.__cause__ is not None


def test_an_unknown_name_is_not_sent() -> None:
    # libcurl answers for .onion itself (RFC 7686): no name server is asked.
    with pytest.raises(NotSent, match=r"no server called nobody\.onion"):
        Client(AddressRule()).ask("POST", "http://nobody.onion/")


def test_a_connection_that_never_comes_to_stand_is_not_sent() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        port = full.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        client = Client(AddressRule([f"127.0.0.1:{port}"]))
        with pytest.raises(NotSent, match="could not be reached in time"):
            client.ask("POST", f"http://127.0.0.1:{port}/", timeout=0.3)
        for one in waiting:
            one.close()


def test_no_descriptors_left_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(*_: object) -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr("oyez.kit.fetch.exchange._Socket", none_left)
    with pytest.raises(NotSent, match="This machine could not open a connection: Too many open"):
        Client(AddressRule(["127.0.0.1:9"])).ask("POST", "http://127.0.0.1:9/")


def test_a_trusted_server_is_asked_over_tls(tmp_path: Path) -> None:
    tls, authorities = certificates.make(tmp_path)
    with serving(lambda _: reply(b"hello"), tls=tls) as server:
        client = Client(AddressRule([server.address]), ca_file=str(authorities))
        assert client.ask("POST", server.url(), json={}).body == b"hello"
        assert client.ask("GET", server.url()).body == b"hello"


@pytest.mark.parametrize(
    ("address", "days", "trusted"),
    [("127.0.0.1", 1, False), ("127.0.0.2", 1, True), ("127.0.0.1", -1, True)],
    ids=["unknown authority", "another name", "expired"],
)
def test_a_bad_certificate_is_not_sent(
    tmp_path: Path, address: str, days: int, trusted: bool
) -> None:
    tls, authorities = certificates.make(tmp_path, address=address, days=days)
    with serving(lambda _: reply(), tls=tls) as server:
        ca_file = str(authorities) if trusted else ""
        with pytest.raises(NotSent, match=r"certificate of .* is not to be trusted"):
            Client(AddressRule([server.address]), ca_file=ca_file).ask("POST", server.url())
        assert server.requests == []


def test_a_server_of_an_outdated_tls_is_not_sent(tmp_path: Path) -> None:
    tls, authorities = certificates.make(tmp_path)
    tls.set_ciphers("ALL:@SECLEVEL=0")  # or OpenSSL itself would speak nothing that old
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        tls.minimum_version = tls.maximum_version = ssl.TLSVersion.TLSv1_1
    with serving(lambda _: reply(b"old"), tls=tls) as server:
        client = Client(AddressRule([server.address]), ca_file=str(authorities))
        with pytest.raises(NotSent, match="could not agree on an encrypted connection"):
            client.ask("POST", server.url())
        assert server.requests == []


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_a_server_that_does_not_speak_tls_is_not_sent(said: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"127.0.0.1:{listener.getsockname()[1]}"

        def hang_up() -> None:
            talk, _ = listener.accept()
            with talk:
                talk.recv(10)
                talk.sendall(said)

        _in_thread(hang_up)
        with pytest.raises(NotSent):
            Client(AddressRule([address])).ask("POST", f"https://{address}/", json={"once": 1})


def test_the_named_authorities_come_first_then_the_systems_then_certifis(tmp_path: Path) -> None:
    named, system = tmp_path / "named.pem", tmp_path / "system.pem"
    named.touch()
    assert bundle(str(named), (str(system),)) == str(named)
    assert bundle("", (str(system),)).endswith("cacert.pem")
    system.touch()
    assert bundle("", ("/nowhere.pem", str(system))) == str(system)


def test_named_authorities_that_are_missing_are_never_silently_replaced(tmp_path: Path) -> None:
    with pytest.raises(NoAuthorities, match=r"nowhere\.pem is not there"):
        Client(AddressRule(), ca_file=str(tmp_path / "nowhere.pem"))


@pytest.mark.parametrize("status", ["400 Bad Request", "422 No", "429 Slow", "500 Oh", "503 Busy"])
def test_an_error_status_is_an_answer(status: str) -> None:
    with serving(lambda _: reply(b"why", status=status, retry_after="7")) as server:
        answer = client_of(server).ask("POST", server.url())
    assert (answer.status, answer.body) == (int(status[:3]), b"why")
    assert answer.headers["retry-after"] == "7"


def test_sentences_never_repeat_the_path_or_the_query() -> None:
    with serving(nothing) as server, pytest.raises(FetchError) as caught:
        client_of(server).ask("POST", server.url("/hook/canary?token=canary"))
    assert "canary" not in str(caught.value)


def _in_thread(do: Callable[[], None]) -> None:
    threading.Thread(target=do, daemon=True).start()
