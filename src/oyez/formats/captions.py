"""Captions in, WebVTT out: which words stand on the screen from when to when?

Reads WebVTT (https://www.w3.org/TR/webvtt1/) and SubRip. Styles, regions, notes, identifiers and
places on the screen are left out; of the markup only who speaks, italics, bold and underline stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from oyez.formats.contract import Unfit

MOST_BYTES = 1024 * 1024
MOST_CUES = 20_000

_TIMES = re.compile(r"\s*([\d:.,]{4,20})\s+-->\s+([\d:.,]{4,20})(?:\s.*)?")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?([0-5]\d):([0-5]\d)[.,](\d{3})")
_TAG = re.compile(r"<(/?)([a-z]+)((?:[. \t][^<>]*)?)>", re.IGNORECASE)
_MOMENT = re.compile(r"<[\d:.]{5,16}>")  # when a word lights up, as in karaoke
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": " ", "&lrm;": "", "&rlm;": ""}
_ENTITY = re.compile("|".join(_ENTITIES))
_ANY_TAG = re.compile(r"<[^<>]*>")
_AS_TEXT = "Save the captions as UTF-8 text (.vtt or .srt), then add them again."


@dataclass(frozen=True, slots=True)
class Cue:
    """Words on the screen. Times are seconds from the beginning; `text` is WebVTT's own markup."""

    begins: float
    ends: float
    text: str


def read(content: bytes) -> tuple[Cue, ...]:
    """The cues of a WebVTT or SubRip file, in order. Raises Unfit with the line that is wrong."""
    lines = _text(content).split("\n")
    cues = tuple(_cues(lines))
    if not cues:
        raise Unfit(f"There are no captions in this file. {_AS_TEXT}")
    for before, cue in pairwise(cues):
        if cue.begins < before.begins:
            raise Unfit(
                f"The caption at {_clock(cue.begins)} stands after the one at "
                f"{_clock(before.begins)}. Put the captions in the order of their times."
            )
    return cues


def webvtt(cues: tuple[Cue, ...]) -> bytes:
    """The cues as a WebVTT file, UTF-8."""
    blocks = [f"{_clock(cue.begins)} --> {_clock(cue.ends)}\n{cue.text}" for cue in cues]
    return "\n\n".join(["WEBVTT", *blocks, ""]).encode()


def words(cues: tuple[Cue, ...]) -> str:
    """What is said, as plain text, a line for each caption: the beginning of a transcript."""
    plain = (re.sub(r"<v ([^<>]*)>", r"\1: ", cue.text) for cue in cues)
    return "\n".join(_unescape(_ANY_TAG.sub("", text)).replace("\n", " ") for text in plain)


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise Unfit("This captions file is larger than 1 MB, which is more than words need.")
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise Unfit(f"This captions file is no UTF-8 text. {_AS_TEXT}") from wrong
    if "\0" in text:
        raise Unfit(f"This captions file is no text. {_AS_TEXT}")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _cues(lines: list[str]) -> Iterator[Cue]:
    at, found = 0, 0
    while at < len(lines):
        if "-->" not in lines[at]:
            at = _past_block(lines, at)
            continue
        begins, ends = _times(lines[at], at + 1)
        said, at = _said(lines, at + 1)
        if said:
            found += 1
            if found > MOST_CUES:
                raise Unfit(f"This file holds more than {MOST_CUES:,} captions. Split the film.")
            yield Cue(begins, ends, said)


def _past_block(lines: list[str], at: int) -> int:
    """After a line that is no time: over a note or a style as a whole, else one line on."""
    if re.match(r"(NOTE|STYLE|REGION)\b", lines[at]):
        while at < len(lines) and lines[at].strip():
            at += 1
    elif lines[at].strip() and not _may_stand_alone(lines, at):
        raise Unfit(
            f"Line {at + 1} of the captions is neither a time nor part of a caption: "
            f"“{lines[at].strip()[:60]}”. A time looks like 00:00:01.000 --> 00:00:04.000."
        )
    return at + 1


def _may_stand_alone(lines: list[str], at: int) -> bool:
    """The head of the file, or a caption's number or name in the line before its time."""
    head = at < 20 and lines[0].startswith("WEBVTT") and "" not in lines[:at]
    return head or (at + 1 < len(lines) and "-->" in lines[at + 1])


def _times(line: str, number: int) -> tuple[float, float]:
    found = _TIMES.fullmatch(line)
    times = [_seconds(part) for part in found.groups()] if found else []
    if len(times) != 2 or None in times:
        raise Unfit(
            f"The time in line {number} of the captions cannot be read: “{line.strip()[:60]}”. "
            "It looks like 00:00:01.000 --> 00:00:04.000."
        )
    begins, ends = times[0] or 0.0, times[1] or 0.0
    if ends <= begins:
        raise Unfit(f"The caption in line {number} ends before it begins: “{line.strip()[:60]}”.")
    return begins, ends


def _seconds(told: str) -> float | None:
    found = _CLOCK.fullmatch(told)
    if not found:
        return None
    hours, minutes, seconds, thousandths = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _said(lines: list[str], at: int) -> tuple[str, int]:
    """The words up to the next empty line, and where that is."""
    end = at
    while end < len(lines) and lines[end].strip():
        if "-->" in lines[end]:
            raise Unfit(
                f"Line {end + 1} of the captions is a time inside another caption. "
                "Put an empty line before it."
            )
        end += 1
    said = (_safe(_MOMENT.sub("", line.strip())) for line in lines[at:end])
    return "\n".join(line for line in said if line), end


def _safe(line: str) -> str:
    """Our own few tags, well formed; everything else as plain words."""
    opened: list[str] = []
    pieces: list[str] = []
    at = 0
    for tag in _TAG.finditer(line):
        pieces += [_escape(line[at : tag.start()]), _tag(tag, opened)]
        at = tag.end()
    closing = [f"</{name}>" for name in reversed(opened) if name != "v"]
    return "".join([*pieces, _escape(line[at:]), *closing]).strip()


def _tag(tag: re.Match[str], opened: list[str]) -> str:
    closes, name, rest = tag.group(1), tag.group(2).lower(), tag.group(3).strip(". \t")
    if name == "v" and not closes and rest:
        return f"<v {_escape(rest.split(' ', 1)[-1] if tag.group(3)[0] == '.' else rest)}>"
    if name not in {"i", "b", "u"}:
        return ""
    if not closes:
        opened.append(name)
        return f"<{name}>"
    if opened and opened[-1] == name:
        opened.pop()
        return f"</{name}>"
    return ""


def _escape(text: str) -> str:
    plain = _unescape(text)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _unescape(text: str) -> str:
    return _ENTITY.sub(lambda found: _ENTITIES[found.group()], text)


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
