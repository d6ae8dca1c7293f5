"""Words to begin with on their pages, and on the page where they are needed."""

from __future__ import annotations

import pytest
from django.test import Client

from oyez.posts import actions as posts
from oyez.posts import queries
from oyez.posts.draft import Draft
from tests.factories import BY, a_channel
from tests.fakes.networks import Log
from tests.web.conftest import page

pytestmark = pytest.mark.django_db(transaction=True)
AT = "/settings/templates"
FLOOD = {
    "name": "Flood",
    "kind": "holding",
    "purpose": "First hour of a flood",
    "text": "We know of flooding at …",
    "language": "en",
}


def test_one_is_kept_used_changed_and_removed(officer: Client) -> None:
    assert "Agree on its words while nothing is on fire" in page(officer.get(AT))
    assert "Kept Flood." in page(officer.post(f"{AT}/add", FLOOD, follow=True))
    one = queries.templates().get()
    shown = officer.get(f"{AT}/{one.pk}")
    assert f'href="/write?template={one.pk}"' in shown.content.decode()
    assert "First hour of a flood" in page(shown)
    officer.post(f"{AT}/{one.pk}/change", {**FLOOD, "language": "cy", "name": "Llifogydd"})
    assert "1 holding statement and 0 templates are ready." in page(officer.get(AT))
    assert "Welsh" in page(officer.get(f"{AT}/{one.pk}"))
    officer.post(f"{AT}/{one.pk}/remove")
    assert not queries.templates().exists()
    assert officer.get(f"{AT}/{one.pk}").status_code == 404


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": ""}, "Give it a name"),
        ({"purpose": ""}, "Say when this holding statement is meant to be used"),
        ({"text": ""}, "Enter the words to begin with"),
        ({"text": "\u200b"}, "Enter the words to begin with"),
        ({"kind": "other"}, "other"),
        ({"language": "xx"}, "xx"),
    ],
)
def test_what_is_wrong_is_said_and_every_answer_kept(
    officer: Client, change: dict[str, str], says: str
) -> None:
    answer = officer.post(f"{AT}/add", {**FLOOD, **change})
    assert answer.status_code == 422
    assert says in page(answer)
    assert ("We know of flooding" in page(answer)) == ("text" not in change)
    assert not queries.templates().exists()


def test_a_message_gives_its_words_to_a_template(officer: Client) -> None:
    post = posts.start(Draft(text="Ar gau.", language="cy"), by=BY)
    door = f"{AT}/add?message={post.pk}"
    assert door in officer.get(f"/messages/{post.pk}").content.decode()
    shown = officer.get(door).content.decode()
    assert "Ar gau." in shown
    assert '<option value="cy" selected>Welsh' in shown
    assert officer.get(f"{AT}/add?message=999").status_code == 404


def test_where_one_writes_holding_statements_come_first(officer: Client, log: Log) -> None:
    a_channel()
    posts.keep_template("Bins late", "Bins are late.", by=BY)
    flood = {name: FLOOD[name] for name in ("kind", "purpose")}
    posts.keep_template("Flood", FLOOD["text"], **flood, by=BY)
    shown = page(officer.get("/write"))
    order = ["Holding statements", "First hour of a flood", "Templates", "Bins late", "Message"]
    places = [shown.index(words, shown.index("Begin with words")) for words in order]
    assert places == sorted(places)
    post = posts.start(Draft(text="Begun."), by=BY)
    assert "Begin with words that are ready" not in page(officer.get(f"/write/{post.pk}"))


def test_a_reader_reads_them_and_changes_nothing(reader: Client) -> None:
    one = posts.keep_template("Bins late", "Bins are late.", by=BY)
    shown = page(reader.get(f"{AT}/{one.pk}"))
    assert "Bins are late." in shown
    for words in ("Begin a message with it", "Change", "Remove it"):
        assert words not in shown
    assert "Keep words" not in page(reader.get(AT))
    for way in ("add", f"{one.pk}/change", f"{one.pk}/remove"):
        assert reader.post(f"{AT}/{way}").status_code == 403


@pytest.mark.parametrize("odd", ["9" * 5000, "\u0663", "-1", "x"])
def test_what_is_no_number_of_a_message_begins_nothing(officer: Client, odd: str) -> None:
    assert officer.get(f"{AT}/add", {"message": odd}).status_code == 200
