"""Which messages does a table (CSV) hold, and what is wrong in which line? Pure.

A line makes a draft or says in words what stands in the way; nothing is guessed. Columns may stand
in any order; only `text` and `channels` must be there.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time

from oyez.kit import walltime
from oyez.kit.text import links, newlines, reveal, visible
from oyez.posts.draft import Draft
from oyez.posts.rules import FURTHEST
from oyez.requests.rules import is_page

COLUMNS = ("text", "channels", "date", "time", "link", "title", "language")
MOST_LINES = 500
MOST_BYTES = 1_000_000
LANGUAGES = ("en", "cy")
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::00)?(?: (first|second))?")
# What a spreadsheet would run, not what people begin a sentence with (“@council”, “- milk”).
_FORMULA = re.compile(r"\s*(?:=|[+\-@]\s*(?:[A-Za-z.]+\s*[(|!]|[\d.(][\d.\s]*[-+*/(|!]))")
_QUOTED = re.compile(r"'(?=[=+\-@])")  # how a spreadsheet itself says: this is text


class Unreadable(ValueError):
    """The whole file cannot be used. The sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table, by its number in the file. Without problems it has a draft."""

    number: int
    text: str
    draft: Draft | None = None
    problems: tuple[str, ...] = field(default=())

    def with_problems(self, problems: Sequence[str]) -> Line:
        """The same, now that more is known; a line with a problem makes no draft."""
        if not problems:
            return self
        return replace(self, draft=None, problems=(*self.problems, *problems))


def read(content: bytes, *, channels: Mapping[str, int], zone: str, now: datetime) -> list[Line]:
    """Every line of the file, in its order. `channels`: names in small letters, and numbers.

    Raises Unreadable when it is no such table.
    """
    table = _table(content)
    heading = _heading(table)
    found: list[Line] = []
    seen: dict[tuple[object, ...], int] = {}
    for number, cells in table:
        if not any(cell.strip() for cell in cells):
            continue
        if len(found) == MOST_LINES:
            raise Unreadable(f"There are more than {MOST_LINES} lines. Import a part at a time.")
        line = _line(number, cells, heading, channels, zone, now)
        if line.draft and (earlier := seen.setdefault(_same(line.draft), number)) != number:
            line = line.with_problems([f"It is the same as line {earlier}."])
        found.append(line)
    if not found:
        raise Unreadable("There is no message below the heading.")
    return found


def _same(draft: Draft) -> tuple[object, ...]:
    """What makes two lines one message."""
    return draft.text, draft.to, draft.wall, draft.fold


def _table(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line that it begins on."""
    if len(content) > MOST_BYTES:
        raise Unreadable("The file is over 1 MB. Import a part at a time.")
    text = newlines(as_text(content))
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as wrong:
            why = "A quotation mark is not closed, or stands inside a cell without being doubled."
            raise Unreadable(f"Line {begins} cannot be read. {why}") from wrong
        yield begins, row
        begins = rows.line_num + 1


def as_text(content: bytes) -> str:
    """UTF-8, else what spreadsheets in Western Europe write."""
    if b"\0" in content:
        raise Unreadable("This is not a CSV file. Save the table as “CSV UTF-8”.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise Unreadable("The letters cannot be read. Save the table as “CSV UTF-8”.") from None


def _heading(table: Iterator[tuple[int, list[str]]]) -> list[str]:
    """The columns in their order."""
    names = [name.strip().casefold() for name in next(table, (1, []))[1]]
    while names and not names[-1]:
        names.pop()  # commas that a spreadsheet left behind
    known = f"The columns are: {', '.join(COLUMNS)}."
    for needed in ("text", "channels"):
        if needed not in names:
            raise Unreadable(
                f"The first line must name the columns; “{needed}” is missing. {known}"
            )
    for name in names:
        if name not in COLUMNS:
            raise Unreadable(f"There is no column “{name[:40]}”. {known}")
        if names.count(name) > 1:
            raise Unreadable(f"The column “{name}” is there twice. {known}")
    return names


def _line(
    number: int,
    cells: Sequence[str],
    heading: Sequence[str],
    channels: Mapping[str, int],
    zone: str,
    now: datetime,
) -> Line:
    problems: list[str] = []
    if any(cell.strip() for cell in cells[len(heading) :]):
        problems.append("It has more cells than the heading. Put text with commas in quotes.")
    given = dict.fromkeys(COLUMNS, "") | dict(zip(heading, map(_plain, cells), strict=False))
    problems += [f"The {name} is a formula. Paste its value." for name in heading
                 if _is_formula(cells, heading.index(name))]  # fmt: skip
    for name in ("text", "title", "link"):
        if given[name] != reveal(given[name]):
            where = "" if name == "text" else f" in the {name}"
            problems.append(
                f"There are hidden characters{where}: {_hidden(given[name])}. Remove them."
            )
    if not visible(given["text"]):
        problems.append("The message is empty.")
    to, unknown = _channels(given["channels"], channels)
    problems += unknown
    wall, fold, wrong = _when(given["date"], given["time"], zone, now)
    problems += wrong
    if given["link"] and not is_page(given["link"]):
        problems.append("The link is not a web address. Write it whole, with https:// in front.")
    language = given["language"].casefold() or "en"
    if language not in LANGUAGES:
        problems.append(f"The language “{language[:20]}” is not known. Use en or cy.")
    if problems:
        return Line(number, given["text"], None, tuple(problems))
    link = given["link"] or next((span.text for span in links(given["text"])), "")
    draft = Draft(
        text=given["text"],
        to=to,
        title=given["title"][:200],
        link=link,
        language=language,
        wall=wall,
        zone=zone if wall else "",
        fold=fold,
    )
    return Line(number, given["text"], draft.tidied())


def _plain(cell: str) -> str:
    return _QUOTED.sub("", cell.strip(), count=1) if _QUOTED.match(cell.strip()) else cell.strip()


def _is_formula(cells: Sequence[str], place: int) -> bool:
    return place < len(cells) and _FORMULA.match(cells[place]) is not None


def _hidden(text: str) -> str:
    found = re.findall(r"⟨U\+[0-9A-F]+⟩", reveal(text))
    return ", ".join(dict.fromkeys(found)) or "some"


def _channels(cell: str, known: Mapping[str, int]) -> tuple[tuple[int, ...], list[str]]:
    names = [name.strip() for name in re.split(r"[;,|\n]", cell) if name.strip()]
    if not names:
        return (), ["Say where it goes: name a channel."]
    wrong = [
        f"There is no channel “{name[:60]}”." for name in names if name.casefold() not in known
    ]
    to = dict.fromkeys(known[name.casefold()] for name in names if name.casefold() in known)
    return tuple(to), wrong


def _when(day: str, hour: str, zone: str, now: datetime) -> tuple[str, int | None, list[str]]:
    """The time on the wall, and which of two; empty without one. Else what is wrong with it."""
    if not day and not hour:
        return "", None, []
    if not day or not hour:
        missing = "date" if not day else "time"
        return "", None, [f"Give a {missing} too, or neither for a draft without a time."]
    on, at = _day(day), _TIME.fullmatch(hour)
    if on is None:
        return "", None, [f"“{day[:40]}” is not a day. Write 2026-11-24 or 24/11/2026."]
    if at is None or int(at[1]) > 23 or int(at[2]) > 59:
        return "", None, [f"“{hour[:40]}” is not a time of day. Write 14:05."]
    fold = {None: None, "first": 0, "second": 1}[at[3]]
    wall = datetime.combine(on, time(int(at[1]), int(at[2])))
    wrong = _never(wall, zone, fold, now)
    return ("", None, [wrong]) if wrong else (f"{wall:%Y-%m-%dT%H:%M}", fold, [])


def _day(text: str) -> date | None:
    for pattern in _DAYS:
        try:
            found = datetime.strptime(text, pattern).replace(tzinfo=UTC).date()
        except ValueError:
            continue
        return found if 2000 <= found.year <= 2200 else None
    return None


def _never(wall: datetime, zone: str, fold: int | None, now: datetime) -> str:
    """Why nothing can go out then; empty when it can."""
    try:
        moment = walltime.moment(wall, zone, fold)
    except walltime.Twice:
        hour = f"{wall:%H:%M}"
        return (
            f"The clocks show {wall:%H:%M on %d %B %Y} twice. "
            f"Write “{hour} first” or “{hour} second”."
        )
    except walltime.NoSuchTime as skipped:
        return str(skipped)
    if moment <= now:
        return f"{wall:%H:%M on %d %B %Y} has passed."
    return "That is over two years away." if moment > now + FURTHEST else ""
