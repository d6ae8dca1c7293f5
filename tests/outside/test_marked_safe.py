"""Where do we say ourselves that text is HTML? Each place is named here with the reason, and a new
one fails by name: what is shown is escaped by the template, and HTML from outside goes through nh3.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup

import oyez
from oyez.api import pictures
from oyez.formats.words import plain_text
from oyez.practice.wording import as_html
from oyez.web.templatetags.oyez import linked, revealed
from tests.outside.vectors import ADDRESSES, WORDS

ROOT = Path(next(iter(oyez.__path__)))
MARKS = re.compile(
    r"\bmark_safe\(|\bformat_html(?:_join)?\(|\bSafeString\(|\bSafeText\(|__html__|\bhtml_safe\b"
    r"|is_safe\s*=|\|\s*safe(?:seq)?\b|\{%\s*autoescape\s+off|\burlize\(|\blinebreaks\("
    r"|\|\s*(?:urlize|linebreaks|linebreaksbr)\b|\bautoescape\s*=\s*False|\bEngine\("
)
ALLOWED = {
    "web/templatetags/oyez.py": (5, "tags of our own; format_html and urlize escape the words"),
    "api/feeds_out.py": (2, "urlize escapes, linebreaks adds p and br"),
    "api/pictures.py": (5, "format_html escapes; urlize escapes, linebreaks adds p and br"),
    "web/account/factors.py": (1, "a QR code that we draw; the address in it is encoded as shapes"),
    "practice/wording.py": (5, "format_html escapes; the one mark is a br of our own"),
}


def test_every_place_that_calls_text_html_is_named_here() -> None:
    found: Counter[str] = Counter()
    for path in [*ROOT.rglob("*.py"), *ROOT.rglob("*.html"), *ROOT.rglob("*.txt")]:
        if "static" not in path.parts:
            found[str(path.relative_to(ROOT))] += len(MARKS.findall(path.read_text()))
    assert +found == {name: count for name, (count, _) in ALLOWED.items()}


def _in_the_feeds(text: str) -> str:
    picture = {"kind": "image/png", "alt": text, "digest": "a", "size": 1}
    words = SimpleNamespace(text=text, media=[picture])
    return str(pictures.as_json(SimpleNamespace(words_there=words, key="a"))["content_html"])  # type: ignore[arg-type]


MAKERS: dict[str, Callable[[str], str]] = {
    "a page": lambda text: linked(revealed(text)),
    "the practice wall": as_html,
    "the feeds": _in_the_feeds,
}


@pytest.fixture(autouse=True)
def a_place_for_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_at", lambda *_: "https://oyez.example/a.png")
    monkeypatch.setattr(pictures, "_attachment", lambda *_: {})


@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("vector", [*WORDS, *ADDRESSES])
def test_html_of_our_own_making_holds_nothing_alive(maker: str, vector: str) -> None:
    around = (vector, f"See {vector} and https://a.example/?q={vector} or jo@{vector}")
    for text in around:
        soup = BeautifulSoup(MAKERS[maker](text), "html.parser")
        for tag in soup.find_all(True):
            assert tag.name in {"p", "br", "a", "img"}
            assert set(tag.attrs) <= {"href", "rel", "src", "alt"}
            assert _leads_well(tag.attrs)


def _leads_well(attributes: dict[str, Any]) -> bool:
    begins = ("https://", "http://", "mailto:")
    return all(str(attributes.get(name, "http://")).startswith(begins) for name in ("href", "src"))


@pytest.mark.parametrize("vector", [*WORDS, *ADDRESSES])
def test_what_is_left_of_html_from_outside_is_text(vector: str) -> None:
    """Read as HTML once, it is words; shown, they are escaped like any others."""
    plain = plain_text(f"<p>Road {vector} closed</p>", is_html=True)
    assert not BeautifulSoup(linked(plain), "html.parser").find_all(
        lambda tag: tag.name != "a" or not _leads_well(tag.attrs)
    )
