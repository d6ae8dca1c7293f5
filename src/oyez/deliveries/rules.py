"""How does a delivery live? Its states, and when to try or look again. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import Enum
from hashlib import sha256

EMERGENCY_LANE = 0
USUAL_LANE = 5

PUBLISH, EDIT, DELETE = "publish", "edit", "delete"
THE_SAME = "It says this there already."  # why newer words do not go to a channel
RESTORED = (
    "restored"  # marks, in its evidence, what a backup brought back and nobody looked for yet
)
SEEN = "seen:"  # begins the id of what a person saw there and did not name
CHANGES = frozenset({EDIT, DELETE})  # of what stands there: repeating them is harmless
CORRECT_WITHIN = timedelta(days=1)  # a correction that is late is still right
TAKE_DOWN_WITHIN = timedelta(days=7)

WAITING, QUEUED, SENDING, UNSURE = "waiting", "queued", "sending", "unsure"
ARRIVED, REFUSED, WITHHELD, ASKING = "arrived", "refused", "withheld", "asking"
SETTLED = frozenset({ARRIVED, REFUSED, WITHHELD, ASKING})
OPEN = frozenset({WAITING, QUEUED, SENDING, UNSURE, ASKING})  # nobody knows yet
PROVABLE = frozenset({SENDING, UNSURE, WAITING, ASKING})  # a receipt that comes now is proof

LIFE: Mapping[str, frozenset[str]] = {
    WAITING: frozenset({QUEUED, WITHHELD, ASKING, ARRIVED, UNSURE}),
    QUEUED: frozenset({SENDING, WAITING, WITHHELD, ASKING}),
    SENDING: frozenset({ARRIVED, REFUSED, WAITING, UNSURE, ASKING}),
    UNSURE: frozenset({ARRIVED, WAITING, ASKING}),
    ASKING: frozenset({ARRIVED, WAITING, WITHHELD}),
    ARRIVED: frozenset(),
    REFUSED: frozenset(),
    WITHHELD: frozenset(),
}

RESENDS = 1  # after an unknown outcome, where the network cannot tell two sends apart
KEYED_RESENDS = 8  # where repeating the same bytes is harmless
LOOK_FOR = timedelta(minutes=30)  # a network that cannot be asked for that long: a person decides
_LONGEST_WAIT = timedelta(minutes=10)


class NextLook(Enum):
    """What to do when a clean read did not find it."""

    LOOK_AGAIN = "one clean read is not enough"
    RESEND = "it is not there"
    ASK = "only a person can tell"


def followable(url: str) -> str:
    """The address, if a browser may be sent there; else empty."""
    return url if url.startswith(("https://", "http://")) else ""


def may_become(state: str, new: str) -> bool:
    return new in LIFE[state]


def back_off(tries: int) -> timedelta:
    """Seconds doubling from 5, at most ten minutes."""
    return min(timedelta(seconds=5 * 2 ** min(tries, 10)), _LONGEST_WAIT)


def fingerprint(channel_id: int, text: str) -> str:
    """Names what a reader would see twice: the same words on the same channel."""
    return sha256(f"{channel_id}\x1f{text}".encode()).hexdigest()


def names_what_goes(channel_id: int, remote_id: str) -> str:
    """The fingerprint of taking a post down: two of them are the same act."""
    return sha256(f"{channel_id}\x1fdelete\x1f{remote_id}".encode()).hexdigest()


def after_absence(
    since_first: timedelta | None, window: timedelta, resends: int, *, late: bool
) -> NextLook:
    """Decide after a clean read without it; `since_first` is the age of the first such read."""
    if since_first is None or since_first < window:
        return NextLook.LOOK_AGAIN
    return NextLook.RESEND if resends < RESENDS and not late else NextLook.ASK
