"""Which texts does a page show that can be in another language? Found in templates and in code.

Only those of the frame and of the places that are whole (web/languages/speaking.py): a catalogue
that is asked for everything is never finished, and nobody sees which page is.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

from oyez.web.languages.speaking import WHOLE

HOUSE = Path(__file__).resolve().parent.parent / "src" / "oyez"
FRAME = (
    "web/templates/*.html",
    "web/templates/web/**/*.html",
    "web/*.py",
    "web/home/practice.py",
    "web/periods/strip.py",
    "web/stop/shown.py",
    "people/browsers.py",  # on the page of one’s account
)
"""What stands round every page: places, strips, foot, forms, failures and times in words."""

KEYWORDS = {
    "_": None,
    "later": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}
_LITERAL = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_IN_A_TEMPLATE = re.compile(rf"\b(n?gettext|_)\(u?({_LITERAL})(?:,\s*u?({_LITERAL}))?")

Text = str | tuple[str, str]
"""One text, or its singular and plural."""


def sources() -> list[Path]:
    """The files of the frame and of each whole place."""
    places = [f"web/{place}/*.py" for place in WHOLE]
    places += [f"web/templates/{place}/*.html" for place in WHOLE]
    return sorted({found for pattern in (*FRAME, *places) for found in HOUSE.glob(pattern)})


def gathered() -> set[Text]:
    """Every text of these files."""
    return {text for path in sources() for text in texts_of(path)}


def texts_of(path: Path) -> Iterator[Text]:
    return _of_template(path) if path.suffix == ".html" else _of_code(path)


def _of_code(path: Path) -> Iterator[Text]:
    with path.open("rb") as file:
        for _line, message, _comments, _context in extract("python", file, KEYWORDS):
            yield message if isinstance(message, str) else (message[0], message[1])


def _of_template(path: Path) -> Iterator[Text]:
    """Django's own reading of a template as calls of gettext; all else in it is blotted out."""
    for call, one, many in _IN_A_TEMPLATE.findall(templatize(path.read_text("utf-8"))):
        text = ast.literal_eval(one)
        yield (text, ast.literal_eval(many)) if call == "ngettext" else text
