"""Links to come in with, by e-mail. Each is made at the moment its e-mail is sent: no row and no
job ever holds one.
"""

from __future__ import annotations

from oyez.kit.addresses import network_of
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act
from oyez.ledger.moment import database_now
from oyez.notices import events, queries
from oyez.notices.models import Posting
from oyez.people import limits, tries
from oyez.people import queries as people
from oyez.people.models import Person

NOBODY = "Nobody here can be reached at this address."


def ask_for_link(address: str, *, where: str, by: Actor) -> None:
    """For whoever knocks: the same is done, in the same time, whether or not anybody here has this
    address. Raises TooMany.
    """
    tries.spend(limits.LINK_FROM, network_of(where))
    tries.spend(limits.LINK_OF, address)
    posting = _posting(people.person(address), address, Posting.Kind.LINK)
    with act(events.LINK_ASKED, on=posting, by=by):
        posting.save()


def send_invitation(person: Person, *, by: Actor) -> None:
    """A link that lasts a week, for whoever was invited. Raises Refusal where no e-mail goes."""
    if not queries.mail_reaches(person):
        raise Refusal(f"No e-mail reaches {person.email} from here. Hand them a link.")
    posting = _posting(person, person.email, Posting.Kind.INVITATION)
    with act(events.INVITATION_SENT, on=posting, by=by):
        posting.save()


def _posting(person: Person | None, address: str, kind: str) -> Posting:
    reached = person is not None and queries.mail_reaches(person)
    posting = Posting(person=person if reached else None, address=address, kind=kind)
    posting.made_at = posting.due_at = database_now()
    if not reached:
        posting.state, posting.why = Posting.State.FAILED, NOBODY
    return posting
