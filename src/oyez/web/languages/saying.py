"""In which language was it said? What one page says for the next to show keeps its own."""

from __future__ import annotations

from django.contrib.messages.storage.session import SessionStorage
from django.utils import translation


class Saying(SessionStorage):
    """Django's messages; `extra_tags` is the language, for the `lang` of the words."""

    def add(self, level: int, message: str, extra_tags: str | None = "") -> None:
        super().add(level, message, extra_tags or translation.get_language() or "")
