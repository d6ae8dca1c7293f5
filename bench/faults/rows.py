"""Which rows are there? A new row is a module beside this one, and a line here."""

from __future__ import annotations

from collections.abc import Mapping

from bench.faults import row_01, row_02, row_03, row_04, row_08, row_16, row_18, row_19, row_26
from bench.faults.contract import Row

_MODULES = (row_01, row_02, row_03, row_04, row_08, row_16, row_18, row_19, row_26)
ROWS: Mapping[int, Row] = {module.ROW.number: module.ROW for module in _MODULES}
