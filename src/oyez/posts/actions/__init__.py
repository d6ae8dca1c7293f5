"""Writing, drafting, editing, talking: what people and feeds do to messages."""

from oyez.posts.actions.beginning import keep_template, retire_template
from oyez.posts.actions.drafting import draft_from_item
from oyez.posts.actions.editing import (
    Changed,
    copy,
    discard,
    restore,
    save,
    start,
    take_back,
)
from oyez.posts.actions.freezing import let_stay, unsay
from oyez.posts.actions.importing import import_lines
from oyez.posts.actions.pairing import begin_pair, pair, part
from oyez.posts.actions.queueing import keep_slot, queue, remove_slot
from oyez.posts.actions.recurring import end_repeat, make_due, repeat
from oyez.posts.actions.talking import comment, end_links_of, share, unshare
from oyez.posts.actions.writing import UNDO, hand_in, write

__all__ = [
    "UNDO",
    "Changed",
    "begin_pair",
    "comment",
    "copy",
    "discard",
    "draft_from_item",
    "end_links_of",
    "end_repeat",
    "hand_in",
    "import_lines",
    "keep_slot",
    "keep_template",
    "let_stay",
    "make_due",
    "pair",
    "part",
    "queue",
    "remove_slot",
    "repeat",
    "restore",
    "retire_template",
    "save",
    "share",
    "start",
    "take_back",
    "unsay",
    "unshare",
    "write",
]
