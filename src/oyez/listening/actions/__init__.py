"""Look at our own channels; answer for what stands there."""

from oyez.listening.actions.answering import answer
from oyez.listening.actions.looking import look

__all__ = ["answer", "look"]
