"""The drawn documents are as fresh as the code."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from oyez.cli.docs import docs

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_drawn_documents_are_fresh() -> None:
    assert CliRunner().invoke(docs, ["--check", "--into", str(DOCS)]).exit_code == 0


@pytest.mark.parametrize("name", ["flow.md", "networks.md"])
def test_a_stale_document_is_named(tmp_path: Path, name: str) -> None:
    runner = CliRunner()
    assert runner.invoke(docs, ["--into", str(tmp_path)]).exit_code == 0
    (tmp_path / name).write_text("old")
    stale = runner.invoke(docs, ["--check", "--into", str(tmp_path)])
    assert (stale.exit_code, f"Stale: {name}." in stale.stderr) == (1, True)
