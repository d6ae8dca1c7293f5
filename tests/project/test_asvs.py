"""Is every requirement of the standard in docs/asvs.md, with a test that is there or a reason?

The ids and levels are those of OWASP ASVS 5.0.0 (github.com/OWASP/ASVS, the table in
5.0/docs_en): for each section, the level of each of its requirements in order.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "asvs.md"

SECTIONS = """
    1.1 22  1.2 1111122223  1.3 112222222223  1.4 222  1.5 123
    2.1 122  2.2 112  2.3 12223  2.4 23
    3.1 3  3.2 113  3.3 12223  3.4 11222233  3.5 11122333  3.6 3  3.7 22333
    4.1 12233  4.2 23333  4.3 22  4.4 1222
    5.1 2  5.2 112333  5.3 113  5.4 222
    6.1 122  6.2 111111112222  6.3 11223333  6.4 112233  6.5 22222333  6.6 2223  6.7 33
    6.8 2222
    7.1 222  7.2 1111  7.3 22  7.4 11222  7.5 223  7.6 22
    8.1 1233  8.2 1123  8.3 133  8.4 23
    9.1 111  9.2 1222
    10.1 22  10.2 223  10.3 22223  10.4 1111122222233333  10.5 22222  10.6 22  10.7 222
    11.1 2233  11.2 22233  11.3 11233  11.4 1222  11.5 23  11.6 23  11.7 33
    12.1 12233  12.2 11  12.3 22223
    13.1 2333  13.2 222223  13.3 2233  13.4 1222233
    14.1 22  14.2 12223333  14.3 122
    15.1 12233  15.2 12233  15.3 1222222  15.4 3333
    16.1 2  16.2 22222  16.3 2222  16.4 222  16.5 2223
    17.1 23  17.2 22223333  17.3 22
"""
LEVELS: dict[str, str] = dict(re.findall(r"([\d.]+) (\d+)", SECTIONS))
OF_LEVEL_3 = {
    *("2.3.5", "5.2.6", "6.3.7", "7.5.3", "8.4.2", "13.3.4", "14.2.8", "15.2.5", "15.4.2"),
}
"""What we chose of the highest level; a tenth is that level's part of 6.3.3."""

ROW = re.compile(r"\| (\d+\.\d+\.\d+) \| ([123]) \| (.+?) \| (.+?) \| (.+) \|")
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
LINK = re.compile(r"\]\(([\w./-]+)#([\w-]+)\)")
REASONS = ("does not apply: ", "written: ", "the operator: ")


def rows() -> Iterator[tuple[str, str, str, str, str]]:
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| ") and line[2].isdigit():
            found = ROW.fullmatch(line)
            assert found, f"This is no row: {line}"
            number, level, must, here, shown = found.groups()
            yield number, level, must, here, shown


def wanted() -> dict[str, str]:
    every = {
        f"{section}.{place}": level
        for section, levels in LEVELS.items()
        for place, level in enumerate(levels, 1)
    }
    return {one: level for one, level in every.items() if level < "3" or one in OF_LEVEL_3}


@cache
def names_in(path: str) -> frozenset[str]:
    if not (file := ROOT / path).exists():
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def missing(shown: str) -> list[str]:
    named = [(path, name) for path, name in TEST.findall(shown) if name.startswith("test_")]
    return [f"{path}::{name}" for path, name in named if name not in names_in(path)]


def unsupported(shown: str) -> bool:
    """Neither a test, nor a reason of some words, nor the place where it is written."""
    if TEST.search(shown):
        return False
    says = shown.removeprefix(next((r for r in REASONS if shown.startswith(r)), shown))
    return not (LINK.search(says) or len(says.split()) >= 5)


def headings(path: Path) -> set[str]:
    """Each heading as GitHub and most others link to it."""
    found = re.findall(r"(?m)^#+ (.+)$", path.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", one.lower()).strip().replace(" ", "-") for one in found}


def test_the_standard_has_as_many_as_it_says() -> None:
    levels = "".join(LEVELS.values())
    assert [levels.count(one) for one in "123"] == [70, 183, 92]


def test_every_requirement_is_there_once_with_its_level() -> None:
    found = [(number, level) for number, level, *_ in rows()]
    assert found == list(wanted().items())


def test_every_test_that_is_named_is_there() -> None:
    gone = {number: missing(shown) for number, *_, shown in rows() if missing(shown)}
    assert gone == {}


def test_no_row_stands_without_a_test_or_a_reason() -> None:
    assert [number for number, *_, shown in rows() if unsupported(shown)] == []


def test_what_is_written_elsewhere_is_there() -> None:
    for number, *said in rows():
        for path, heading in LINK.findall(" ".join(said)):
            assert heading in headings(TABLE.parent / path), f"{number}: {path}#{heading}"


@pytest.mark.parametrize(
    "shown",
    ["", "yes", "does not apply: no", "`tests/web/test_theme_guard.py`", "the linter sees to it"],
)
def test_a_row_without_support_would_be_seen(shown: str) -> None:
    assert unsupported(shown)


def test_a_test_by_another_name_would_be_seen() -> None:
    here = "tests/project/test_asvs.py"
    assert missing(f"`{here}::test_a_test_by_another_name_would_be_seen`") == []
    assert missing(f"`{here}::test_of_another_name`") == [f"{here}::test_of_another_name"]
    assert missing("`tests/nowhere.py::test_any`") == ["tests/nowhere.py::test_any"]
