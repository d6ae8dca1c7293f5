"""The river on one page: what happens next when something has happened.

`./run docs` draws docs/flow.md from this; nothing else in the house says who listens.
"""

from __future__ import annotations

from oyez.channels import events as channels
from oyez.decisions import events as decisions
from oyez.decisions import jobs as decide
from oyez.deliveries import events as deliveries
from oyez.deliveries import jobs as deliver
from oyez.emergency import events as emergency
from oyez.feeds import events as feeds
from oyez.ledger import events as ledger
from oyez.ledger import jobs as keep
from oyez.ledger.acts import flow_declared, when
from oyez.library import events as library
from oyez.listening import events as listening
from oyez.notices import jobs as notify
from oyez.partners import events as partners
from oyez.people import events as people
from oyez.policy import events as policy
from oyez.posts import events as posts
from oyez.posts import jobs as write
from oyez.practice import jobs as practise
from oyez.requests import events as requests

when(channels.LINKED, practise.end_sample_when_real)
when(channels.REMOVED, deliver.withhold_removed)
when(feeds.ITEM_ARRIVED, practise.end_sample_when_over)
when(feeds.ITEM_ARRIVED, write.draft_from_item)
when(posts.SUBMITTED, decide.open_review)
when(posts.SUBMITTED, deliver.follow_links)
when(posts.REOPENED, decide.withdraw)
when(posts.REOPENED, deliver.withhold_superseded)
when(posts.DISCARDED, decide.withdraw)
when(posts.DISCARDED, deliver.withhold_superseded)
when(decisions.APPROVED, deliver.plan)
when(decisions.RELEASED, deliver.go_on)

when(people.REMOVED, write.end_links_of)
when(people.DUTIES_GIVEN, write.end_links_of)

# Whom it concerns, and in which words: notices/rules.py.
when(channels.SIGNED_OUT, notify.tell, with_event=True)
when(feeds.FLOODED, notify.tell, with_event=True)
when(emergency.STOPPED, notify.tell, with_event=True)
when(ledger.BROKEN, notify.tell, with_event=True)
when(ledger.VERIFICATION_ASKED, keep.verify_record, with_event=True)
when(listening.STRAY_SEEN, notify.tell, with_event=True)
when(deliveries.ASKED, notify.tell, with_event=True)
when(deliveries.REFUSED, notify.tell, with_event=True)
when(posts.COMMENTED, notify.tell, with_event=True)
when(decisions.REVIEW_ASKED, notify.tell, with_event=True)
when(decisions.VOTED, notify.tell, with_event=True)
when(decisions.REMINDED, notify.tell, with_event=True)
when(decisions.ESCALATED, notify.tell, with_event=True)
when(decisions.CHANGES_ASKED, notify.tell, with_event=True)
when(decisions.HELD, notify.tell, with_event=True)
when(decisions.LATE_ASKED, notify.tell, with_event=True)
when(decisions.APPROVED, notify.tell, with_event=True)
when(requests.ASKED, notify.tell, with_event=True)
when(requests.ACCEPTED, notify.tell, with_event=True)
when(requests.REFUSED, notify.tell, with_event=True)
when(requests.ANSWERED, notify.tell, with_event=True)
when(people.ADMINISTRATOR_ASKED, notify.tell, with_event=True)
when(people.ADMINISTRATOR_MADE, notify.tell, with_event=True)
when(people.DUTIES_GIVEN, notify.tell, with_event=True)
when(people.REMOVED, notify.tell, with_event=True)
when(people.ADDRESS_CHANGED, notify.tell, with_event=True)
when(people.PASSWORD_CHANGED, notify.tell, with_event=True)
when(people.FACTOR_ADDED, notify.tell, with_event=True)
when(people.FACTOR_REMOVED, notify.tell, with_event=True)
when(people.FACTORS_RESET, notify.tell, with_event=True)
when(people.CODES_MADE, notify.tell, with_event=True)
when(people.CODE_USED, notify.tell, with_event=True)
when(people.ACCOUNT_LINKED, notify.tell, with_event=True)
when(people.ACCOUNT_UNLINKED, notify.tell, with_event=True)

when(emergency.PERIOD_OPENED, deliver.look_again)
when(emergency.PERIOD_CHANGED, deliver.look_again)
when(emergency.PERIOD_CLOSED, deliver.look_again)
when(partners.FIGURE_ADDED, deliver.look_again)
when(partners.FIGURE_CHANGED, deliver.look_again)
when(partners.FIGURE_RETIRED, deliver.look_again)
when(partners.TOPIC_ADDED, deliver.look_again)
when(partners.TOPIC_RETIRED, deliver.look_again)
when(policy.FACT_SET, deliver.look_again)
when(policy.LEVEL_CHANGED, deliver.look_again)

when(library.DESCRIBED, deliver.look_again_at_its_uses)
when(library.CONSENT_RECORDED, deliver.look_again_at_its_uses)
when(library.CONSENT_WITHDRAWN, deliver.look_again_at_its_uses)

flow_declared()
