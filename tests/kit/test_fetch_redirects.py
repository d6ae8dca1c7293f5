"""Are redirects followed by hand: judged at each hop, few, and without our secrets?"""

from __future__ import annotations

import pytest

from oyez.kit.addresses import AddressRule
from oyez.kit.fetch import Answer, Client, Denied, NotSent, Unanswered
from oyez.kit.fetch.outgoing import outgoing
from oyez.kit.fetch.redirects import onward
from tests.servers.raw import Answering, Seen, Server, reply, serving

SECRETS = {"Authorization": "Bearer t", "Cookie": "a=b", "X-Api-Key": "k", "Accept": "text/xml"}


def to(location: str, status: int = 302) -> Answering:
    return lambda seen: reply(status=f"{status} Away", location=location)


def counting_down(seen: Seen) -> bytes:
    """/3 leads to /2, /1 and /0, which answers."""
    left = int(seen.path.strip("/"))
    return reply(status="301 Moved", location=f"/{left - 1}") if left else reply(b"arrived")


def client_of(*servers: Server) -> Client:
    return Client(AddressRule([server.address for server in servers]))


@pytest.mark.parametrize("hops", [1, 2, 3])
def test_three_redirects_are_followed_and_the_last_address_is_told(hops: int) -> None:
    with serving(counting_down) as server:
        answer = client_of(server).ask("GET", server.url(f"/{hops}"))
    assert (answer.status, answer.body, answer.url) == (200, b"arrived", server.url("/0"))


def test_a_fourth_redirect_ends_it() -> None:
    with serving(counting_down) as server:
        with pytest.raises(Unanswered, match="forwarded more than 3 times"):
            client_of(server).ask("GET", server.url("/4"))
        assert len(server.requests) == 4


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_head_stays_a_head(status: int) -> None:
    def once(seen: Seen) -> bytes:
        return to("/there", status)(seen) or b"" if seen.path == "/" else reply()

    with serving(once) as server:
        assert client_of(server).ask("HEAD", server.url()).url == server.url("/there")
        assert [seen.method for seen in server.requests] == ["HEAD", "HEAD"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_anything_but_get_and_head_gets_the_redirect_as_its_answer(
    method: str, status: int
) -> None:
    with serving(to("/elsewhere", status)) as server:
        answer = client_of(server).ask(method, server.url(), body=b"once")
        assert (answer.status, answer.headers["location"]) == (status, "/elsewhere")
        assert len(server.requests) == 1


@pytest.mark.parametrize("status", [300, 304, 305])
def test_other_answers_with_a_location_are_answers(status: int) -> None:
    with serving(to("/elsewhere", status)) as server:
        assert client_of(server).ask("GET", server.url()).status == status
        assert len(server.requests) == 1


def test_a_redirect_to_nowhere_is_an_answer() -> None:
    with serving(lambda _: reply(status="302 Found")) as server:
        assert client_of(server).ask("GET", server.url()).status == 302


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/latest/meta-data/",
        "http://169.254.169.254/",
        "//127.0.0.1:22/",
        "http://[::ffff:127.0.0.1]/",
        "https://localhost/",
        "http://2130706433/",
    ],
)
def test_a_redirect_to_a_private_address_is_denied(location: str) -> None:
    with serving(to(location)) as server:
        with pytest.raises(Denied):
            client_of(server).ask("GET", server.url())
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_x",
        "http://a@127.0.0.1/",
        "http://[::1/",
        "ftp:x",
    ],
)
def test_a_redirect_to_no_web_address_is_refused(location: str) -> None:
    with serving(to(location)) as server:
        with pytest.raises(NotSent):
            client_of(server).ask("GET", server.url())
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("next?page=2", "/feeds/next?page=2"),
        ("../up", "/up"),
        ("/a b", "/a%20b"),
        ("/größe", "/gr%C3%B6%C3%9Fe"),
    ],
)
def test_locations_are_read_as_servers_write_them(location: str, path: str) -> None:
    raw = f"HTTP/1.1 302 Found\r\nLocation: {location}\r\ncontent-length: 0\r\n\r\n".encode()
    with serving(lambda seen: raw if seen.path == "/feeds/x" else reply()) as server:
        client_of(server).ask("GET", server.url("/feeds/x"))
        assert server.requests[1].path == path


def test_credentials_stay_within_the_house() -> None:
    with serving(counting_down) as server:
        client_of(server).with_headers(SECRETS).ask("GET", server.url("/1"))
        assert server.requests[1].headers["authorization"] == "Bearer t"


def test_credentials_are_dropped_on_another_port() -> None:
    with serving(lambda _: reply()) as other, serving(to(other.url())) as server:
        client_of(server, other).with_headers(SECRETS).ask("GET", server.url())
        assert server.requests[0].headers["cookie"] == "a=b"
        assert other.requests[0].headers["accept"] == "text/xml"
        assert not {"authorization", "cookie", "x-api-key"} & other.requests[0].headers.keys()


def test_credentials_are_dropped_on_another_name_and_do_not_come_back() -> None:
    def bounce(seen: Seen) -> bytes:
        home = seen.headers["host"].startswith("127.")
        there = f"http://localhost:{server.port}/" if home else f"{server.url()}home"
        return reply() if seen.path == "/home" else reply(status="302 Found", location=there)

    with serving(bounce) as server:
        client_of(server).ask("GET", server.url(), headers=SECRETS)
        assert ["authorization" in seen.headers for seen in server.requests] == [True, False, False]


@pytest.mark.parametrize(
    ("here", "there", "kept"),
    [
        ("http://example.org/", "https://example.org/", True),
        ("https://example.org/", "https://EXAMPLE.org:443/x", True),
        ("https://example.org/", "http://example.org/", False),
        ("https://example.org/", "https://example.org:8443/", False),
        ("http://example.org/", "https://example.org:8443/", False),
        ("https://example.org/", "https://www.example.org/", False),
        ("https://example.org/", "https://example.org.evil.example/", False),
    ],
)
def test_the_step_up_to_https_keeps_credentials_and_no_other_change_does(
    here: str, there: str, kept: bool
) -> None:
    answer = Answer(301, {"location": there}, b"", here)
    following = onward(outgoing("GET", here, headers=SECRETS), answer)
    assert following is not None
    assert ("authorization" in following.headers) is kept
