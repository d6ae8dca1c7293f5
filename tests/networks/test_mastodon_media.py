"""How do files get there, and are two posts of the same words told apart by what they show?"""

import json
from datetime import UTC, datetime

import pytest

from oyez.kit.fetch import Answer
from oyez.networks._mastodon import bringing, same, wire
from oyez.networks.contract import Gone, Later, Media, Message, Refused
from oyez.networks.mastodon import Mastodon
from tests.conformance.members import Keys, Notebook

HOME = "https://social.example.org"
AT = datetime(2026, 3, 1, tzinfo=UTC)
FACTS = {"server": HOME, "account_id": "1"}


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(bringing, "LOOKS", (0.0, 0.0, 0.0))


def a_picture(alt="A bridge", **more) -> Media:
    return Media("d1", "image/png", alt, 7, lambda: b"picture", **more)


def a_message(*media, **more) -> Message:
    return Message("Open", AT, media=media, **more)


class Server:
    """Works on each file until it was asked `looks` times; answers what it is told."""

    def __init__(self, looks=0, **told):
        self.looks, self.told = looks, told
        self.asked = []

    def ask(self, method, url, *, headers=None, **content):
        path = url.removeprefix(HOME)
        self.asked.append((method, path, content))
        if path in self.told:
            status, data = self.told[path]
        elif path == "/api/v2/media":
            status, data = (202, self.file(None)) if self.looks else (200, self.file(HOME))
        elif path.startswith("/api/v1/media/"):
            self.looks -= 1
            status, data = (206, self.file(None)) if self.looks > 0 else (200, self.file(HOME))
        else:
            status, data = 200, {"id": "5", "url": f"{HOME}/5"}
        return Answer(status, {}, json.dumps(data).encode(), url)

    def file(self, url):
        return {"id": str(len(self.sent("POST", "/api/v2/media"))), "url": url}

    def sent(self, method, path):
        return [content for how, where, content in self.asked if (how, where) == (method, path)]


def network(server) -> Mastodon:
    return Mastodon(server, FACTS, Keys({"token": "t"}))


def test_a_file_goes_with_its_words_its_focus_and_no_name_of_ours():
    server, one = Server(), a_picture("Zwei\r\nZeilen", focus=(0.5, -1), name="secret plan.png")
    network(server).publish(a_message(one), Notebook("k"))
    (sent,) = server.sent("POST", "/api/v2/media")
    assert sent["form"] == {"description": "Zwei\nZeilen", "focus": "0.50,-1.00"}
    file = sent["files"]["file"]
    assert (file.name, file.content, file.media_type) == ("media.png", b"picture", "image/png")
    (said,) = server.sent("POST", "/api/v1/statuses")
    assert said["json"]["media_ids"] == ["1"]


def test_a_file_it_works_on_is_waited_for():
    server = Server(looks=3)
    network(server).publish(a_message(a_picture()), Notebook("k"))
    assert len(server.sent("GET", "/api/v1/media/1")) == 3
    assert len(server.sent("POST", "/api/v1/statuses")) == 1


def test_one_it_works_on_for_long_is_later_and_not_brought_again():
    server, notebook, message = Server(looks=5), Notebook("k"), a_message(a_picture())
    with pytest.raises(Later, match="still working on a file"):
        network(server).publish(message, notebook)
    assert server.sent("POST", "/api/v1/statuses") == []
    network(server).publish(message, notebook)
    assert len(server.sent("POST", "/api/v2/media")) == 1
    assert len(server.sent("POST", "/api/v1/statuses")) == 1


@pytest.mark.parametrize("path", ["/api/v2/media", "/api/v1/media/1"])
def test_a_file_it_cannot_read_is_refused_in_its_own_words(path):
    server = Server(looks=2, **{path: (422, {"error": "File has an invalid format"})})
    with pytest.raises(Refused, match="File has an invalid format"):
        network(server).publish(a_message(a_picture()), Notebook("k"))
    assert server.sent("POST", "/api/v1/statuses") == []


@pytest.mark.parametrize("said", [{}, [], "yes", {"id": None}, {"id": "1 2"}])
def test_an_answer_without_an_id_is_later(said):
    server = Server(**{"/api/v2/media": (200, said)})
    with pytest.raises(Later, match="did not say where"):
        network(server).publish(a_message(a_picture()), Notebook("k"))


def test_what_does_not_fit_is_refused_before_the_first_byte():
    server = Server()
    for media in ([a_picture("x" * 1_501)], [a_picture()] * 5):
        with pytest.raises(Refused):
            network(server).publish(a_message(*media), Notebook("k"))
        with pytest.raises(Refused):
            network(server).edit("5", a_message(*media), Notebook("k"))
    assert server.asked == []


def test_an_edit_replaces_the_files_and_without_any_takes_them_away():
    server = Server()
    network(server).edit("5", a_message(a_picture()), Notebook("k"))
    network(server).edit("5", a_message(), Notebook("l"))
    sent = [content["json"]["media_ids"] for content in server.sent("PUT", "/api/v1/statuses/5")]
    assert sent == [["1"], []]


def test_what_is_gone_is_told_before_any_post():
    gone = (404, {"error": "Record not found"})
    server = Server(**{"/api/v1/statuses/9": gone, "/api/v1/statuses/9?delete_media=true": gone})
    with pytest.raises(Gone, match="no longer on social.example.org"):
        network(server).publish(a_message(answers="9"), Notebook("k"))
    with pytest.raises(Gone, match="The post is no longer"):
        network(server).edit("9", a_message(), Notebook("k"))
    network(server).delete("9", Notebook("k"))
    assert server.sent("POST", "/api/v1/statuses") == []


def test_an_id_cannot_lead_elsewhere():
    request = wire.delete_status(HOME, "t", "../accounts/1?x=")
    assert request.url == f"{HOME}/api/v1/statuses/..%2Faccounts%2F1%3Fx%3D?delete_media=true"


LONG = "A long walk along the river. " * 10


@pytest.mark.parametrize(
    ("there", "ours", "alike"),
    [
        ([], [], True),
        (["A bridge"], ["A bridge"], True),
        (["B", "A"], ["A", "B"], True),
        (["A  bridge\n"], ["A bridge"], True),
        ([None], [""], True),
        ([LONG[:150]], [LONG], True),  # cut off there
        (["A bridge"], ["A bridge at night"], False),
        (["A bridge"], [], False),
        ([], ["A bridge"], False),
        (["A", "A"], ["A"], False),
        (["A", "A"], ["A", "B"], False),
    ],
)
def test_pictures_are_told_apart_by_their_number_and_words(there, ours, alike):
    status = {"media_attachments": [{"description": alt} for alt in there]}
    assert same.shows(status, a_message(*map(a_picture, ours))) is alike


@pytest.mark.parametrize(
    ("there", "ours", "alike"),
    [(None, "", True), ("7", "7", True), (None, "7", True), ("8", "7", False), ("8", "", False)],
)
def test_replies_are_told_apart_by_what_they_answer(there, ours, alike):
    assert same.shows({"in_reply_to_id": there}, a_message(answers=ours)) is alike
