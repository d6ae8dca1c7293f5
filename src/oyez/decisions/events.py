"""What can be decided?"""

from oyez.ledger.events import Kind

REVIEW_ASKED = Kind("decisions.review_asked", "Asked for approval")
VOTED = Kind("decisions.voted", "Said yes; others are still to be asked")
APPROVED = Kind("decisions.approved", "Approved the message")
CHANGES_ASKED = Kind("decisions.changes_asked", "Asked for changes")
LATE_ASKED = Kind("decisions.late_asked", "Approved after its time: asked what is to become of it")
HELD = Kind("decisions.held", "Held the message back")
RELEASED = Kind("decisions.released", "Let a held message go on")
WITHDRAWN = Kind("decisions.withdrawn", "No longer asks for approval", final=True)
REMINDED = Kind("decisions.reminded", "Reminded those who are asked")
ESCALATED = Kind("decisions.escalated", "Nobody answered: asked somebody else too")
STEPS_SET = Kind("decisions.steps_set", "Changed who must approve", final=True)
