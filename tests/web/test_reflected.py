"""What people type comes back on the page as words: every form is sent with attacks in its fields,
and every address is asked with attacks behind its question mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

import oyez
from tests.factories import a_channel
from tests.fakes.networks import Findable, Log
from tests.outside.vectors import ADDRESSES, MARK, WORDS
from tests.web.test_every_answer import addresses

pytestmark = pytest.mark.django_db(transaction=True)

LEAVES = ("/sign-in", "/account", "/language", "/stop")
"""Forms that end the session or the house’s work: what is sent with them is not shown again."""
ALIVE = re.compile(r"^(?:math|mglyph|iframe|object|embed|base|animate|style|svg)$")
ODD = {"onerror", "onload", "onmouseover", "onfocus", "ontoggle", "style", "srcdoc", "hx-on:load"}
_ASKED = re.compile(r"""GET(?:\.get\(|\[|\.getlist\()["'](\w+)["']""")


def asked_names() -> list[str]:
    """What views read from behind the question mark."""
    texts = (path.read_text() for path in Path(next(iter(oyez.__path__)), "web").rglob("*.py"))
    return sorted({name for text in texts for name in _ASKED.findall(text)})


def alive(answer: HttpResponse) -> list[str]:
    """What on the page is more than words."""
    if not answer.get("Content-Type", "").startswith("text/html"):
        return []
    soup = BeautifulSoup(answer.content, "html.parser")
    found = [tag for tag in soup.find_all(True) if _is_odd(tag)]
    return [str(tag)[:200] for tag in found]


def _is_odd(tag: Tag) -> bool:
    if tag.name == "script":
        return not str(tag.get("src", "")).startswith("/static/")
    leads = str(tag.get("href") or tag.get("action") or tag.get("src") or "/").strip().lower()
    return (
        bool(ALIVE.match(tag.name) and not tag.find_parent("svg") and tag.name != "svg")
        or bool(ODD & set(tag.attrs))
        or leads.startswith(("javascript:", "data:", "vbscript:", "//"))
        or MARK.lower() in leads.partition("?")[0]
    )


def forms_on(page: HttpResponse, path: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Where each form goes, with an attack in each field that takes words or a file."""
    vectors = cycle([*WORDS, *ADDRESSES])
    for form in BeautifulSoup(page.content, "html.parser").find_all("form", method="post"):
        told: dict[str, object] = {}
        for one in form.find_all(["input", "textarea", "select", "button"]):
            name, kind = str(one.get("name") or ""), str(one.get("type") or "text")
            if not name or name == "csrfmiddlewaretoken":
                continue
            if kind == "file":
                told[name] = SimpleUploadedFile(f"{next(vectors)}.png", next(vectors).encode())
            elif one.name == "button" or kind in {"radio", "checkbox"}:
                told.setdefault(name, str(one.get("value") or ""))
            else:
                told[name] = next(vectors)
        yield str(form.get("action") or path), told


@pytest.fixture
def pages(administrator: Client, log: Log) -> dict[str, HttpResponse]:
    a_channel(Findable, name="Town")
    found = {path: administrator.get(path) for path, _ in addresses(get_resolver())}
    return {
        path: page for path, page in found.items() if page.status_code == 200 and not page.streaming
    }


def test_every_form_gives_attacks_back_as_words(
    administrator: Client, pages: dict[str, HttpResponse]
) -> None:
    sent = shown = 0
    for path, page in pages.items():
        for action, told in forms_on(page, path):
            if action.startswith(LEAVES) or not action.startswith("/"):
                continue
            answer = administrator.post(action, told)
            assert answer.status_code != 500, action
            if answer.streaming:  # a file to keep
                continue
            assert alive(answer) == [], action
            sent, shown = sent + 1, shown + (MARK.encode() in answer.content)
    assert sent > 15
    assert shown > 8, (sent, shown)


def test_what_is_asked_behind_the_question_mark_comes_back_as_words(
    administrator: Client, pages: dict[str, HttpResponse]
) -> None:
    vectors, names = cycle([*ADDRESSES, *WORDS]), asked_names()
    assert len(names) > 5
    for path in pages:
        answer = administrator.get(path, {name: next(vectors) for name in names})
        assert answer.status_code != 500, path
        assert alive(answer) == [], path
        assert MARK not in answer.get("Location", "").partition("?")[0]
