"""The policy is published, read and acknowledged; a check is tried, replayed and changed."""

from __future__ import annotations

from oyez.decisions import actions as decisions
from oyez.policy import actions
from oyez.posts import actions as posts
from oyez.posts.draft import Draft
from tests.factories import BY, a_channel
from tests.journeys.house import House, aside
from tests.journeys.walker import Walker
from tests.policy.document import TEXT, a_version

SHOUT = "LOOK AGAIN PLEASE everybody"


def test_a_policy_is_published_and_acknowledged(administrator: Walker) -> None:
    administrator.opens("/policy").sees("There is no policy yet").photographs("policy-empty")
    administrator.follows("Publish a version").presses("Publish the policy")
    administrator.sees("Enter the text of the policy").photographs("error-policy-publish")
    administrator.writes("Number of the version", "3.2").writes("Text of the policy", TEXT)
    administrator.writes("Owner", "Head of communications").presses("Publish the policy")
    administrator.sees("Published policy 3.2.", "until then you cannot hand in messages")
    administrator.photographs("policy-to-acknowledge")
    administrator.presses("I have read it and will keep to it")
    administrator.sees("you have acknowledged it").photographs("policy-show")
    administrator.follows("PR-1").sees("No personal data in public").photographs("policy-check")


def test_a_reader_reads_and_acknowledges(reader: Walker, house: House) -> None:
    for number in ("3.1", "3.2"):
        aside(lambda number=number: actions.publish_version(a_version(number), by=BY))  # type: ignore[misc]
    reader.opens("/policy").presses("I have read it and will keep to it")
    reader.sees("you have acknowledged it").follows("Version 3.1").sees("not in force any more")
    reader.photographs("policy-older")


def test_a_check_is_tried_replayed_and_changed(administrator: Walker, house: House) -> None:
    aside(_history)
    administrator.opens("/policy").follows("Checks").sees("Only planned").photographs(
        "policy-checks"
    )
    administrator.follows("AC-9 No words in capitals").follows("Try another level on past messages")
    administrator.chooses("At the level", "Needs a yes: somebody decides before it goes")
    administrator.presses("Try it").sees("would have held 2 of the last 3 messages")
    administrator.photographs("policy-try").follows("Replay a message").presses("Replay it")
    administrator.sees("Enter either the words").photographs("error-policy-replay")
    administrator.writes("Words", f"{SHOUT}, ring 07700 900123")
    administrator.chooses("Changed check 1", "AC-9 No words in capitals")
    administrator.chooses("Its level 1", "Must change: it cannot be sent like this")
    administrator.presses("Replay it").sees("As things stand", "With these levels")
    administrator.photographs("policy-replay").opens("/policy/checks/AC-9")
    administrator.presses("Change the level").picks("Needs a yes: somebody decides before it goes")
    administrator.presses("Change the level").sees("Say why").photographs("error-policy-level")
    administrator.writes("Why?", "Two complaints in May.").presses("Change the level")
    administrator.sees("is now at", "Two complaints in May.").photographs("policy-check-changed")


def test_the_house_says_what_is_its_own(administrator: Walker) -> None:
    administrator.opens("/policy/house").writes("Our own domains", "https://council.example")
    administrator.presses("Save").sees("is no domain").photographs("error-policy-house")
    administrator.writes("Our own domains", "council.example").presses("Save").sees("Saved.")
    administrator.photographs("policy-house")


def _history() -> None:
    channel = a_channel()
    for text in (SHOUT, "The bridge is open.", f"{SHOUT}, now"):
        draft = posts.start(Draft(text=text, to=(channel.pk,)), by=BY)
        decisions.hand_in(draft, by=BY, confirmed=["AC-9"])
