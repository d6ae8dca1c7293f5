"""Does every reader of outside bytes end in an answer or a sentence, whatever it is given?"""

from __future__ import annotations

import time
from itertools import islice
from pathlib import Path

import pytest

from oyez.formats.nursery import nursery
from oyez.formats.pictures import studio
from tests.outside.mutating import inputs
from tests.outside.parsers import CORPUS, PARSERS

FILES = [(name, file) for name, parser in PARSERS.items() for file in parser.files()]


@pytest.mark.parametrize(("name", "file"), FILES, ids=lambda one: getattr(one, "name", one))
def test_what_once_broke_a_reader_ends_well(name: str, file: Path) -> None:
    began = time.process_time()
    PARSERS[name].ends_well(file.read_bytes())
    assert time.process_time() - began < 5


@pytest.mark.parametrize("name", PARSERS)
def test_a_reader_takes_some_of_its_seeds(name: str) -> None:
    assert any(PARSERS[name].ends_well(seed) for seed in PARSERS[name].seeds())


@pytest.mark.parametrize("name", PARSERS)
def test_a_reader_ends_well_on_broken_bytes(name: str) -> None:
    parser = PARSERS[name]
    for content in islice(
        inputs(parser.seeds(), parser.dictionary, 2026), 20 if parser.slow else 150
    ):
        parser.ends_well(content)


def test_no_corpus_is_without_its_reader() -> None:
    assert {folder.name for folder in CORPUS.iterdir()} <= set(PARSERS)


def test_the_processes_that_read_have_outlived_all_of_it() -> None:
    PARSERS["feed"].ends_well(b"<rss")
    feeds, drawings = nursery.pid, studio.pid
    for name in ("feed", "picture", "film"):
        parser = PARSERS[name]
        for content in islice(inputs(parser.seeds(), parser.dictionary, 7), 10):
            parser.ends_well(content)
    assert nursery.pid == feeds
    assert drawings in {studio.pid, None}
