"""Is the policy read, acknowledged and published on pages, and are checks tried before changed?"""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from oyez.decisions import actions as decisions
from oyez.people import queries as people
from oyez.policy import actions, queries
from oyez.policy.contract import Level
from oyez.posts import actions as posts
from oyez.posts.draft import Draft
from oyez.posts.models import Post
from tests.factories import BY, a_channel
from tests.policy.document import TEXT, a_version
from tests.web.conftest import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("log")]
SHOUT = "LOOK AGAIN PLEASE everybody"


def handed_in(text: str = SHOUT) -> Post:
    draft = posts.start(Draft(text=text, to=(a_channel().pk,)), by=BY)
    return decisions.hand_in(draft, by=BY, confirmed=["AC-9"])


def test_without_a_policy_the_page_says_so_and_only_some_may_publish(
    administrator: Client, reader: Client
) -> None:
    assert "There is no policy yet" in page(reader.get("/policy"))
    assert "Publish a version" not in page(reader.get("/policy"))
    assert "Publish a version" in page(administrator.get("/policy"))


def test_an_administrator_publishes_and_everybody_acknowledges(
    administrator: Client, reader: Client
) -> None:
    said = {"number": "3.2", "text": TEXT, "owner": "Ann", "review_on": "2027-11-01"}
    assert administrator.post("/policy/publish", said).status_code == 302
    before = reader.get("/policy")
    assert "until then you cannot hand in messages" in page(before)
    links = {a["href"] for a in BeautifulSoup(before.content, "html.parser").select("main a")}
    assert {"/policy/checks/SE-1", "/policy/checks/PR-2"} <= links
    assert "Rhys Reader" in page(administrator.get("/policy"))
    after = reader.post("/policy/acknowledge", {"number": "3.2"}, follow=True)
    assert "you have acknowledged it" in page(after)
    assert "I have read it" not in page(after)
    assert "Rhys Reader" not in page(administrator.get("/policy")).partition("Still to")[2]


def test_who_read_an_older_version_has_not_acknowledged_the_new_one(reader: Client) -> None:
    actions.publish_version(a_version("1"), by=BY)
    actions.publish_version(a_version("2"), by=BY)
    answer = reader.post("/policy/acknowledge", {"number": "1"}, follow=True)
    assert "Version 1 is not in force" in page(answer)
    assert queries.unacknowledged().count() == 1
    assert "not in force any more" in page(reader.get("/policy/versions/1"))
    assert reader.get("/policy/versions/9").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"number": "x"}, "a number such as 3.2"),
        ({"text": ""}, "Enter the text of the policy"),
        ({"text": "# 1 A\nChecks: XX-1"}, "names the check XX-1"),
        ({"review_on": "soon"}, "Enter a real day"),
    ],
)
def test_a_wrong_version_is_refused_and_kept_on_the_page(
    administrator: Client, wrong: dict[str, str], words: str
) -> None:
    said = {"number": "1", "text": TEXT, "owner": "Ann Bow", **wrong}
    answer = administrator.post("/policy/publish", said)
    assert (answer.status_code, words in page(answer)) == (422, True)
    assert "Ann Bow" in answer.content.decode()
    assert queries.current_version() is None


def test_all_checks_are_listed_and_the_planned_ones_never_look_like_passing(reader: Client) -> None:
    seen = BeautifulSoup(reader.get("/policy/checks").content, "html.parser")
    rows = seen.select(".oyez-row")
    marks = [row.select_one(".oyez-row__state").get_text(strip=True) for row in rows]
    assert len(rows) == 56
    assert marks.count("Planned") == sum(one.state == "planned" for one in queries.checks())
    assert marks.count("Not in use yet") == 1
    assert marks.count("Kept by the desk itself") == 1
    assert "Nothing looks" not in page(reader.get("/policy/checks/PR-1"))
    assert "nothing looks at this yet" in page(reader.get("/policy/checks/EM-5"))
    assert reader.get("/policy/checks/XX-1").status_code == 404


def test_a_level_is_changed_for_a_reason_that_everybody_can_read(
    administrator: Client, reader: Client
) -> None:
    where = "/policy/checks/AC-9"
    missing = administrator.post(f"{where}/level", {"level": "off", "why": ""})
    assert (missing.status_code, "Say why" in page(missing)) == (422, True)
    administrator.post(f"{where}/level", {"level": "hold", "why": "Complaints in May."})
    assert queries.levels() == {"AC-9": Level.HOLD}
    seen = page(reader.get(where))
    assert "Its own level → Needs a yes: Ada Clerk" in seen
    assert "Complaints in May." in seen
    assert "changed here" in page(reader.get("/policy/checks"))


def test_a_repair_is_offered_only_where_something_is_repaired(administrator: Client) -> None:
    assert "Will be repaired" not in page(administrator.get("/policy/checks/AC-9/level"))
    assert "Will be repaired" in page(administrator.get("/policy/checks/CO-6/level"))
    assert "Will be repaired" not in page(administrator.get("/policy/checks/AC-4/level"))
    assert administrator.get("/policy/checks/EM-1/level").status_code == 404


def test_officers_and_readers_change_nothing(officer: Client, reader: Client) -> None:
    for client in (officer, reader):
        for address in ("publish", "checks/AC-9/level", "house"):
            assert client.get(f"/policy/{address}").status_code == 403
            assert client.post(f"/policy/{address}", {"level": "off"}).status_code == 403
        assert "Our house" not in page(client.get("/policy"))
    assert queries.levels() == {}


def test_a_check_is_tried_on_the_past(officer: Client) -> None:
    post = handed_in()
    asked = {"check": "AC-9", "level": "hold", "last": "100"}
    answer = officer.get("/policy/try", asked)
    assert "would have held 1 of the last 1 message, and spoken on 1." in page(answer)
    assert "As things stand it holds 0 of them." in page(answer)
    assert f"/messages/{post.pk}" in answer.content.decode()
    assert queries.levels() == {}


def test_a_check_may_be_chosen_before_its_level_without_an_error(reader: Client) -> None:
    seen = BeautifulSoup(reader.get("/policy/try?check=AC-9").content, "html.parser")
    assert seen.select_one("[name=check] [selected]")["value"] == "AC-9"
    assert not seen.select(".govuk-error-summary")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"check": "EM-1", "level": "hold", "last": "100"}, "not one of the available"),
        ({"check": "AC-9", "level": "fix", "last": "100"}, "AC-9 repairs nothing"),
        ({"check": "AC-9", "level": "hold", "last": "1000000"}, "not one of the available"),
    ],
)
def test_what_cannot_be_tried_is_said_at_its_field(
    reader: Client, asked: dict[str, str], words: str
) -> None:
    answer = reader.get("/policy/try", asked)
    assert (answer.status_code, words in page(answer)) == (422, True)


def test_an_empty_house_says_that_there_is_nothing_to_try_on(reader: Client) -> None:
    answer = reader.get("/policy/try", {"check": "AC-9", "level": "hold", "last": "100"})
    assert "No message has been handed in yet" in page(answer)


def test_a_text_is_replayed_beside_how_things_stand(reader: Client) -> None:
    a_channel()
    said = {"text": SHOUT, "check_1": "AC-9", "level_1": "block"}
    seen = BeautifulSoup(reader.post("/policy/replay", said).content, "html.parser")
    sides = [side.get_text(" ", strip=True) for side in seen.select("main section")]
    assert [("Please look" in one, "Must change" in one) for one in sides] == [
        (True, False),
        (False, True),
    ]
    assert queries.levels() == {}


def test_a_message_is_replayed_by_its_number(reader: Client) -> None:
    answer = reader.post("/policy/replay", {"message": str(handed_in().pk)})
    assert "Capitals shout" in page(answer)
    assert "With these levels" not in page(answer)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Enter either the words or the number"),
        ({"text": "x", "message": "1"}, "Enter either the words or the number"),
        ({"message": "one"}, "Enter a number, such as 12"),
        ({"message": "99999"}, "There is no message 99999"),
        ({"text": "x", "check_2": "AC-9"}, "Select both the check and its level"),
        ({"text": "x", "check_1": "AC-9", "level_1": "fix"}, "AC-9 repairs nothing"),
        ({"text": "x"}, "No channel is linked"),
    ],
)
def test_what_cannot_be_replayed_is_said(reader: Client, said: dict[str, str], words: str) -> None:
    answer = reader.post("/policy/replay", {"check_1": "", **said})
    assert (answer.status_code, words in page(answer)) == (422, True)


def test_what_the_checks_know_of_the_house_is_saved_line_by_line(administrator: Client) -> None:
    seen = administrator.get("/policy/house").content.decode()
    assert "mon-fri 09:00-17:00" in seen
    said = {"own_contacts": "01822 600 100\r\nhelp@council.example", "hours": "mon-fri 08:00-20:00",
            "languages": "en"}  # fmt: skip
    answer = administrator.post("/policy/house", said, follow=True)
    assert "Saved." in page(answer)
    assert queries.facts().own_contacts == ("01822 600 100", "help@council.example")
    assert set(queries.said_facts()) == {"own_contacts", "hours"}


def test_one_wrong_line_saves_nothing_and_keeps_the_answers(administrator: Client) -> None:
    said = {"own_contacts": "01822 600 100", "own_domains": "https://x.example",
            "hours": "nine to five", "languages": ""}  # fmt: skip
    answer = administrator.post("/policy/house", said)
    assert answer.status_code == 422
    for words in ("is no domain", "are no hours", "Enter the languages in which we must speak"):
        assert words in page(answer)
    assert "01822 600 100" in answer.content.decode()
    assert queries.said_facts() == {}


def test_policy_is_a_place(reader: Client) -> None:
    actions.publish_version(a_version(), by=BY)
    seen = BeautifulSoup(reader.get("/policy/checks/PR-1").content, "html.parser")
    lit = seen.select(".oyez-places--wide [aria-current=true]")
    assert [link.get_text(strip=True) for link in lit] == ["Policy"]
    assert people.person("rhys@council.example") in queries.unacknowledged()


def test_there_is_no_version_with_a_null_in_its_number(reader: Client) -> None:
    assert reader.get("/policy/versions/%00").status_code == 404
    assert reader.post("/policy/acknowledge", {"number": "\0"}).status_code == 302
