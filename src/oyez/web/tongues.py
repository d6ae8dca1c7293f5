"""What is a language called, and in which may a message be written?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from oyez.policy import queries as house

NAMES = {"en": _("English"), "cy": _("Welsh"), "ga": _("Irish"), "gd": _("Scottish Gaelic")}


def name(code: str) -> str:
    """In words; one that nobody has named here by its code."""
    return str(NAMES.get(code, code))


def ours() -> tuple[str, ...]:
    """The languages that this body must speak, by code."""
    return house.facts().languages


def choices(*also: str) -> list[tuple[str, str]]:
    """For a form: the body’s own first, then English, Welsh, and what is chosen already."""
    codes = dict.fromkeys((*ours(), "en", "cy", *filter(None, also)))
    return [(code, name(code)) for code in codes]
