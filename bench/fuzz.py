"""`./run bench fuzz PARSER`: which bytes break a reader? Those that do are kept for the tests."""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
import traceback
from collections.abc import Sequence
from hashlib import sha256

from tests.outside.mutating import inputs
from tests.outside.parsers import CORPUS, PARSERS, Parser

SLOWEST = 12.0
"""Seconds for one input: the wall limit of a child, and its grace."""


def main(words: Sequence[str]) -> int:
    """0 when every input ended in an answer or a sentence."""
    parser = argparse.ArgumentParser(prog="./run bench fuzz", description=__doc__)
    parser.add_argument("parser", choices=[*PARSERS, "all"])
    parser.add_argument("--seconds", type=float, default=60, help="for each parser")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311
    given = parser.parse_args(words)
    names = list(PARSERS) if given.parser == "all" else [given.parser]
    kept = [fuzz(PARSERS[name], given.seconds, given.seed) for name in names]
    return 1 if any(kept) else 0


def fuzz(parser: Parser, seconds: float, seed: int) -> int:
    """Try for so long; print a line of JSON. Returns how many inputs broke it."""
    tries = answers = 0
    broke: dict[str, bytes] = {}
    slowest = 0.0
    ends, clock = time.monotonic() + seconds, time.monotonic if parser.slow else time.process_time
    for content in inputs(parser.seeds(), parser.dictionary, seed):
        if time.monotonic() > ends:
            break
        began = clock()
        tries += 1
        try:
            answers += parser.ends_well(content)
        except Exception:  # noqa: BLE001  whatever it is, it is what we look for
            broke.setdefault(traceback.format_exc(limit=-1), content)
        slowest = max(slowest, clock() - began)
    for why, content in broke.items():
        sys.stderr.write(f"{_keep(parser, content)}: {why}\n")
    told = {"parser": parser.name, "tries": tries, "answers": answers, "broke": len(broke),
            "slowest_seconds": round(slowest, 2), "seed": seed}  # fmt: skip
    print(json.dumps(told), flush=True)  # noqa: T201
    return len(broke) + (slowest > SLOWEST)


def _keep(parser: Parser, content: bytes) -> str:
    """As a file that the suite reads again for ever."""
    file = CORPUS / parser.name / f"found-{sha256(content).hexdigest()[:12]}"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    return str(file.relative_to(CORPUS))
