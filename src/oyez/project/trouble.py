"""What does a person read when the house cannot do something? One sentence; the log has more."""

from __future__ import annotations


class Trouble(Exception):
    """The house cannot do this now. `str()`: what happened, what to do; `detail`: for the log."""

    def __init__(self, sentence: str, detail: str = "") -> None:
        super().__init__(sentence)
        self.detail = detail
