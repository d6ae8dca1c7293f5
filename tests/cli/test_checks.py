"""The checks from the command line, and that a message is looked at before it goes."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from pytest_django import Settings

from oyez.cli.verbs import GROUPS
from oyez.posts.models import Post
from tests.factories import a_channel
from tests.fakes.networks import Findable, Log, fakes
from tests.jobs import run_jobs
from tests.servers.site import a_site, looks

pytestmark = pytest.mark.django_db(transaction=True)
STATES = ("built", "kept by the desk", "not in use", "planned")
VERBS = {command.name: command for command in GROUPS}


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable) as log:
        yield log


def run(verb: str, *words: str) -> tuple[int, str]:
    answer = CliRunner().invoke(VERBS[verb], list(words))
    return answer.exit_code, answer.output


def test_findings_come_as_a_list_for_programs() -> None:
    a_channel()
    code, said = run("checks", "run", "--text", "Ring Jo on 07700 900123", "--json")
    (found,) = json.loads(said)
    assert code == 1
    assert (found["id"], found["level"], found["words"]) == ("PR-1", "block", ["07700 900123"])
    assert {"message", "source"} <= set(found)


def test_words_that_set_a_check_off_read_as_words() -> None:
    a_channel()
    _code, said = run("checks", "run", "--text", "Ring 07700 900123.")
    assert "  07700 900123  " in said


def test_nothing_to_say_is_said() -> None:
    a_channel()
    assert run("checks", "run", "--text", "The bridge is open.") == (
        0,
        "The checks have nothing to say.\n",
    )


def test_the_list_shows_what_is_built_and_what_is_planned() -> None:
    _code, said = run("checks", "list", "--json")
    states = [row["state"] for row in json.loads(said)]
    counts = [states.count(state) for state in STATES]
    assert counts == [34, 1, 1, 20]


def test_a_message_is_looked_at_before_it_goes(log: Log) -> None:
    a_channel(name="Council")
    code, said = run("post", "LOOK AGAIN PLEASE EVERYBODY", "--to", "Council")
    assert code == 1
    assert "Please look first: Capitals shout" in said
    assert not Post.objects.exists()
    code, _said = run("post", "LOOK AGAIN PLEASE EVERYBODY", "--to", "Council", "--confirm", "AC-9")
    assert code == 0
    run_jobs()
    assert log.texts == ["LOOK AGAIN PLEASE EVERYBODY"]


def test_what_is_blocked_waits_for_who_may_allow_it(log: Log) -> None:
    a_channel(name="Council")
    code, said = run("post", "Ring Jo on 07700 900123", "--to", "Council", "--ask", "PR-1")
    assert code == 0
    assert "waits for somebody else’s yes. See: oyez reviews" in said
    run_jobs()
    assert log.texts == []


def test_a_rule_is_tried_on_what_was_said() -> None:
    a_channel(name="Council")
    run("post", "LOOK AGAIN PLEASE EVERYBODY", "--to", "Council", "--confirm", "AC-9")
    _code, said = run("checks", "dry-run", "AC-9", "hold")
    assert "spoken on 1 of the last 1 messages, and held 1 (as things stand: 0)." in said
    _code, said = run("checks", "dry-run", "AC-9", "hold", "--json")
    (row,) = json.loads(said)
    assert (row["now"], row["then"], row["channel"]) == ("warn", "hold", "Council")


def test_a_misstep_is_replayed() -> None:
    a_channel(name="Council")
    words = ("--text", "LOOK AGAIN PLEASE EVERYBODY")
    _code, said = run("checks", "replay", *words, "--level", "AC-9=block", "--json")
    assert [(row["when"], row["level"]) for row in json.loads(said)] == [
        ("now", "warn"),
        ("then", "block"),
    ]
    assert "Give either" in run("checks", "replay")[1]
    assert "is no change" in run("checks", "replay", *words, "--level", "AC-9")[1]


def test_links_are_followed_only_when_asked(settings: Settings) -> None:
    a_channel()
    with a_site(settings) as site:
        words = ("--text", f"Read {site.url('/404')}", "--json")
        assert [row["level"] for row in json.loads(run("checks", "run", *words)[1])] == ["warn"]
        assert site.requests == []
        code, said = run("checks", "run", *words, "--follow")
        assert (code, json.loads(said)[0]["level"]) == (1, "block")
        run("checks", "run", *words)
    assert looks(site, "/404") == ["HEAD", "GET"]


def test_an_operator_who_wants_no_looks_is_heeded() -> None:
    a_channel()
    code, said = run("checks", "run", "--text", "Read https://council.example/1", "--follow")
    assert (code, "OYEZ_FOLLOW_LINKS" in said) == (1, True)
