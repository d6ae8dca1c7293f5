"""Who is told of what? Those whom it concerns, each once, and never of their own doing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from oyez.channels import actions as channels
from oyez.decisions import actions as decide
from oyez.decisions import queries as decided
from oyez.decisions.rules import Asked
from oyez.emergency import actions as emergency
from oyez.feeds.actions import polling as feeds
from oyez.feeds.reading import Reading
from oyez.formats.contract import Document, Entry
from oyez.kit import clock
from oyez.ledger import acts, events
from oyez.ledger.actor import Refusal
from oyez.ledger.models import Event
from oyez.networks.contract import Refused, Unsure
from oyez.notices import actions, queries, rules
from oyez.notices.models import Notice
from oyez.partners import actions as partners
from oyez.partners.rules.figures import Said as Figure
from oyez.people import actions as people
from oyez.people.models import Person
from oyez.people.rules import public, reviewer
from oyez.posts import actions as posts
from oyez.posts.draft import Draft
from oyez.requests import actions as requests
from tests.factories import BY, a_channel, a_feed, a_post, a_pre_election, a_request, an_item
from tests.fakes.networks import Log, Mute, raises
from tests.jobs import run_jobs
from tests.notices.conftest import SomeBody

pytestmark = pytest.mark.django_db(transaction=True)


def told(person: Person) -> list[str]:
    return [notice.title for notice in queries.notices(person).order_by("id")]


def test_every_kind_that_is_told_wakes_the_telling_and_no_other_does() -> None:
    woken = {
        name
        for name, kind in events.all_kinds().items()
        if "notices.tell" in acts.listener_names(kind)
    }
    assert woken == {telling.kind.name for telling in rules.TOLD}


def test_a_feed_that_floods_is_told_to_those_who_can_let_it_go_on(
    ada: Person, someone: SomeBody
) -> None:
    reader, feed = someone("Rae", "reader"), a_feed(to=[], name="News of the county")
    entries = tuple(Entry(f"{n}", "", f"Spam {n}", "") for n in range(300))
    feeds.keep(feed, Reading(document=Document("", entries, "RSS 2.0")), by=BY)
    run_jobs()
    (sentence,) = told(ada)
    assert sentence.startswith("News of the county is paused. It brought 300 new items at once")
    assert told(reader) == []
    assert Notice.objects.get(person=ada).href == f"/feeds/{feed.pk}"


def test_a_channel_that_is_signed_out_is_told_to_those_who_can_act(
    ada: Person, someone: SomeBody
) -> None:
    admin, reader = someone("Max", "administrator"), someone("Rae", "reader")
    channel = a_channel()
    channels.signed_out(channel, "The token was withdrawn.", by=BY)
    run_jobs()
    sentence = "Findable must be linked again before anything goes there. The token was withdrawn."
    assert (told(admin), told(ada), told(reader)) == ([sentence], [sentence], [])
    assert Notice.objects.filter(person=admin).get().href == f"/channels/{channel.pk}"


def test_a_refusal_is_told_to_its_author_alone(ada: Person, someone: SomeBody, log: Log) -> None:
    ben, channel = someone("Ben"), a_channel()
    log.trouble.append(raises(Refused("Too many links.")))
    post = posts.write("The bridge is open.", to=[channel], by=ada)
    run_jobs()
    assert "Findable refused “The bridge is open.”. Too many links." in told(ada)
    assert told(ben) == []
    assert Notice.objects.filter(topic="yours").get().href == f"/messages/{post.pk}"


def test_a_refusal_of_a_feed_s_message_is_told_to_those_on_duty(ada: Person, log: Log) -> None:
    log.trouble.append(raises(Refused("Too many links.")))
    an_item(a_feed(to=[a_channel()]))
    run_jobs()
    assert any("refused “Road closed”" in sentence for sentence in told(ada))


def test_a_quotation_in_the_name_of_a_message_does_not_double_its_marks(
    someone: SomeBody,
) -> None:
    apu = someone("Apu", "approver")
    posts.write("“Bins” is a play.", to=[a_channel()], by=someone("Wyn", "writer"))
    run_jobs()
    assert told(apu) == ["“‘Bins’ is a play.” waits for your approval."]


def test_what_nobody_can_know_is_asked_of_those_who_may_say(
    ada: Person, someone: SomeBody, log: Log
) -> None:
    reader = someone("Rae", "reader")
    log.aftermath.append(raises(Unsure("The line broke.")))
    a_post("Flood warning.", to=[a_channel(Mute)])
    run_jobs()
    assert told(ada) == ["Did “Flood warning.” reach Mute? Look, then say."]
    assert told(reader) == []


def test_an_approval_is_asked_of_those_who_may_give_it(
    someone: SomeBody,
) -> None:
    wyn, ada = someone("Wyn", "writer"), someone("Ada")
    apu, reader = someone("Apu", "approver"), someone("Rae", "reader")
    posts.write("The bridge is open.", to=[a_channel()], by=wyn)
    run_jobs()
    sentence = "“The bridge is open.” waits for your approval."
    assert (told(ada), told(apu), told(reader), told(wyn)) == ([sentence], [sentence], [], [])


def test_the_author_is_told_what_became_of_it(someone: SomeBody) -> None:
    wyn, ada = someone("Wyn", "writer"), someone("Ada")
    first = posts.write("The bridge is open.", to=[a_channel()], by=wyn)
    run_jobs()
    review = decided.review_of(first)
    assert review
    decide.vote_yes(review, digest=review.digest, by=ada)
    run_jobs()
    assert told(wyn) == ["“The bridge is open.” is approved."]
    assert Notice.objects.get(person=wyn).how == rules.PAGE


def test_the_next_to_be_asked_are_told_when_it_is_their_turn(someone: SomeBody) -> None:
    wyn, ada, max_ = someone("Wyn", "writer"), someone("Ada"), someone("Max", "administrator")
    channel = a_channel()
    steps = [Asked(people=(ada.pk,)), Asked(people=(max_.pk,))]
    decide.set_steps(channel, steps, by=BY)
    post = posts.write("The bridge is open.", to=[channel], by=wyn)
    run_jobs()
    assert (len(told(ada)), len(told(max_))) == (1, 0)
    review = decided.review_of(post)
    assert review
    decide.vote_yes(review, digest=review.digest, by=ada)
    run_jobs()
    assert (len(told(ada)), len(told(max_))) == (1, 1)


def test_changes_asked_for_are_told_to_the_author(someone: SomeBody) -> None:
    wyn, ada = someone("Wyn", "writer"), someone("Ada")
    post = posts.write("The bridge is open.", to=[a_channel()], by=wyn)
    run_jobs()
    review = decided.review_of(post)
    assert review
    decide.ask_for_changes(review, {"": "Which bridge?"}, digest=review.digest, by=ada)
    run_jobs()
    assert told(wyn) == ["Ada asks for changes to “The bridge is open.”."]


def test_nobody_is_told_of_what_they_did(ada: Person, someone: SomeBody) -> None:
    ben = someone("Ben")
    emergency.stop(None, why="Storm", by=ada)
    run_jobs()
    assert (told(ada), told(ben)) == ([], ["Ada stopped all sending: Storm"])


def test_telling_twice_tells_once(ada: Person) -> None:
    emergency.stop(None, why="Storm", by=BY)
    run_jobs()
    event = Event.objects.get(kind="emergency.stopped")
    assert actions.tell(event.pk) == 0
    assert len(told(ada)) == 1


def test_the_same_thing_happening_again_is_told_again(ada: Person) -> None:
    for _ in range(2):
        emergency.stop(None, why="Storm", by=BY)
        emergency.resume(None, by=BY)
    run_jobs()
    assert len(told(ada)) == 2


def test_who_has_left_is_told_that_and_nothing_else(ada: Person, someone: SomeBody) -> None:
    someone("Ben")
    people.remove(ada, by=BY)
    emergency.stop(None, why="Storm", by=BY)
    run_jobs()
    (said,) = told(ada)
    assert said.startswith("Somebody on the command line removed you from this house.")


def test_what_needs_somebody_cannot_be_switched_off(ada: Person) -> None:
    with pytest.raises(Refusal, match="always on the page"):
        actions.choose({"stops": rules.OFF}, rules.DIGEST_AT, by=ada)
    actions.choose({"stops": rules.PAGE, "comments": rules.OFF}, rules.DIGEST_AT, by=ada)
    assert (queries.ways(ada)["stops"], queries.ways(ada)["comments"]) == (rules.PAGE, rules.OFF)


def test_a_topic_switched_off_is_not_told(ada: Person, someone: SomeBody) -> None:
    ben, post = someone("Ben"), posts.write("Hello", to=[a_channel()], by=ada)
    posts.comment(post, "Which bridge?", by=ben)
    actions.choose({"comments": rules.OFF}, rules.DIGEST_AT, by=ada)
    posts.comment(post, "The old one?", by=ben)
    run_jobs()
    assert "Ben commented on “Hello”." not in told(ada)  # both are told after the choice
    actions.choose({"comments": rules.PAGE}, rules.DIGEST_AT, by=ada)
    posts.comment(post, "Or the new one?", by=ben)
    run_jobs()
    assert told(ada).count("Ben commented on “Hello”.") == 1


def test_an_outsider_with_a_preview_link_is_named_as_on_the_message(ada: Person) -> None:
    post = posts.write("Hello", to=[a_channel()], by=ada)
    posts.comment(post, "Which bridge?", by=reviewer("Sam\u202e Carter"))
    run_jobs()
    assert "Sam⟨U+202E⟩ Carter (preview link) commented on “Hello”." in told(ada)


def test_reading_is_for_one_s_own_notices(ada: Person, someone: SomeBody) -> None:
    ben = someone("Ben")
    emergency.stop(None, why="Storm", by=BY)
    run_jobs()
    notice = Notice.objects.get(person=ada)
    with pytest.raises(Refusal, match="not yours"):
        actions.read(notice.pk, by=ben)
    actions.read(notice.pk, by=ada)
    actions.read(notice.pk, by=ada)
    assert (queries.unread(ada), queries.unread(ben)) == (0, 1)
    assert Event.objects.filter(kind="notices.read").count() == 1


def test_reading_all_leaves_what_came_meanwhile(ada: Person) -> None:
    emergency.stop(None, why="Storm", by=BY)
    run_jobs()
    seen = Notice.objects.get().pk
    channels.signed_out(a_channel(), "Withdrawn.", by=BY)
    run_jobs()
    assert actions.read_all(up_to=seen, by=ada) == 1
    assert queries.unread(ada) == 1


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("One\r\nBcc: eve@bad.example", "One Bcc: eve@bad.example"),
        ("One\u2028two\x0bthree\x1cfour\x85five", "One two three four five"),
        ("Bell\x07 and \u202eesrever", "Bell and esrever"),
        ("Mae’r lorïau 🧊👩‍👩‍👧", "Mae’r lorïau 🧊👩‍👩‍👧"),
    ],
)
def test_a_sentence_is_one_line(given: str, expected: str) -> None:
    assert rules.sentence("{what}", {"what": given}) == expected


def test_braces_in_somebody_s_words_are_words() -> None:
    assert rules.sentence("“{what}”", {"what": "{by} {0} {{x}}"}) == "“{by} {0} {{x}}”"


def test_a_long_sentence_is_cut() -> None:
    assert len(rules.sentence("{what}", {"what": "x" * 400})) == rules.LONGEST_TITLE


def test_a_request_is_told_to_those_who_answer_and_its_answer_to_who_asked(
    ada: Person, someone: SomeBody
) -> None:
    rae = someone("Rae", "reader")
    made = a_request(what="Open\u202e the pond.", by=rae)
    run_jobs()
    assert told(ada) == ["“Open⟨U+202E⟩ the pond.” waits for an answer."]
    assert told(rae) == []
    requests.refuse(made, why="It is\nfrozen.", by=ada)
    run_jobs()
    assert told(rae) == ["Your request “Open⟨U+202E⟩ the pond.” is refused: It is frozen."]
    assert Notice.objects.get(person=rae).href == f"/requests/{made.pk}"
    assert len(told(ada)) == 1


def test_an_answer_to_somebody_outside_is_told_to_nobody_here(ada: Person) -> None:
    made = a_request(by=public())
    requests.accept(made, by=ada)
    run_jobs()
    assert told(ada) == ["“The pond in Mill Park is fenced off.” waits for an answer."]


def test_what_is_held_back_is_told_to_its_author_and_to_whoever_may_let_it_go_on(
    ada: Person, someone: SomeBody
) -> None:
    ben, elin = someone("Ben"), someone("Elin", "reader")
    people.give(elin, duties=["monitoring_officer"], by=BY)
    soon = clock.now() + timedelta(days=3)
    draft = Draft(
        "Ann Pryce opens the bridge.",
        (a_channel().pk,),
        wall=f"{soon:%Y-%m-%dT%H:%M}",
        zone="UTC",
    )
    post = decide.hand_in(posts.start(draft, by=ada), by=ada)
    partners.add_figure(Figure(name="Ann Pryce", kind="candidate"), by=BY)
    a_pre_election()
    run_jobs()
    for person in (ada, elin):
        (sentence,) = [one for one in told(person) if "is held back" in one]
        assert sentence.startswith("“Ann Pryce opens the bridge.” is held back. ")
        assert decided.holds_on(post).get().message in sentence
    assert not any("is held back" in one for one in told(ben))
