"""`oyez --as EMAIL VERB`: in a person’s name, with their rights alone; the record names both."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator

import pytest

from oyez.decisions import actions as decisions
from oyez.decisions.rules import Asked
from oyez.ledger.models import Event
from oyez.people import actions as people
from oyez.people import queries as people_here
from oyez.policy import actions as policy
from oyez.policy.rules import Said
from oyez.posts.models import Post
from oyez.project import main
from tests.cli.test_verbs import oyez
from tests.factories import BY, a_channel
from tests.fakes.networks import Findable, fakes
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)

ANN, BEN, RHYS = "ann@council.example", "ben@council.example", "rhys@council.example"


@pytest.fixture(autouse=True)
def house() -> Iterator[None]:
    with fakes(Findable):
        for email, role in [(ANN, "officer"), (BEN, "approver"), (RHYS, "reader")]:
            people.invite(email, name=email.split("@")[0].title(), role=role, by=BY)
        decisions.set_steps(a_channel(), [Asked(role="approver")], by=BY)
        yield


def test_the_record_names_the_person_and_whoever_typed_it() -> None:
    assert oyez("--as", ANN, "stop", "--why", "Storm").exit_code == 0
    event = Event.objects.get(kind="emergency.stopped")
    assert (event.by_kind, event.by_name) == ("person", f"Ann (typed by {getpass.getuser()})")


def test_who_stops_once_more_learns_that_the_first_reason_stays() -> None:
    oyez("stop", "--why", "Storm")
    assert "that reason stays: Storm" in oyez("stop", "--why", "Flood").stdout
    assert "stays" not in oyez("stop", "--why", "Storm").stdout


def test_a_long_name_is_no_way_around_the_record() -> None:
    person = people_here.person(ANN)
    people.rename(person, "A" * 200, by=person)
    assert oyez("--as", ANN, "stop", "--why", "Storm").exit_code == 0
    event = Event.objects.get(kind="emergency.stopped")
    assert event.by_name.endswith(f"A (typed by {getpass.getuser()})")


def test_a_user_with_a_space_is_still_one_pair_of_hands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "Jo Bridge")
    handed_in()
    answer = oyez("--as", BEN, "approve", str(Post.objects.get().pk))
    assert "typed on the command line, so approve them on their page" in answer.output


def test_a_user_without_a_name_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert oyez("stop", "--why", "Storm").exit_code == 0
    assert Event.objects.get(kind="emergency.stopped").by_name == f"console:{os.getuid()}"


@pytest.mark.parametrize(
    "verb",
    [("stop", "--why", "Storm"), ("people", "list"), ("notices", "log"), ("teams", "make", "A")],
)
def test_only_that_person_s_rights_count(verb: tuple[str, ...]) -> None:
    before = Event.objects.count()
    refused = oyez("--as", RHYS, *verb)
    assert (refused.exit_code, refused.output.count("\n")) == (1, 1)
    assert "Rhys (typed by" in refused.output
    assert Event.objects.count() == before
    assert oyez(*verb).exit_code == 0


def test_somebody_who_is_not_here_has_no_name_to_act_in() -> None:
    refused = oyez("--as", "eve@elsewhere.example", "stop", "--why", "Storm")
    assert refused.output == (
        "Error: Nobody here has the address eve@elsewhere.example. See: oyez people list\n"
    )


def test_it_says_who_approves_as_the_verb_s_own_option_does() -> None:
    handed_in()
    post = str(Post.objects.get().pk)
    assert "say one of them" in oyez("--as", ANN, "approve", post, "--as", BEN).output
    assert oyez("approve", post).exit_code == 2
    typed = oyez("--as", BEN, "approve", post)
    assert "typed on the command line, so approve them on their page" in typed.output


def test_nobody_acknowledges_the_policy_for_somebody_else() -> None:
    policy.publish_version(Said(number="1.0", text="# 1 Speak plainly\n\nAlways."), by=BY)
    assert "say one of them" in oyez("--as", ANN, "policy", "acknowledge", "--as", BEN).output
    assert "Ann has acknowledged" in oyez("--as", ANN, "policy", "acknowledge").output
    assert oyez("policy", "acknowledge").exit_code == 2


def test_everybody_is_signed_out_or_nobody() -> None:
    refused = oyez("--as", ANN, "people", "sign-out", "--everybody")
    assert (refused.exit_code, "may not do this" in refused.output) == (1, True)
    assert not Event.objects.filter(kind="people.sessions_ended").exists()
    assert oyez("people", "sign-out", "--everybody").exit_code == 0
    assert Event.objects.filter(kind="people.sessions_ended").count() == 3


def handed_in() -> None:
    """Typed in the name of one person; an answer in another's comes from the same hands."""
    assert oyez("--as", ANN, "post", "Hello", "--to", "Findable").exit_code == 0
    run_jobs()


@pytest.mark.parametrize("verb", ["up", "worker", "db"])
def test_running_the_house_is_done_in_nobody_s_name(
    verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["--as", ANN, verb]) == 2
    assert "Only whoever has the machine" in capsys.readouterr().err
