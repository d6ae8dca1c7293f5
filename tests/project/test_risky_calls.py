"""Does our code use what is dangerous by nature: words run as code, a shell, weak sums, guessable
numbers, queries and templates put together from strings?

The rule is strict and the exceptions have names; a new one fails here.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[2] / "src" / "oyez"

CODE = {"eval", "exec", "compile", "__import__"}
UNPACKING = {"pickle", "marshal", "shelve", "dill", "yaml", "jsonpickle"}
OTHER_QUERIES = {"ldap", "ldap3", "lxml", "xpath", "parsel", "pymongo", "memcache", "pymemcache"}
GUESSABLE = {"random"}
WEAK_SUMS = {"md5", "sha1"}
SHELLS = {"system", "popen", "getoutput", "getstatusoutput"}
TEMPLATES = {"from_string"}
RAW_QUERIES = {"raw", "RawSQL", "extra"}

MAY = {
    ("deliveries/actions/promoting.py", "extra"),  # a constant, which names no value
    ("people/breaches.py", "sha1"),  # the service of known thefts is asked so; it guards nothing
    ("project/timers.py", "execute"),  # LISTEN takes no value; the name is a constant of ours
}


@pytest.fixture(scope="module")
def modules() -> dict[str, ast.Module]:
    found = [one for one in SOURCES.rglob("*.py") if "migrations" not in one.parts]
    return {str(one.relative_to(SOURCES)): ast.parse(one.read_text()) for one in found}


@cache
def calls(tree: ast.Module) -> list[tuple[str, bool, ast.Call]]:
    """The last word of each call, and whether something stands before it."""
    return [
        (func.id, False, node) if isinstance(func, ast.Name) else (func.attr, True, node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(func := node.func, ast.Name | ast.Attribute)
    ]


@cache
def imports(tree: ast.Module) -> list[str]:
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    plain = [alias.name for node in found for alias in node.names if isinstance(node, ast.Import)]
    return plain + [
        node.module for node in found if isinstance(node, ast.ImportFrom) and node.module
    ]


def importing(modules: dict[str, ast.Module], names: set[str]) -> list[str]:
    return [
        f"{path}: {name}"
        for path, tree in modules.items()
        for name in imports(tree)
        if name in names or name.split(".")[0] in names
    ]


def calling(modules: dict[str, ast.Module], names: set[str], *, dotted: bool) -> set[str]:
    return {
        f"{path}: {name}"
        for path, tree in modules.items()
        for name, has_dot, _ in calls(tree)
        if name in names and has_dot == dotted and (path, name) not in MAY
    }


def test_nothing_is_run_as_code(modules) -> None:
    assert calling(modules, CODE, dotted=False) == set()


def test_nothing_is_unpacked_that_can_make_objects(modules) -> None:
    assert importing(modules, UNPACKING) == []


def test_no_other_kind_of_query_is_made(modules) -> None:
    """No LDAP, XPath, NoSQL or memcache: nothing can be smuggled into them."""
    assert importing(modules, OTHER_QUERIES) == []


def test_nothing_is_given_to_a_shell(modules) -> None:
    assert calling(modules, SHELLS, dotted=True) == set()
    shells = [
        path
        for path, tree in modules.items()
        for _, _, call in calls(tree)
        if any(word.arg == "shell" for word in call.keywords)
    ]
    assert shells == []


def test_no_weak_sum_is_used(modules) -> None:
    assert calling(modules, WEAK_SUMS, dotted=True) == set()
    assert calling(modules, WEAK_SUMS, dotted=False) == set()


def test_no_secret_can_be_guessed(modules) -> None:
    assert importing(modules, GUESSABLE) == []


def test_no_template_is_made_of_words_from_outside(modules) -> None:
    assert calling(modules, TEMPLATES, dotted=True) == set()


def test_every_query_keeps_its_values_apart(modules) -> None:
    """A query is a constant: written on the spot, or named where it is a constant of the module."""
    assert calling(modules, RAW_QUERIES, dotted=True) == set()
    loose = [
        f"{path}:{call.lineno}"
        for path, tree in modules.items()
        for name, dotted, call in calls(tree)
        if name in {"execute", "executemany"} and dotted and call.args and (path, name) not in MAY
        if isinstance(call.args[0], ast.JoinedStr | ast.BinOp | ast.Call)
    ]
    assert loose == []


def test_nothing_of_the_tests_is_in_the_product(modules) -> None:
    assert importing(modules, {"tests", "bench", "theme", "pytest", "hypothesis"}) == []
    locked = (SOURCES.parents[1] / "requirements" / "run.txt").read_text()
    assert not re.search(r"(?m)^(pytest|hypothesis|playwright|ruff|mypy|coverage)", locked)


def test_a_breach_would_be_seen() -> None:
    tree = {"x.py": ast.parse("import pickle\nos.system(x)\neval(y)\ncursor.raw(f'{z}')")}
    assert importing(tree, UNPACKING)
    assert calling(tree, SHELLS, dotted=True)
    assert calling(tree, CODE, dotted=False)
    assert calling(tree, RAW_QUERIES, dotted=True)


SCRIPTS = re.compile(
    r"localStorage|sessionStorage|indexedDB|document\.cookie|postMessage|onmessage|XMLHttpRequest"
    r"|WebSocket|EventSource|\beval\(|new Function|innerHTML|document\.write|__proto__"
)


def test_our_own_scripts_store_nothing_and_write_no_markup() -> None:
    ours = [one for one in SOURCES.rglob("*.js") if not one.name.endswith(".min.js")]
    assert [(one.name, SCRIPTS.findall(one.read_text())) for one in ours] == [
        (one.name, []) for one in ours
    ]


def test_the_one_script_of_others_stores_nothing_in_the_browser() -> None:
    (htmx,) = SOURCES.rglob("*.min.js")
    assert not re.search(r"localStorage|sessionStorage|indexedDB|postMessage", htmx.read_text())
