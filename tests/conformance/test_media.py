"""One suite for every network: pictures with their words, replies, edits and deletions."""

import dataclasses
import json

import pytest

from oyez.networks.contract import Answers, Deletes, Edits, Gone, Later, Refused, Unsure
from tests.conformance.members import Member, Notebook, OnOurPage, a_message, a_picture
from tests.conformance.test_networks import a_key, settle, unique, watermark
from tests.servers import faulty

pytestmark = pytest.mark.server

WORDS = "Die Brücke,\n“neu” 👩‍👩‍👧‍👦 & <offen>"
UPLOADS = ("/api/v2/media", "uploadBlob")


def uploads(member: Member) -> int:
    """How many files were brought; linking tries the door with none."""
    seen = [one for one in member.front.requests if one.path.endswith(UPLOADS)]
    return sum(b"PNG" in one.body for one in seen)


def plan(member: Member, fault) -> None:
    """Spoil the next upload, whatever its address is on this network."""
    for path in UPLOADS:
        member.front.once(fault, on=path)


class TestPictures:
    def test_they_arrive_whole_in_order_each_once_and_with_their_words(self, member):
        media = (a_picture(WORDS, 1), a_picture("The second", 2))
        receipt = member.network().publish(
            a_message(unique("Shown."), media=media), Notebook(a_key())
        )
        if not isinstance(member, OnOurPage):
            assert member.shows(receipt.remote_id) == [(one.alt, one.load()) for one in media]

    def test_words_as_long_as_allowed_arrive_to_the_last_sign(self, member):
        alt = "é" * (member.network().limits.alt_text - 1) + "!"
        message = a_message(unique("Longest."), media=(a_picture(alt),))
        receipt = member.network().publish(message, Notebook(a_key()))
        if not isinstance(member, OnOurPage):
            assert member.shows(receipt.remote_id)[0][0] == alt

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            (lambda limits: [a_picture()] * (limits.media + 1), "at most"),
            (lambda limits: [a_picture("x" * (limits.alt_text + 1))], "Alt text must be"),
            (lambda limits: [a_picture(size=limits.media_bytes + 1)], "or smaller"),
            (lambda limits: [a_picture(kind="image/tiff")], "It is TIFF"),
            (
                lambda limits: [a_picture(kind="video/mp4", size=limits.film_bytes + 1)],
                "or smaller",
            ),
        ],
    )
    def test_too_many_too_big_or_too_long_is_refused_before_the_first_byte(
        self, member, wrong, why
    ):
        network = member.network()
        before = [] if isinstance(member, OnOurPage) else len(member.front.requests)
        media = tuple(dataclasses.replace(one, load=_never) for one in wrong(network.limits))
        with pytest.raises(Refused, match=why):
            network.publish(a_message("Hello", media=media), Notebook(a_key()))
        if not isinstance(member, OnOurPage):
            assert len(member.front.requests) == before

    def test_the_same_key_again_is_the_same_post_with_the_same_pictures(self, wired):
        message, key = a_message(unique("Once."), media=(a_picture(WORDS),)), a_key()
        first, again = (wired.network().publish(message, Notebook(key)) for _ in range(2))
        assert first == again
        assert wired.texts().count(message.text) == 1
        assert len(wired.shows(first.remote_id)) == 1

    @pytest.mark.parametrize("fault", [faulty.fail_before, faulty.reset_before, faulty.fail_after])
    def test_an_upload_that_fails_is_later_since_nothing_shows(self, wired, fault):
        message, notebook = a_message(unique("Hurt."), media=(a_picture(),)), Notebook(a_key())
        network = wired.network()
        plan(wired, fault)
        with pytest.raises(Later):
            network.publish(message, notebook)
        assert wired.front.writes == []
        receipt = network.publish(message, notebook)
        assert len(wired.shows(receipt.remote_id)) == 1
        assert wired.texts().count(message.text) == 1

    def test_a_crash_between_pictures_and_post_loses_none_and_doubles_nothing(self, wired):
        media = (a_picture(WORDS, 1), a_picture("The second", 2))
        message, notebook = a_message(unique("Between."), media=media), Crashes(a_key())
        with pytest.raises(Died):
            wired.network().publish(message, notebook)
        assert uploads(wired) == 2
        receipt = wired.network().publish(message, notebook.back())
        assert uploads(wired) == 2
        assert wired.shows(receipt.remote_id) == [(one.alt, one.load()) for one in media]
        assert wired.texts().count(message.text) == 1

    def test_a_crash_between_two_pictures_brings_the_second_alone(self, wired):
        media = (a_picture("One", 1), a_picture("Two", 2))
        message, notebook = a_message(unique("First."), media=media), Notebook(a_key())
        broken = dataclasses.replace(media[1], load=_dies)
        with pytest.raises(Died):
            wired.network().publish(
                dataclasses.replace(message, media=(media[0], broken)), notebook
            )
        receipt = wired.network().publish(message, notebook)
        assert uploads(wired) == 2
        assert [alt for alt, _ in wired.shows(receipt.remote_id)] == ["One", "Two"]

    @pytest.mark.parametrize("fault", [faulty.lose_the_answer, faulty.reset_after])
    def test_taken_but_not_answered_is_settled_as_one_post_with_its_pictures(self, wired, fault):
        message, notebook = (
            a_message(unique("Taken."), media=(a_picture(WORDS),)),
            Notebook(a_key()),
        )
        since, network = watermark(wired), wired.network()
        wired.front.once(fault)
        with pytest.raises(Unsure):
            network.publish(message, notebook)
        receipt = settle(wired, message, notebook, since)
        assert receipt is not None
        assert [alt for alt, _ in wired.shows(receipt.remote_id)] == [WORDS]
        assert wired.texts().count(message.text) == 1

    def test_the_same_words_with_other_pictures_are_never_taken_for_ours(self, findable):
        text, since, network = unique("Alike."), watermark(findable), findable.network()
        ours = a_message(text, media=(a_picture("A bridge"),))
        others = [
            a_message(text),
            a_message(text, media=(a_picture("A road"),)),
            a_message(text, media=(a_picture("A bridge"), a_picture("A bridge"))),
        ]
        for other in others:
            network.publish(other, Notebook(a_key()))
        assert network.find(ours, "", since) == []
        receipt = network.publish(ours, Notebook(a_key()))
        assert network.find(ours, "", since) == [receipt]


class TestReplies:
    def test_those_who_can_say_so_in_both_places(self, member):
        network = member.network()
        assert network.limits.threads == isinstance(network, Answers)

    def test_a_chain_of_three_is_a_thread(self, member):
        network, before = member.network(), ""
        chain = []
        for part in range(3):
            message = a_message(unique(f"Part {part}."), answers=before)
            before = network.publish(message, Notebook(a_key())).remote_id
            chain.append(before)
        if not isinstance(member, OnOurPage):
            assert [member.answered_by(one) for one in chain] == ["", *chain[:2]]

    def test_a_reply_sent_again_is_one_reply(self, wired):
        network, key = wired.network(), a_key()
        first = network.publish(a_message(unique("Root.")), Notebook(a_key())).remote_id
        reply = a_message(unique("Reply."), answers=first)
        assert network.publish(reply, Notebook(key)) == network.publish(reply, Notebook(key))
        assert wired.texts().count(reply.text) == 1

    def test_a_reply_to_what_is_gone_is_told_and_nothing_stands(self, wired):
        network = wired.network()
        first = network.publish(a_message(unique("Gone soon.")), Notebook(a_key())).remote_id
        network.delete(first, Notebook(a_key()))
        reply = a_message(unique("Reply."), answers=first)
        with pytest.raises(Gone, match="no longer"):
            network.publish(reply, Notebook(a_key()))
        assert reply.text not in wired.texts()


class TestEditing:
    def test_an_edit_says_other_words_at_the_same_address(self, member):
        network = member.network()
        if not isinstance(network, Edits):
            return
        first = network.publish(a_message(unique("Befroe.")), Notebook(a_key()))
        after, key = a_message(unique("After.")), a_key()
        for _ in range(2):
            assert network.edit(first.remote_id, after, Notebook(key)).remote_id == first.remote_id
        if not isinstance(member, OnOurPage):
            assert member.texts().count(after.text) == 1
            assert not any("Befroe" in text for text in member.texts())

    def test_an_edit_of_what_is_gone_is_told(self, findable):
        network = findable.network()
        first = network.publish(a_message(unique("Gone.")), Notebook(a_key())).remote_id
        network.delete(first, Notebook(a_key()))
        with pytest.raises(Gone, match="no longer"):
            network.edit(first, a_message("After"), Notebook(a_key()))

    @pytest.mark.parametrize("fault", [faulty.lose_the_answer, faulty.fail_after])
    def test_an_edit_nobody_answered_is_unsure_and_repeated(self, findable, fault):
        network = findable.network()
        first = network.publish(a_message(unique("Before.")), Notebook(a_key())).remote_id
        after, notebook = a_message(unique("After.")), Notebook(a_key())
        findable.front.once(fault, on=f"/api/v1/statuses/{first}")
        with pytest.raises(Unsure):
            network.edit(first, after, notebook)
        assert network.edit(first, after, notebook).remote_id == first
        assert findable.texts().count(after.text) == 1


class TestDeleting:
    def test_it_is_gone_and_deleting_again_is_done(self, member):
        network = member.network()
        assert isinstance(network, Deletes)
        message = a_message(unique("Wrong."), media=(a_picture(),))
        receipt = network.publish(message, Notebook(a_key()))
        for _ in range(2):
            network.delete(receipt.remote_id, Notebook(a_key()))
        if not isinstance(member, OnOurPage):
            assert message.text not in member.texts()

    @pytest.mark.parametrize("fault", [faulty.lose_the_answer, faulty.fail_after])
    def test_one_nobody_answered_is_unsure_and_repeated(self, wired, fault):
        network, message = wired.network(), a_message(unique("Wrong."))
        receipt, notebook = network.publish(message, Notebook(a_key())), Notebook(a_key())
        wired.front.once(fault, on=f"/api/v1/statuses/{receipt.remote_id}")
        wired.front.once(fault, on="deleteRecord")
        with pytest.raises(Unsure):
            network.delete(receipt.remote_id, notebook)
        network.delete(receipt.remote_id, notebook)
        assert message.text not in wired.texts()

    def test_only_the_one_meant_goes(self, wired):
        network = wired.network()
        stays, goes = (a_message(unique("Twins.")) for _ in range(2))
        network.publish(stays, Notebook(a_key()))
        network.delete(network.publish(goes, Notebook(a_key())).remote_id, Notebook(a_key()))
        assert stays.text in wired.texts()
        assert goes.text not in wired.texts()


class Died(Exception):
    """The process ends here."""


class Crashes(Notebook):
    """Dies where the post itself would begin, with everything before it written down."""

    def once(self, step, do, *, harmless=False):
        if step in {"status", "record"}:
            raise Died
        return super().once(step, do, harmless=harmless)

    def back(self) -> Notebook:
        """What the next process reads."""
        there = Notebook(self.key)
        there.begun, there.done = set(self.begun), json.loads(json.dumps(self.done))
        return there


def _dies() -> bytes:
    raise Died


def _never() -> bytes:
    raise AssertionError("what does not fit is not even read")
