"""Planning, sending, settling: the life of a delivery, one file for each part of it."""

from oyez.deliveries.actions.correcting import correct
from oyez.deliveries.actions.deciding import decide_arrived, decide_resend
from oyez.deliveries.actions.moving import move
from oyez.deliveries.actions.pairing import begin_pair, pair, part
from oyez.deliveries.actions.planning import plan, withhold, withhold_removed, withhold_superseded
from oyez.deliveries.actions.promoting import promote, withhold_late
from oyez.deliveries.actions.restoring import doubt_restored
from oyez.deliveries.actions.sending import publish
from oyez.deliveries.actions.settling import doubt_orphans, hand_out_looks, look
from oyez.deliveries.actions.taking_down import UNDO, take_down

__all__ = [
    "UNDO",
    "begin_pair",
    "correct",
    "decide_arrived",
    "decide_resend",
    "doubt_orphans",
    "doubt_restored",
    "hand_out_looks",
    "look",
    "move",
    "pair",
    "part",
    "plan",
    "promote",
    "publish",
    "take_down",
    "withhold",
    "withhold_late",
    "withhold_removed",
    "withhold_superseded",
]
