"""One writes, another approves, and it is there; nobody approves what they have not read."""

from __future__ import annotations

from oyez.decisions import actions, queries
from oyez.decisions.models import Review
from oyez.decisions.rules import Asked
from oyez.people import actions as people
from oyez.people.models import Person
from oyez.people.rules import APPROVER, OFFICER
from oyez.posts import actions as posts
from oyez.posts.draft import Draft
from tests.factories import BY, a_channel
from tests.fakes.networks import Findable, Keyed, Log
from tests.journeys.house import House
from tests.journeys.walker import Walker

TEXT = "Gritting tonight: routes 1 to 9 from 18:00. https://www.tamarshire.example/gritting"


def asha() -> Person:
    return people.invite("asha@council.example", name="Asha Patel", role=OFFICER, by=BY)


def a_review(by: Person) -> Review:
    one, other = a_channel(Findable, name="Council news"), a_channel(Keyed, name="Roads")
    for channel in (one, other):
        actions.set_steps(channel, [Asked(role=APPROVER)], by=BY)
    post = posts.start(Draft(text=TEXT, to=(one.pk, other.pk)), by=by)
    return _asked(actions.hand_in(post, by=by))


def _asked(post: object) -> Review:
    review = queries.review_of(post)  # type: ignore[arg-type]
    assert review
    return review


def again(review: Review, text: str, by: Person) -> Review:
    post = posts.take_back(review.post, by=by)
    draft = Draft(text=text, to=post.draft.to)
    post = posts.save(post, draft, based_on=post.version, by=by)
    return _asked(actions.hand_in(post, by=by))


def test_somebody_else_s_yes_lets_it_out(officer: Walker, house: House, networks: Log) -> None:
    author = asha()
    officer.opens("/approve").sees("Nothing waits for approval").photographs("approve-empty")
    first = a_review(author)
    review = again(first, TEXT.replace("18:00", "19:30"), author)
    posts.comment(review.post, "Highways confirmed the routes.", by=author)
    officer.opens("/approve").sees("Asks you", "Asha Patel").photographs("approve-list")
    officer.follows("Gritting tonight").sees(
        "What changed since the version before", "Who is asked"
    )
    officer.photographs("approve-filled")
    officer.presses("Approve").sees("Approved “Gritting tonight")
    house.works()
    assert networks.texts == [TEXT.replace("18:00", "19:30")] * 2
    officer.opens(f"/messages/{review.post_id}").sees("Approved the message", "Its versions")
    officer.photographs("message-approved")


def test_words_changed_meanwhile_are_read_again(officer: Walker, house: House) -> None:
    author = asha()
    review = a_review(author)
    officer.opens(f"/approve/{review.pk}")
    again(review, "Gritting is cancelled.", author)
    officer.presses("Approve").sees("There is a problem", "Gritting is cancelled.")
    officer.photographs("approve-error")
    officer.presses("Approve").sees("Approved “Gritting is cancelled.”")


def test_changes_are_asked_for(officer: Walker, house: House) -> None:
    review = a_review(asha())
    officer.opens(f"/approve/{review.pk}").follows("Ask for changes")
    officer.presses("Ask for changes").sees("Say what should change")
    officer.photographs("approve-changes-error")
    officer.writes("What should change in the message?", "Which routes?")
    officer.presses("Ask for changes").sees("Asked for changes to")
    officer.opens(f"/messages/{review.post_id}").sees("Which routes?").photographs(
        "message-refused"
    )


def test_a_reviewer_outside_reads_and_comments(visitor: Walker, house: House) -> None:
    author = asha()
    post = posts.start(Draft(text=TEXT, to=(a_channel(Findable).pk,)), by=author)
    token = posts.share(post, by=author)
    visitor.opens(f"/preview/{token}").sees("Gritting tonight").photographs("preview")
    visitor.writes("Your name", "Cllr Jones").writes("Comment", "Say which day.")
    visitor.presses("Send the comment").sees("Your comment is with the authors.", "Say which day.")
    visitor.presses("Send the comment").sees("Enter your name").photographs("preview-error")
    visitor.opens("/preview/unknown").sees("This preview has ended").photographs("preview-ended")


def test_who_must_approve_is_chosen_on_the_channel_s_page(
    administrator: Walker, house: House
) -> None:
    channel = a_channel(Findable, name="Council news")
    administrator.opens(f"/channels/{channel.pk}").follows("Change (Who must approve)")
    administrator.page.get_by_label("Everybody who is").first.select_option(label="Approver")
    administrator.photographs("channel-steps")
    administrator.presses("Save").sees("Any one of Ada Clerk")
