"""Who is told of what, in which words, and how? A new thing to tell is one row of TOLD, and one
line in project/flow.py.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from string import Formatter

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oyez.channels import events as channels
from oyez.decisions import events as decisions
from oyez.deliveries import events as deliveries
from oyez.emergency import events as emergency
from oyez.feeds import events as feeds
from oyez.ledger import events as ledger
from oyez.ledger.events import Kind
from oyez.listening import events as listening
from oyez.people import events as people
from oyez.posts import events as posts
from oyez.requests import events as requests

# How somebody is told. Only a topic that needs nobody can be switched off.
AT_ONCE, DIGEST, PAGE, OFF = "at_once", "digest", "page", "off"

FORMER = "former "  # with the event’s number: the topic of what goes to an address of before

DIGEST_AT = time(8)
BETWEEN_MAILS = timedelta(minutes=1)  # of one topic to one person
GIVE_UP_AFTER = timedelta(days=3)
LATE_AFTER = timedelta(hours=1)  # an e-mail that has been failing for so long is said aloud
LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Topic:
    """What people choose about. `needs`: somebody has to act, so the page always tells."""

    name: str
    label: str | Promise
    needs: bool
    usual: str
    fixed: bool = False  # nobody chooses about it
    own_doing: bool = False  # also to whoever did it: it may have been somebody else

    @property
    def ways(self) -> tuple[str, ...]:
        if self.fixed:
            return (self.usual,)
        return (AT_ONCE, DIGEST, PAGE) if self.needs else (AT_ONCE, DIGEST, PAGE, OFF)


APPROVALS = Topic("approvals", _("Messages that wait for your approval"), True, AT_ONCE)
YOURS = Topic("yours", _("Your messages that need you"), True, AT_ONCE)
DOUBTS = Topic("doubts", _("Messages that may or may not be published"), True, AT_ONCE)
CHANNELS = Topic("channels", _("Channels that must be linked again"), True, AT_ONCE)
FEEDS = Topic("feeds", _("Feeds that were paused because they brought too much"), True, AT_ONCE)
TAKEOVERS = Topic("takeovers", _("Something on our channels that we did not send"), True, AT_ONCE)
STOPS = Topic("stops", _("Sending is stopped"), True, AT_ONCE)
APPROVED = Topic("approved", _("Your messages that are approved"), False, PAGE)
RECORD = Topic("record", _("Somebody has changed the record"), True, AT_ONCE)
REQUESTS = Topic("requests", _("Requests that wait for an answer"), True, AT_ONCE)
ANSWERS = Topic("answers", _("Answers to your requests"), False, AT_ONCE)
COMMENTS = Topic("comments", _("Comments on your messages"), False, DIGEST)
HOUSE = Topic("house", _("Who runs this house"), True, AT_ONCE)
RIGHTS = Topic("rights", _("What you may do here"), True, AT_ONCE, fixed=True)
ACCOUNT = Topic("account", _("How you sign in"), True, AT_ONCE, fixed=True, own_doing=True)
TOPICS: Mapping[str, Topic] = {
    topic.name: topic
    for topic in (
        *(APPROVALS, YOURS, DOUBTS, CHANNELS, FEEDS, TAKEOVERS, STOPS, RECORD, REQUESTS),
        *(APPROVED, COMMENTS, ANSWERS),
        *(HOUSE, RIGHTS, ACCOUNT),
    )
}
CHOSEN = {name: topic for name, topic in TOPICS.items() if not topic.fixed}


@dataclass(frozen=True, slots=True)
class May:
    """Everybody whose role lets them do this."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Named:
    """Those whom a question about the thing names: a key of whom.NAMED."""

    name: str


@dataclass(frozen=True, slots=True)
class Telling:
    """After `kind`, tell `to` in these words; if that is nobody here, `or_else`.

    `says` may use the fields {what} {channel} {why} {by}, and of one’s account {factor} {provider}
    {left}. `leads`: the name of a page that takes
    the thing's number; else the thing's own page.
    """

    kind: Kind
    topic: Topic
    says: str | Promise
    to: tuple[May | Named, ...]
    or_else: tuple[May | Named, ...] = ()
    leads: str = ""


AUTHOR, APPROVERS, TALKERS = Named("author"), Named("approvers"), Named("talkers")
ADMINISTRATORS = Named("administrators")  # but the one whom it is about
THEMSELVES = Named("themselves")  # whom the event is about, gone or here
ASKER, RELEASERS = Named("asker"), Named("releasers")
ON_DUTY = May(deliveries.DECIDED_THERE)  # those who may settle what became of a message


def _of_account(kind: Kind, says: str | Promise) -> Telling:
    return Telling(kind, ACCOUNT, says, (THEMSELVES,), leads="account:show")


TOLD: tuple[Telling, ...] = (
    Telling(
        channels.SIGNED_OUT,
        CHANNELS,
        _("{what} must be linked again before anything goes there. {why}"),
        (May(channels.LINKED), ON_DUTY),
    ),
    Telling(feeds.FLOODED, FEEDS, _("{what} is paused. {why}"), (May(feeds.RESUMED),)),
    Telling(
        listening.STRAY_SEEN,
        TAKEOVERS,
        _("{channel} shows something that we did not send: “{what}”. Was it one of us?"),
        (May(emergency.STOPPED),),
    ),
    Telling(
        deliveries.ASKED, DOUBTS, _("Did “{what}” reach {channel}? Look, then say."), (ON_DUTY,)
    ),
    Telling(
        deliveries.REFUSED, YOURS, _("{channel} refused “{what}”. {why}"), (AUTHOR,), (ON_DUTY,)
    ),
    Telling(emergency.STOPPED, STOPS, _("{by} stopped {what}: {why}"), (May(emergency.RESUMED),)),
    Telling(
        ledger.BROKEN,
        RECORD,
        _("The record of what happened here has been changed from outside. {why}"),
        (May(ledger.FORGOTTEN),),
    ),
    Telling(
        decisions.REVIEW_ASKED, APPROVALS, _("“{what}” waits for your approval."), (APPROVERS,)
    ),
    Telling(decisions.VOTED, APPROVALS, _("“{what}” waits for your approval."), (APPROVERS,)),
    Telling(
        decisions.REMINDED, APPROVALS, _("“{what}” still waits for your approval."), (APPROVERS,)
    ),
    Telling(
        decisions.ESCALATED,
        APPROVALS,
        _("Nobody has answered yet: “{what}” still waits for approval."),
        (APPROVERS, ON_DUTY),
    ),
    Telling(decisions.CHANGES_ASKED, YOURS, _("{by} asks for changes to “{what}”."), (AUTHOR,)),
    Telling(
        decisions.HELD, YOURS, _("“{what}” is held back. {why}"), (AUTHOR, RELEASERS), (ON_DUTY,)
    ),
    Telling(
        decisions.LATE_ASKED,
        YOURS,
        _("“{what}” was approved after its time. Say whether it still goes."),
        (AUTHOR, APPROVERS),
    ),
    Telling(decisions.APPROVED, APPROVED, _("“{what}” is approved."), (AUTHOR,)),
    Telling(
        requests.ASKED, REQUESTS, _("“{what}” waits for an answer."), (May(requests.ACCEPTED),)
    ),
    Telling(requests.ACCEPTED, ANSWERS, _("Your request “{what}” is accepted."), (ASKER,)),
    Telling(requests.REFUSED, ANSWERS, _("Your request “{what}” is refused: {why}"), (ASKER,)),
    Telling(requests.ANSWERED, ANSWERS, _("Your request “{what}” is done: {why}"), (ASKER,)),
    Telling(
        people.ADMINISTRATOR_ASKED,
        HOUSE,
        _("{by} asks you to confirm that {what} becomes an administrator. {why}"),
        (ADMINISTRATORS,),
    ),
    Telling(
        people.ADMINISTRATOR_MADE,
        HOUSE,
        _("{by} made {what} an administrator. {why}"),
        (ADMINISTRATORS,),
    ),
    Telling(
        people.DUTIES_GIVEN,
        RIGHTS,
        _("{by} changed what you may do in this house."),
        (THEMSELVES,),
        leads="account:show",
    ),
    Telling(
        people.REMOVED,
        RIGHTS,
        _("{by} removed you from this house. If that is wrong, speak to another administrator."),
        (THEMSELVES,),
        leads="home:show",
    ),
    _of_account(people.PASSWORD_CHANGED, _("A new password was chosen for your account.")),
    _of_account(people.ADDRESS_CHANGED, _("You sign in with another e-mail address now.")),
    _of_account(people.FACTOR_ADDED, _("{factor} was added to your account as a second factor.")),
    _of_account(people.FACTOR_REMOVED, _("{factor} is no longer a second factor of your account.")),
    _of_account(people.FACTORS_RESET, _("Your second factors and your password were taken away.")),
    _of_account(people.CODES_MADE, _("New recovery codes were made; your old ones are worthless.")),
    _of_account(people.CODE_USED, _("A recovery code of yours was used. {left} are left.")),
    _of_account(people.ACCOUNT_LINKED, _("An account at {provider} can sign in as you now.")),
    _of_account(people.ACCOUNT_UNLINKED, _("Your account at {provider} signs you in no longer.")),
    Telling(posts.COMMENTED, COMMENTS, _("{by} commented on “{what}”."), (AUTHOR, TALKERS)),
)


def telling(kind: str) -> Telling | None:
    """What is told after this event, if anything is."""
    return next((one for one in TOLD if one.kind.name == kind), None)


def sentence(says: str, words: Mapping[str, str]) -> str:
    """The sentence with these words in it, on one line, cut where it is too long."""
    return cut(one_line(Formatter().vformat(says, (), words)), LONGEST_TITLE)


def one_line(text: str) -> str:
    """Without line breaks, control characters and what turns the direction of reading round: what
    stands in the head of an e-mail must not begin another line of it.
    """
    seen = (letter for letter in text if not _hidden(letter))
    return " ".join("".join(seen).split())


def _hidden(letter: str) -> bool:
    turns = "\u202a" <= letter <= "\u202e" or "\u2066" <= letter <= "\u2069"
    return turns or (unicodedata.category(letter) == "Cc" and not letter.isspace())


def cut(text: str, at_most: int) -> str:
    return text if len(text) <= at_most else text[: at_most - 1].rstrip() + "…"


def back_off(tries: int) -> timedelta:
    """One minute, two, four, … up to an hour."""
    return min(timedelta(minutes=2 ** min(tries - 1, 6)), timedelta(hours=1))
