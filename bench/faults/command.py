"""`./run bench faults`: which rows, how hard, and what came of them?"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.faults.contract import Asked, Found, NotHeld, Row
from bench.faults.rows import ROWS
from bench.faults.table import table


def main(words: Sequence[str]) -> int:
    """0 when every row held, 1 when one did not."""
    given = _parser().parse_args(words)
    if given.table:
        sys.stdout.write(table(_lines(given.table)))
        return 0
    asked = Asked(given.seed, given.deliveries, given.kills, given.workers, given.external)
    held = [_tried(ROWS[number], asked) for number in given.rows]
    return 0 if all(held) else 1


def _tried(row: Row, asked: Asked) -> bool:
    """Print its line of JSON; where the promise was broken, also how to see it again."""
    began, held, found = time.monotonic(), True, {}
    try:
        found = dict(row.run(asked))
    except NotHeld as broken:
        held, found = False, dict(broken.found)
        sys.stderr.write(f"Row {row.number} did not hold with seed {asked.seed}. {broken}\n")
    seconds = round(time.monotonic() - began, 1)
    told: Found = {"row": row.number, "promise": row.promise, "held": held, **found}
    when: Found = {"seed": asked.seed, "seconds": seconds, "commit": _commit()}
    print(json.dumps({**told, **when}), flush=True)  # noqa: T201
    return held


def _commit() -> str:
    """Which code it was that held; empty where there is no git, or no checkout."""
    if not (git := shutil.which("git")):
        return ""
    asked = [git, "-C", str(Path(__file__).parent), "describe", "--always", "--dirty"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./run bench faults", description="Try hard to break what we promise."
    )
    parser.add_argument("--rows", type=_numbers, default=list(ROWS), help="such as 1,2; else all")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311
    parser.add_argument("--deliveries", type=int, help="how many; else as many as the row says")
    parser.add_argument("--kills", type=int, help="how often it strikes; else as the row says")
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--external", action="store_true", help="a PostgreSQL server by TCP")
    parser.add_argument("--table", nargs="+", type=Path, metavar="FILE", help="lines to a table")
    return parser


def _numbers(text: str) -> list[int]:
    wanted = text.split(",")
    if unknown := [word for word in wanted if not word.isdecimal() or int(word) not in ROWS]:
        raise argparse.ArgumentTypeError(
            f"no row {unknown[0]}; there are {', '.join(map(str, ROWS))}"
        )
    return [int(word) for word in wanted]


def _lines(files: Sequence[Path]) -> list[Found]:
    told = [line for file in files for line in file.read_text().splitlines()]
    return [json.loads(line) for line in told if line.startswith("{")]
