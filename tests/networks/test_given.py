"""Which values of a server's answer are fit to be kept, and which would break us later?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oyez.networks._given import address, domain, identifier, token
from oyez.networks._servers import host_of, server_address
from oyez.networks.contract import Refused

ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())
SENSELESS = ["", "\u0000", "1\u00002", "\ud800", "x" * 501, "1 2", "1\n", "\u202e1"]


@pytest.mark.parametrize("odd", [*SENSELESS, True, None, 1.5, ["1000"], {"id": "1"}, 10**600])
def test_what_is_no_id_is_unusable(odd):
    assert identifier(odd) == ""


@pytest.mark.parametrize("good", ["1", 1, "01JQZX9", "x" * 500, "at://did:plc:a/b/c"])
def test_an_id_is_digits_or_visible_signs(good):
    assert identifier(good) == str(good)


@pytest.mark.parametrize(
    "odd",
    ["https://[", "https://a.uk/\x00", "https://a.uk/\ud800", "https://a.uk/" + "x" * 1000,
     "javascript:alert(1)", "https://", "https://:80/", "https://a.uk:99999/", "//a.uk", "ftp://a.uk",
     "https://a.uk/ b", True, None, 7, ["https://a.uk"]],
)  # fmt: skip
def test_what_is_no_web_address_is_dropped(odd):
    assert address(odd) == ""


@pytest.mark.parametrize(
    "good", ["https://a.uk/@me/1", "http://127.0.0.1:3000/1", "https://ü.uk/é"]
)
def test_a_web_address_is_kept_as_it_is(good):
    assert address(good) == good


@pytest.mark.parametrize(
    ("said", "known"),
    [("https://a.uk/", "a.uk"), ("a.uk:3000", "a.uk:3000"), ("bücher.example", "bücher.example"),
     ("https://[", ""), ("a.uk\x00", ""), ("a uk", ""), ("x" * 261, ""), (True, ""),
     (["a.uk"], "")],
)  # fmt: skip
def test_a_domain_is_a_name_of_a_machine(said, known):
    assert domain(said) == known


@pytest.mark.parametrize("odd", ["two words", "line\r\nX: y", "tökén", "x" * 10_001, None])
def test_a_token_that_no_header_could_carry_is_unusable(odd):
    assert token(odd) == ""


@given(ANYTHING)
def test_whatever_is_kept_can_be_written_down(odd):
    for kept in (identifier(odd), address(odd), domain(odd), token(odd)):
        assert "\x00" not in kept
        assert len(kept.encode()) <= 10_000


@given(st.text() | st.text().map("https://{}".format) | st.text().map("https://[{}".format))
def test_no_address_raises_anything_but_refused(text):
    assert isinstance(host_of(text), str)
    try:
        server_address(text)
    except Refused as error:
        assert str(error).startswith("Enter ")
