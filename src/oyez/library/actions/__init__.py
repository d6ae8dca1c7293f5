"""Adding, describing, asking whom it shows, drawing to fit: one file for each."""

from oyez.library.actions.adding import caption, retire, upload
from oyez.library.actions.consenting import record_consent, withdraw_consent
from oyez.library.actions.describing import describe
from oyez.library.actions.drawing import render_for

__all__ = [
    "caption",
    "describe",
    "record_consent",
    "render_for",
    "retire",
    "upload",
    "withdraw_consent",
]
