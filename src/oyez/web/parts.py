"""What do pages hand to the components? Small frozen shapes they agree on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Colour = Literal["grey", "blue", "green", "yellow", "orange", "red", "purple", "teal"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a summary list: what it is, its value, and what can be done about it."""

    key: str
    value: str
    act: str = ""  # "Change"
    href: str = ""
    at: datetime | None = None  # a value that is a time: said in words


@dataclass(frozen=True, slots=True)
class Mark:
    """A status. The words carry it; the colour only helps."""

    words: str
    colour: Colour = "grey"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing in a list that a person can open."""

    title: str
    href: str = ""
    meta: str = ""
    mark: Mark | None = None
    urgent: bool = False
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    """One of several views of a list; `count`, if any, stands behind its label."""

    label: str
    url: str
    current: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One moment of a time line."""

    words: str
    at: datetime | None = None
    why: str = ""
    href: str = ""
    link: str = ""
    mood: Literal["", "good", "bad"] = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or film in a preview: what it is called, what it shows in words, where it is."""

    name: str
    alt: str
    film: bool = False
    src: str = ""  # empty where it cannot be shown


@dataclass(frozen=True, slots=True)
class Preview:
    """A message as one channel shows it: `parts` of a thread, and how much room each leaves."""

    channel: str
    network: str
    handle: str
    parts: Sequence[str]
    pictures: Sequence[Picture] = ()
    counts: Sequence[str] = ()
    own: bool = False  # other words than the other channels have


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that two versions say differently. Each piece is (“same”, “in” or “out”, text)."""

    what: str
    pieces: Sequence[tuple[str, str]]
