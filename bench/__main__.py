"""`./run bench delivery|feeds|desk|rest|faults|fuzz|courses`: which of them, and how much of it?"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping

from bench import courses, delivery, feeds, fuzz, planning, rest
from bench.faults import command as faults
from bench.figures import Void

BENCHES: Mapping[str, Callable[[bool], object]] = {
    "delivery": lambda quick: delivery.run(delivery.QUICK if quick else delivery.Size()),
    "feeds": lambda quick: feeds.run(feeds.QUICK if quick else feeds.Size()),
    "desk": lambda quick: planning.run(planning.QUICK if quick else planning.Size()),
    "rest": lambda quick: rest.run(rest.QUICK if quick else rest.Size()),
}


def main() -> int:
    """0 done, whether or not a goal is met; 1 when the work itself was not done, or a promise was
    not kept.
    """
    own = {"faults": faults.main, "fuzz": fuzz.main, "courses": courses.main}
    if sys.argv[1:2] and sys.argv[1] in own:
        return own[sys.argv[1]](sys.argv[2:])
    parser = argparse.ArgumentParser(prog="./run bench", description="Measure, beside others.")
    parser.add_argument("name", choices=[*BENCHES, *own], help="the last three have a --help")
    parser.add_argument("--quick", action="store_true", help="a smoke run: the figures mean little")
    given = parser.parse_args()
    try:
        BENCHES[given.name](given.quick)
    except Void as void:
        sys.stderr.write(f"Void: {void}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
