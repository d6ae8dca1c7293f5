"""A thirteenth network touches one folder: nobody else may know a network by its name."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import oyez
from oyez.networks.contract import Standing
from oyez.networks.registry import BUILT_IN

SOURCE = Path(oyez.__file__).parent
# The practice server answers as one of the networks would: it is a fixture that people can see.
ANSWERS_AS = {SOURCE / "practice/wire.py": "mastodon"}


def names_of(network) -> set[str]:
    """Its name and folder; its title too, unless that is an ordinary word of the house."""
    folder = network.__module__.split(".")[2]
    linked = network.standing is Standing.LINKED
    return {network.name, folder, *({network.title} if linked else ())}


def strings_in(file: Path) -> Iterator[tuple[int, str]]:
    """Every string of the code with its line, docstrings and type hints left out."""
    tree = ast.parse(file.read_text("utf-8"))
    talk = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in talk:
            yield node.lineno, node.value


def strangers(network) -> list[str]:
    home = SOURCE / "networks" / network.__module__.split(".")[2]
    called = re.compile(rf"\b({'|'.join(map(re.escape, names_of(network)))})\b", re.IGNORECASE)
    return [
        f"{file.relative_to(SOURCE)}:{line}: {text[:60]!r}"
        for file in SOURCE.rglob("*.py")
        if home not in file.parents and ANSWERS_AS.get(file) != network.name
        for line, text in strings_in(file)
        if called.search(text)
    ]


@pytest.mark.parametrize("network", BUILT_IN, ids=lambda network: network.name)
def test_no_other_folder_says_the_name(network):
    assert strangers(network) == []


def test_a_name_said_elsewhere_would_be_noticed(tmp_path):
    page = tmp_path / "page.py"
    page.write_text('"""About bluesky."""\nif kind == "bluesky":\n    pass\n')
    assert list(strings_in(page)) == [(2, "bluesky")]


@pytest.mark.parametrize("network", BUILT_IN, ids=lambda network: network.name)
def test_a_network_is_called_like_its_folder(network):
    assert network.__module__ == f"oyez.networks.{network.name}.network"
    assert (SOURCE / "networks" / network.name / "README.md").is_file()
