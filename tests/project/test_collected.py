"""Do tests come in an order that leaves no core idle, and is garbage looked for among theirs?"""

import gc
from types import SimpleNamespace

from tests.conftest import pytest_collection_modifyitems


def test_those_that_wait_come_first_and_the_rest_as_before() -> None:
    names = [
        "tests/api/b.py::y",
        "tests/faults/c.py::z",
        "tests/api/a.py::x",
        "tests/bench/d.py::w",
    ]
    items = [SimpleNamespace(nodeid=name) for name in names]
    pytest_collection_modifyitems(items)  # type: ignore[arg-type]
    assert [item.nodeid for item in items] == [names[1], names[3], names[0], names[2]]


def test_only_what_comes_while_they_run_is_gone_through() -> None:
    assert gc.isenabled()
    assert gc.get_freeze_count() > 200_000
