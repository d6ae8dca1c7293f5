"""Which rows are there? Every module row_NN beside this one."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

import bench.faults
from bench.faults.contract import Row

_NAMES = sorted(one.name for one in iter_modules(bench.faults.__path__) if one.name[:4] == "row_")
_FOUND: list[Row] = [import_module(f"bench.faults.{name}").ROW for name in _NAMES]
ROWS: Mapping[int, Row] = {row.number: row for row in _FOUND}
