"""Handing in, opening a review, voting, holding back, reminding, following links."""

from oyez.decisions.actions.following import follow, forget_looks
from oyez.decisions.actions.handing import Stopped, hand_in, repair, say
from oyez.decisions.actions.holding import hold_no_more, re_evaluate, release
from oyez.decisions.actions.opening import (
    ALL_YES,
    OWN_WORDS,
    RULE_CHANGED,
    STANDING,
    open_review,
)
from oyez.decisions.actions.reminding import remind
from oyez.decisions.actions.steps import set_steps
from oyez.decisions.actions.voting import (
    REASON_NEEDED,
    ask_for_changes,
    send_late,
    vote_yes,
    withdraw,
)

__all__ = [
    "ALL_YES",
    "OWN_WORDS",
    "REASON_NEEDED",
    "RULE_CHANGED",
    "STANDING",
    "Stopped",
    "ask_for_changes",
    "follow",
    "forget_looks",
    "hand_in",
    "hold_no_more",
    "open_review",
    "re_evaluate",
    "release",
    "remind",
    "repair",
    "say",
    "send_late",
    "set_steps",
    "vote_yes",
    "withdraw",
]
