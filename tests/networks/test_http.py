"""Is every outcome sorted by what the server may have done?"""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oyez.kit.fetch import Answer, Denied, NotSent, Unanswered
from oyez.networks._http import (
    LONGEST_PAUSE,
    PAUSE,
    SHORTEST_PAUSE,
    Request,
    Unreadable,
    exchange,
    wait_asked,
)
from oyez.networks.contract import Later, Refused, SignedOut, Unsure

URL = "https://social.example.org/api/v1/statuses"
READ = Request("GET", URL)
WRITE = Request("POST", URL, writes=True)
DATE = "Mon, 23 Nov 2026 12:00:00 GMT"
ODD_TIMES = (
    st.text(max_size=40)
    | st.integers().map(str)
    | st.datetimes(timezones=st.timezones()).map(datetime.isoformat)
    | st.datetimes(timezones=st.just(UTC)).map(format_datetime)
)


class Recorded:
    """A Fetch with one answer, or one failure, ready."""

    def __init__(self, outcome):
        self.outcome = outcome

    def ask(self, method, url, **more):
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


def an_answer(status=200, body="{}", **headers) -> Answer:
    lower = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, lower, body.encode(), URL)


def complaint(status, data):
    return SignedOut("dead") if status == 401 else Refused(f"{status} {data.get('error')}")


def outcome(request, answer):
    return exchange(Recorded(answer), request, complaint)


@pytest.mark.parametrize("request_", [READ, WRITE], ids=["read", "write"])
@pytest.mark.parametrize("error", [NotSent("No such host."), Denied("Not allowed.")])
def test_what_never_left_is_later(request_, error):
    with pytest.raises(Later, match=str(error)):
        outcome(request_, error)


MAY_HAVE_HAPPENED = [
    Unanswered("No answer came."),
    an_answer(500, '{"error":"oops"}'),
    an_answer(502, "<html>"),
    an_answer(200, "<html>Welcome"),
    an_answer(200, ""),
    an_answer(200, "null"),
    an_answer(200, "[" * 100_000),
    an_answer(403, "<html>Blocked by the firewall"),
    an_answer(302, "", location="/login"),
    an_answer(408, '{"error":"timeout"}'),
    an_answer(409, '{"error":"busy"}'),
]


@pytest.mark.parametrize("answer", MAY_HAVE_HAPPENED, ids=repr)
def test_what_may_have_happened_is_unsure_for_a_write_and_later_for_a_read(answer):
    with pytest.raises(Unsure):
        outcome(WRITE, answer)
    with pytest.raises(Later):
        outcome(READ, answer)


def test_a_page_instead_of_an_answer_is_told_apart_from_a_server_in_trouble():
    with pytest.raises(Unreadable):
        outcome(READ, an_answer(200, "<html>"))
    with pytest.raises(Later) as trouble:
        outcome(READ, an_answer(503, "<html>"))
    assert not isinstance(trouble.value, Unreadable)


@pytest.mark.parametrize("status", [400, 404, 410, 413, 422])
def test_a_clean_refusal_is_the_networks_to_read(status):
    with pytest.raises(Refused, match=f"{status} too long"):
        outcome(WRITE, an_answer(status, json.dumps({"error": "too long"})))


def test_a_401_is_a_dead_token_even_in_html():
    with pytest.raises(SignedOut):
        outcome(WRITE, an_answer(401, "<html>"))


def test_a_good_answer_is_its_json():
    assert outcome(WRITE, an_answer(200, '{"id": "1"}')) == {"id": "1"}
    assert outcome(READ, an_answer(200, "[]")) == []


def test_429_pauses_the_channel():
    with pytest.raises(Later) as later:
        outcome(WRITE, an_answer(429, "<html>", retry_after="90"))
    assert (later.value.after, later.value.pause) == (timedelta(seconds=90), True)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry_after": "7"}, timedelta(seconds=7)),
        ({"retry_after": "0"}, SHORTEST_PAUSE),
        ({"retry_after": "99999999999999999999"}, LONGEST_PAUSE),
        ({"retry_after": "Mon, 23 Nov 2026 12:02:00 GMT", "date": DATE}, timedelta(minutes=2)),
        ({"retry_after": "-5", "date": DATE}, SHORTEST_PAUSE),
        ({"retry_after": "Mon, 23 Nov 2026 11:00:00 GMT", "date": DATE}, SHORTEST_PAUSE),
        ({"x_ratelimit_reset": "2026-11-23T12:03:00.5Z", "date": DATE}, timedelta(seconds=180.5)),
        ({"ratelimit_reset": "1795435260", "date": DATE}, timedelta(minutes=1)),
        ({"retry_after": "Mon, 23 Nov 2026 12:02:00 GMT"}, PAUSE),
        ({"retry_after": "soon", "date": DATE}, PAUSE),
        ({}, PAUSE),
    ],
)
def test_the_wait_is_what_the_server_asks_within_reason(headers, wait):
    assert wait_asked(an_answer(429, "", **headers)) == wait


def test_the_log_has_the_servers_words_and_no_token(caplog):
    caplog.set_level("INFO")
    request = Request("POST", URL, {"Authorization": "Bearer canary"}, writes=True)
    with pytest.raises(Unsure):
        outcome(request, an_answer(500, '{"error": "the database is away"}'))
    assert "the database is away" in caplog.text
    assert "canary" not in caplog.text


@given(st.dictionaries(st.sampled_from(["retry-after", "ratelimit-reset", "date"]), ODD_TIMES))
def test_no_header_of_a_429_breaks_the_wait(headers):
    assert SHORTEST_PAUSE <= wait_asked(Answer(429, headers, b"", URL)) <= LONGEST_PAUSE
