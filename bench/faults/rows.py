"""Which rows are there? Every module `row_NN` beside this one is a row.

What they promise is tried at its smallest by each `./run test`, but for row 27, which watches a
house with strace for forty seconds.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from bench.faults.contract import Row


def _all() -> dict[int, Row]:
    beside = sorted(one.name for one in pkgutil.iter_modules([str(Path(__file__).parent)]))
    modules = [import_module(f"bench.faults.{name}") for name in beside if name[:4] == "row_"]
    return {module.ROW.number: module.ROW for module in modules}


ROWS: Mapping[int, Row] = _all()
