"""Which rows are there? A new row is a module beside this one, and a line here."""

from __future__ import annotations

from collections.abc import Mapping

from bench.faults import row_04
from bench.faults.contract import Row

ROWS: Mapping[int, Row] = {row.number: row for row in (row_04.ROW,)}
