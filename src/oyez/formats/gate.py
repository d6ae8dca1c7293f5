"""May this text go to the XML parser at all? Counts and refuses before anything is built."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from oyez.formats.contract import TooHeavy

MAX_BYTES = 10 * 1024 * 1024
MAX_DEPTH = 256
MAX_ATTRIBUTES = 1_000  # on one tag
MAX_NAMESPACES = 500  # different declarations in one document
MAX_ENTRIES = 10_000

TOO_MANY = (
    f"This feed holds more than {MAX_ENTRIES:,} entries. "
    "Ask its publisher for one with the newest only."
)

_MARK = re.compile(r"<(?:(?P<comment>!--)|(?P<cdata>!\[CDATA\[)|(?P<pi>\?)|(?P<declaration>!)"
                   r"|(?P<close>/)|(?P<open>[A-Za-z_:\u0080-\U0010ffff]))")  # fmt: skip
_ENDS = {"comment": "-->", "cdata": "]]>", "pi": "?>", "declaration": ">", "close": ">"}
_REST_OF_TAG = re.compile(r"""[^<>"']*+(?:(?:"[^"]*+"|'[^']*+')[^<>"']*+)*+>""")
_NAME = re.compile(r"[^\s/<>\"'=]+")
_NAMESPACE = re.compile(r"""\bxmlns(?::[^\s=]+)?\s*=\s*(?:"[^"]*"|'[^']*')""")
_DEFINES = re.compile(r"<!(?:(?:ENTITY|ELEMENT|ATTLIST|NOTATION)\b|DOCTYPE[^\[]*\[)", re.IGNORECASE)
_VOID = frozenset({"br", "img", "hr", "input", "wbr", "col", "area"})
"""HTML that broken feeds leave unescaped and unclosed; it does not nest."""


class Mark(NamedTuple):
    """One piece of markup: where it begins and ends in the text."""

    kind: str  # comment cdata pi declaration close open
    start: int
    end: int


def marks(text: str) -> Iterator[Mark]:
    """The markup in order, each found in time linear in its length; stops at what never ends."""
    at = 0
    while found := _MARK.search(text, at):
        kind = str(found.lastgroup)
        if kind == "open" and (rest := _REST_OF_TAG.match(text, found.end())):
            at = rest.end()
        else:
            ending = _ENDS.get(kind, ">")
            close = text.find(ending, found.end())
            if close < 0:
                if kind == "declaration":
                    yield Mark(kind, found.start(), len(text))
                return
            at = close + len(ending)
        yield Mark(kind, found.start(), at)


def pass_through(text: str) -> str:
    """The document from its first tag on, without comments, instructions and declarations.

    What the parser gets holds no place where a bomb could hide from this count. Raises TooHeavy.
    """
    count = _Count()
    kept: list[str] = []
    begin = -1
    for mark in marks(text):
        if mark.kind == "open" and begin < 0:
            begin = mark.start
        if mark.kind in {"open", "close"}:
            count.tag(text[mark.start : mark.end], opens=mark.kind == "open")
        elif mark.kind != "cdata":
            if mark.kind == "declaration":
                _judge_declaration(text[mark.start : mark.end])
            if begin >= 0:
                kept.append(text[begin : mark.start])
                begin = mark.end
    return "".join([*kept, text[begin:]]) if begin >= 0 else ""


class _Count:
    """How deep, and how much declared, up to here."""

    def __init__(self) -> None:
        self.stack: list[str] = []
        self.namespaces: set[str] = set()
        self.entries = 0

    def tag(self, tag: str, *, opens: bool) -> None:
        found = _NAME.search(tag)
        name = found.group() if found else ""
        if not opens:
            return self._close(name)
        if tag.count("=") > MAX_ATTRIBUTES:
            raise _bomb(f"one of its tags has more than {MAX_ATTRIBUTES:,} attributes")
        if "xmlns" in tag:
            self._declare(tag)
        self.entries += name.rpartition(":")[2].lower() in {"item", "entry"}
        if self.entries > MAX_ENTRIES:
            raise TooHeavy(TOO_MANY)
        if not tag.endswith("/>") and name.lower() not in _VOID:
            self.stack.append(name)
            if len(self.stack) > MAX_DEPTH:
                raise _bomb(f"its tags are nested more than {MAX_DEPTH} deep")

    def _close(self, name: str) -> None:
        if name in self.stack:
            while self.stack.pop() != name:
                pass

    def _declare(self, tag: str) -> None:
        self.namespaces.update(_NAMESPACE.findall(tag))
        if len(self.namespaces) > MAX_NAMESPACES:
            raise _bomb(f"it declares more than {MAX_NAMESPACES} namespaces")


def _judge_declaration(declaration: str) -> None:
    """A bare DOCTYPE is history (RSS 0.91) and dropped; one that defines is a door for bombs."""
    if _DEFINES.match(declaration):
        raise _bomb("it declares entities or a document type of its own")


def _bomb(why: str) -> TooHeavy:
    return TooHeavy(
        f"This document was not read because {why}, which no real feed needs and attacks use."
    )
