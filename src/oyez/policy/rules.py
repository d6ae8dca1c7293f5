"""What makes a version of the policy, and which levels may a check have here? Pure.

The text of a policy is plain: a heading such as “## 2.1 Personal data” begins a clause, and a line
“Checks: PR-1, PR-2” in it names those that enforce it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from oyez.kit.text import newlines, visible
from oyez.policy.contract import Check, Level

NUMBER = re.compile(r"\d{1,4}(\.\d{1,4}){0,3}")
HEADING = re.compile(r"#{1,4} *(?P<number>\d{1,4}(?:\.\d{1,4}){0,3})\.? +(?P<title>.+)")
CHECKS = re.compile(r"checks: *(?P<ids>.+?)\.?", re.IGNORECASE)
LONGEST_TEXT = 200_000
LONGEST_WHY = 300

OFF, OWN = "off", "own"
LEVELS: Mapping[str, Level] = {level.name.lower(): level for level in Level}
UNCHANGEABLE = frozenset({"EM-5"})
"""An exercise never leaves practice, whatever anybody decides."""


@dataclass(frozen=True, slots=True)
class Said:
    """A version as somebody gives it. `number` is such as 3.2."""

    number: str
    text: str
    owner: str = ""
    approver: str = ""
    approved_on: date | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered part, and the checks that enforce it."""

    number: str
    title: str
    text: str
    checks: tuple[str, ...] = ()


def read(text: str) -> tuple[str, list[Clause]]:
    """What stands before the first numbered heading, and the clauses."""
    opening: list[str] = []
    found: list[tuple[str, str, list[str]]] = []
    for line in newlines(text).split("\n"):
        if heading := HEADING.fullmatch(line.strip()):
            found.append((heading["number"], heading["title"].strip(" #"), []))
        else:
            (found[-1][2] if found else opening).append(line)
    return "\n".join(opening).strip(), [_clause(*one) for one in found]


def _clause(number: str, title: str, lines: Iterable[str]) -> Clause:
    kept, checks = [], list[str]()
    for line in lines:
        if named := CHECKS.fullmatch(line.strip()):
            checks += [one.strip().upper() for one in named["ids"].split(",")]
        else:
            kept.append(line)
    return Clause(number, title, "\n".join(kept).strip(), tuple(dict.fromkeys(checks)))


def wrong(said: Said, before: str, known: Iterable[str]) -> str:
    """What is wrong with a version, in one sentence; empty when it can be published.

    `before` is the number of the one in force, `known` every check, planned ones too.
    """
    return _wrong_number(said.number, before) or _ill_written(said, set(known)) or _wrong_days(said)


def _wrong_number(number: str, before: str) -> str:
    if not NUMBER.fullmatch(number):
        return "Give the version a number such as 3.2."
    if before and _parts(number) <= _parts(before):
        return f"Version {before} is in force. Give the new one a higher number."
    return ""


def _parts(number: str) -> list[int]:
    parts = [int(part) for part in number.split(".")]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()  # 3.0 is 3
    return parts


def _ill_written(said: Said, known: set[str]) -> str:
    if not visible(said.text):
        return "The policy says nothing. Write its text."
    if len(said.text) > LONGEST_TEXT or "\0" in said.text:
        return f"The text cannot be kept. Use plain text of {LONGEST_TEXT:,} characters or fewer."
    if any(len(name) > 200 for name in (said.owner, said.approver)):
        return "A name is too long: use 200 characters or fewer."
    numbers: set[str] = set()
    for clause in read(said.text)[1]:
        if clause.number in numbers:
            return f"There are two clauses {clause.number}. Number each once."
        numbers.add(clause.number)
        if len(clause.title) > 300:
            return f"The heading of clause {clause.number} is too long: use 300 characters."
        if strange := [one for one in clause.checks if one not in known]:
            return f"Clause {clause.number} names the check {strange[0]}, and there is none."
    return ""


def _wrong_days(said: Said) -> str:
    if said.approved_on and said.review_on and said.review_on <= said.approved_on:
        return "The review would be before the approval. Change one of the days."
    return ""


def wrong_level(check: Check | None, level: str) -> str:
    """Why a check may not have this level here, in one sentence; empty when it may."""
    if check is None:
        return "There is no such check, or it is only planned. See: oyez checks list"
    if check.id in UNCHANGEABLE:
        return f"{check.id} is never changed: an exercise must not leave practice."
    if level not in {*LEVELS, OFF, OWN}:
        return f"There is no level “{level}”. Use {', '.join(LEVELS)}, {OFF} or {OWN}."
    if level == "fix" and check.level is not Level.FIX:
        return f"{check.id} repairs nothing, so it cannot be at the level fix."
    return ""


def wrong_why(why: str) -> str:
    if not visible(why):
        return "Say why. The reason is kept."
    return "The reason is too long: use 300 characters." if len(why) > LONGEST_WHY else ""
