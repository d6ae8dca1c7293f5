"""The catalogue of one language: read, brought up to date, compiled, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from texts.gathering import HOUSE, Text

_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")


@dataclass(frozen=True)
class Words:
    """Where a language's words are: for people (.po), and as Django reads them (.mo)."""

    language: str

    @property
    def po(self) -> Path:
        return HOUSE / "locale" / self.language / "LC_MESSAGES" / "django.po"

    @property
    def mo(self) -> Path:
        return self.po.with_suffix(".mo")


def read(words: Words) -> Catalog:
    with words.po.open("rb") as file:
        return read_po(file, words.language)


def known(catalog: Catalog) -> set[Text]:
    """The texts it has a place for, translated or not."""
    return {
        message.id if isinstance(message.id, str) else (message.id[0], message.id[1])
        for message in catalog
        if message.id
    }


def brought_up_to_date(catalog: Catalog, texts: set[Text]) -> Catalog:
    """The same translations for just these texts. No guess is made for a new one: a wrong word in
    a language that the builder cannot read is worse than English.
    """
    template = Catalog()
    for text in texts:
        template.add(text, flags=("python-format",) if _PLACEHOLDER.search(str(text)) else ())
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def as_po(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, catalog, width=100, sort_output=True, include_previous=False)
    return out.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    return [_first(message) for message in catalog if message.id and not all(_strings(message))]


def wrong_placeholders(catalog: Catalog) -> list[str]:
    """Translations that lack a placeholder of their text, or have one it has not."""
    return [_first(message) for message in catalog if message.id and not all(_agreeing(message))]


def _agreeing(message: Message) -> Iterator[bool]:
    wanted = _placeholders(message.id if isinstance(message.id, str) else message.id[-1])
    return (_placeholders(string) == wanted for string in _strings(message) if string)


def _placeholders(text: str) -> list[str]:
    return sorted(found.group() for found in _PLACEHOLDER.finditer(text))


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]
