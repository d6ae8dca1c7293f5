"""Does a request leave as asked and its answer come back whole?"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from oyez.kit.addresses import AddressRule
from oyez.kit.fetch import Answer, Client, NotSent, Upload, outgoing
from tests.servers.raw import Seen, Server, reply, serving


def echo(seen: Seen) -> bytes:
    if seen.method == "HEAD":
        return b"HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n"
    if seen.path == "/early-hints":
        return b"HTTP/1.1 103 Early Hints\r\nx-hint: 1\r\n\r\n" + reply(b"late", x_last="2")
    return reply(seen.path.encode(), X_Method=seen.method)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(echo) as started:
        yield started


@pytest.fixture
def client(server: Server) -> Client:
    return Client(AddressRule([server.address]))


def test_an_answer_has_status_lower_case_headers_body_and_address(
    server: Server, client: Client
) -> None:
    answer = client.ask("GET", server.url("/news?page=2"))
    assert (answer.status, answer.body) == (200, b"/news?page=2")
    assert answer.headers["x-method"] == "GET"
    assert answer.url == server.url("/news?page=2")


def test_head_waits_for_no_body(server: Server, client: Client) -> None:
    answer = client.ask("HEAD", server.url())
    assert (answer.status, answer.body) == (200, b"")
    assert server.requests[0].method == "HEAD"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_json_goes_out_as_json(server: Server, client: Client, method: str) -> None:
    client.ask(method, server.url(), json={"status": "Größe"})
    seen = server.requests[0]
    assert (seen.method, seen.headers["content-type"]) == (method, "application/json")
    assert Answer(200, {}, seen.body, "").json() == {"status": "Größe"}


def test_a_form_goes_out_encoded(server: Server, client: Client) -> None:
    client.ask("POST", server.url(), form={"status": "a & b = ü", "visibility": "public"})
    assert server.requests[0].headers["content-type"] == "application/x-www-form-urlencoded"
    assert server.requests[0].body == b"status=a+%26+b+%3D+%C3%BC&visibility=public"


def test_bytes_go_out_as_they_are(server: Server, client: Client) -> None:
    content = bytes(range(256))
    client.ask("PUT", server.url(), body=content, headers={"Content-Type": "image/png"})
    assert server.requests[0].body == content
    assert server.requests[0].headers["content-type"] == "image/png"


def test_no_content_type_is_made_up_for_bytes(server: Server, client: Client) -> None:
    client.ask("POST", server.url(), body=b"x")
    assert "content-type" not in server.requests[0].headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_a_bodyless_request_says_so(server: Server, client: Client, method: str) -> None:
    client.ask(method, server.url())
    assert (server.requests[0].method, server.requests[0].headers["content-length"]) == (
        method,
        "0",
    )


def test_files_go_out_as_a_multipart_form(server: Server, client: Client) -> None:
    picture = Upload("café.png", b"\x89PNG\x00", "image/png")
    client.ask("POST", server.url(), files={"file": picture}, form={"description": "Ein Foto"})
    seen = server.requests[0]
    assert seen.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b'name="file"; filename="caf\xc3\xa9.png"\r\nContent-Type: image/png' in seen.body
    assert b"\r\n\r\n\x89PNG\x00\r\n" in seen.body
    assert b'name="description"\r\n\r\nEin Foto\r\n' in seen.body


def test_a_files_name_and_kind_cannot_smuggle_in_a_header(server: Server, client: Client) -> None:
    client.ask("POST", server.url(), files={"f": Upload('a"\r\nX-Evil: 1.png', b"", "image/png")})
    assert b"\r\nX-Evil" not in server.requests[0].body
    with pytest.raises(NotSent, match="line break"):
        client.ask("POST", server.url(), files={"f": Upload("a", b"", "image/png\r\nX-Evil: 1")})


def test_a_big_body_is_sent_without_waiting_for_permission(server: Server, client: Client) -> None:
    client.ask("POST", server.url(), body=b"x" * 3_000_000)
    assert len(server.requests[0].body) == 3_000_000
    assert "expect" not in server.requests[0].headers


def test_a_big_file_of_a_form_arrives_byte_for_byte(server: Server, client: Client) -> None:
    content = bytes(range(256)) * 12_000
    files = {"file": Upload("film.mp4", content, "video/mp4")}
    client.ask("POST", server.url(), files=files, form={"description": "Zwei\r\nZeilen"})
    seen = server.requests[0]
    assert seen.body.count(content) == 1
    assert b"\r\n\r\nZwei\r\nZeilen\r\n--" in seen.body
    assert int(seen.headers["content-length"]) == len(seen.body)
    assert "expect" not in seen.headers


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE"])
def test_what_follows_a_form_on_the_same_handle_is_what_was_asked(
    server: Server, client: Client, method: str
) -> None:
    for _ in range(2):
        client.ask("POST", server.url(), files={"file": Upload("a.png", b"x", "image/png")})
        client.ask(method, server.url())
    assert [seen.method for seen in server.requests] == ["POST", method] * 2
    assert [seen.body for seen in server.requests[1::2]] == [b"", b""]


@pytest.mark.parametrize("files", [None, {"file": Upload("a", b"12345")}])
def test_more_than_the_most_is_not_sent(
    server: Server, client: Client, monkeypatch: pytest.MonkeyPatch, files: dict[str, Upload] | None
) -> None:
    body = b"12345" if files is None else None
    monkeypatch.setattr(outgoing, "MOST_SENT", 5)
    client.ask("POST", server.url(), body=body, files=files)
    monkeypatch.setattr(outgoing, "MOST_SENT", 4)
    with pytest.raises(NotSent, match="too big to be sent"):
        client.ask("POST", server.url(), body=body, files=files)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/straße?q=ü", "/stra%C3%9Fe?q=%C3%BC"),
        ("/a b?c d", "/a%20b?c%20d"),
        ("/100%25?x=%2F#part", "/100%25?x=%2F"),
        ("?only=query", "/?only=query"),
        ("", "/"),
    ],
)
def test_an_address_as_people_write_it_is_sent_as_servers_want_it(
    server: Server, client: Client, path: str, sent: str
) -> None:
    client.ask("GET", server.url("") + path)
    assert server.requests[0].path == sent


def test_with_headers_adds_them_and_the_caller_may_override(server: Server, client: Client) -> None:
    authorised = client.with_headers({"Authorization": "Bearer t", "Accept": "text/html"})
    authorised.ask("GET", server.url(), headers={"accept": "application/json"})
    seen = server.requests[0]
    assert seen.headers["authorization"] == "Bearer t"
    assert [line.lower() for line in seen.lines].count("accept: application/json") == 1
    assert "text/html" not in "".join(seen.lines)


def test_the_clients_name_and_packing_are_said(server: Server) -> None:
    client = Client(AddressRule([server.address]), user_agent="Oyez/1 (+https://example.org)")
    client.ask("GET", server.url())
    assert server.requests[0].headers["user-agent"] == "Oyez/1 (+https://example.org)"
    assert "gzip" in server.requests[0].headers["accept-encoding"]


def test_an_empty_header_is_sent_empty_and_not_left_out(server: Server, client: Client) -> None:
    client.ask("GET", server.url(), headers={"X-Empty": ""})
    assert server.requests[0].headers["x-empty"] == ""


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\rb", "a\0b", "a\x1bb", "\ud800"])
def test_a_line_break_in_a_header_is_refused_before_anything_is_sent(
    server: Server, client: Client, value: str
) -> None:
    with pytest.raises(NotSent, match="'if-none-match' holds a line break"):
        client.ask("GET", server.url(), headers={"If-None-Match": value})
    with pytest.raises(NotSent, match="'Authorization' holds a line break"):
        client.with_headers({"Authorization": value})
    assert server.connections == 0


@pytest.mark.parametrize("name", ["X\r\nEvil", "X:", "", "X Y", "Ü"])
def test_a_header_name_that_is_none_is_refused(client: Client, server: Server, name: str) -> None:
    with pytest.raises(NotSent, match="forbidden character"):
        client.ask("GET", server.url(), headers={name: "x"})


@pytest.mark.parametrize(
    "name", ["Host", "content-length", "Transfer-Encoding", "Expect", "Proxy-Authorization"]
)
def test_the_clients_own_headers_cannot_be_set(client: Client, server: Server, name: str) -> None:
    with pytest.raises(ValueError, match="the client's own"):
        client.ask("GET", server.url(), headers={name: "x"})


def test_two_kinds_of_content_at_once_are_a_mistake(client: Client, server: Server) -> None:
    with pytest.raises(ValueError, match="one of json, form and body"):
        client.ask("POST", server.url(), json={}, body=b"")
    with pytest.raises(ValueError, match="one of json, form and body"):
        client.ask("POST", server.url(), json={}, files={})
    with pytest.raises(ValueError, match="no HTTP method"):
        client.ask("GET / HTTP/1.1\r\nX: y", server.url())


def test_headers_of_an_interim_answer_are_forgotten(server: Server, client: Client) -> None:
    answer = client.ask("GET", server.url("/early-hints"))
    assert (answer.status, answer.body) == (200, b"late")
    assert "x-hint" not in answer.headers


def test_repeated_headers_are_joined_and_folded_ones_unfolded() -> None:
    said = b"HTTP/1.1 200 OK\r\nLink: <a>\r\nlink: <b>\r\nX-Long: one\r\n  two\r\n"
    with serving(lambda _: said + b"Content-Length: 0\r\n\r\n") as server:
        answer = Client(AddressRule([server.address])).ask("GET", server.url())
    assert answer.headers["link"] == "<a>, <b>"
    assert answer.headers["x-long"] == "one two"


def test_an_odd_etag_goes_back_as_it_came_but_for_control_characters() -> None:
    odd = '"ü\x01é"'.encode()
    said = b"HTTP/1.1 200 OK\r\nETag: " + odd + b"\r\nContent-Length: 0\r\n\r\n"
    with serving(lambda _: said) as server:
        client = Client(AddressRule([server.address]))
        etag = client.ask("GET", server.url()).headers["etag"]
        client.ask("GET", server.url(), headers={"If-None-Match": etag})
        assert server.requests[1].headers["if-none-match"].encode("latin-1") == '"üé"'.encode()


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff\xfe\xfd", b"[" * 200_000])
def test_what_is_no_json_is_a_value_error_and_never_more(body: bytes) -> None:
    with pytest.raises(ValueError):
        Answer(200, {}, body, "").json()


def test_gets_reuse_their_connection(server: Server, client: Client) -> None:
    for _ in range(5):
        client.ask("GET", server.url())
    assert server.connections == 1


def test_many_threads_share_one_client(server: Server, client: Client) -> None:
    start = threading.Barrier(16)

    def work(number: int) -> bool:
        start.wait()
        paths = [f"/{number}/{turn}" for turn in range(20)]
        return all(client.ask("GET", server.url(p)).body == p.encode() for p in paths)

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(work, range(16)))
    assert len(server.requests) == 320
    assert server.connections <= 16


def test_tokens_and_content_are_in_no_repr(server: Server, client: Client) -> None:
    canary = "canary-token"
    authorised = client.with_headers({"Authorization": canary})
    assert canary not in repr(authorised)
    assert canary not in repr(Client(AddressRule(), proxy=f"http://me:{canary}@127.0.0.1:3128"))
    with pytest.raises(NotSent) as caught:
        authorised.ask("POST", server.url().replace("http:", "ftp:"), json=[canary])
    assert canary not in repr(caught.value)
