"""Which server did a person mean, and which words of a server are shown?"""

from time import process_time

import pytest

from oyez.networks._servers import clean, host_of, refused, server_address
from oyez.networks.contract import Refused


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("social.example.org", "https://social.example.org"),
        (" https://Social.Example.org/@council?x=1 ", "https://social.example.org"),
        ("social.example.org:8443", "https://social.example.org:8443"),
        ("http://127.0.0.1:3000/", "http://127.0.0.1:3000"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://[::1]:3000", "http://[::1]:3000"),
        ("http://mastodon:3000", "http://mastodon:3000"),
        ("http://10.1.2.3", "http://10.1.2.3"),
        ("bücher.example", "https://bücher.example"),
    ],
)
def test_a_server_is_understood_as_people_write_it(typed, meant):
    assert server_address(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "https://", "two words", "ftp://a.uk", "javascript:alert(1)", "file:///etc/passwd",
     "https://me:pw@a.uk", "https://a.uk:0", "https://a.uk:99999", "https://a\nb.uk", "@me@a.uk",
     "https://[::1", "https://[", f"https://{'x' * 300}.uk", "http://a.uk", "http://8.8.8.8"],
)  # fmt: skip
def test_what_is_no_safe_server_is_refused_in_a_sentence(typed):
    with pytest.raises(Refused, match=r"^Enter .*\.$"):
        server_address(typed)


def test_the_port_is_part_of_the_name_and_a_login_is_not():
    assert host_of("https://a.uk:8443/x") == "a.uk:8443"
    assert host_of("https://me:pw@a.uk/x") == "a.uk"


def test_a_servers_words_are_one_clean_short_line():
    assert clean(" No\n <b>bad</b>\u202e words\x00 ") == "No bad words"
    assert clean(None) == ""
    assert len(clean("x" * 999)) == 200


def test_a_very_long_complaint_takes_no_long_time_to_clean():
    started = process_time()
    assert clean("<" * 5_000_000).startswith("<")
    assert process_time() - started < 5


def test_a_refusal_says_who_and_why():
    assert str(refused("a.uk", "Too long")) == "a.uk refused it: Too long"
    assert str(refused("a.uk", {"odd": 1})) == "a.uk refused it and gave no reason."
