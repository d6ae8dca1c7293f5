"""What does a person read when the house cannot do something? One sentence; the rest is for the log."""

from __future__ import annotations


class Trouble(Exception):
    """The house cannot do this now. `str()` says what happened and what to do; `detail` is for the log."""

    def __init__(self, sentence: str, detail: str = "") -> None:
        super().__init__(sentence)
        self.detail = detail
