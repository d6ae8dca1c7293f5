"""`./run texts`: gather the texts of the frame and the whole places, and compile their catalogues.

`--check` writes nothing and answers 1 where a catalogue is not what the code and it would make.
"""

from __future__ import annotations

import argparse
import sys

from babel.messages.catalog import Catalog
from django.conf import settings

from texts import catalogue
from texts.gathering import Text, gathered


def main() -> int:
    parser = argparse.ArgumentParser(prog="./run texts", description="Words in other languages.")
    parser.add_argument("--check", action="store_true", help="write nothing")
    check, texts = parser.parse_args().check, gathered()
    others = [code for code, _name in settings.LANGUAGES if not code.startswith("en")]
    words = [catalogue.Words(language) for language in others]
    return max([_check(one, texts) if check else _write(one, texts) for one in words], default=0)


def _write(words: catalogue.Words, texts: set[Text]) -> int:
    catalog = catalogue.brought_up_to_date(_start(words), texts)
    words.po.write_bytes(catalogue.as_po(catalog))
    catalog = catalogue.read(words)  # as a later check will
    words.mo.write_bytes(catalogue.as_mo(catalog))
    left = catalogue.untranslated(catalog)
    sys.stdout.write(f"{words.language}: {len(texts)} texts, {len(left)} without translation.\n")
    sys.stdout.writelines(f"  {text}\n" for text in left)
    return 0


def _start(words: catalogue.Words) -> Catalog:
    """What is there; for a new language an empty catalogue."""
    if words.po.exists():
        return catalogue.read(words)
    words.po.parent.mkdir(parents=True, exist_ok=True)
    return Catalog(words.language, project="Oyez", fuzzy=False)


def _check(words: catalogue.Words, texts: set[Text]) -> int:
    catalog = catalogue.read(words)
    if catalogue.known(catalog) == texts and words.mo.read_bytes() == catalogue.as_mo(catalog):
        return 0
    sys.stderr.write(f"Stale: the words in {words.language}. Bring them up to date: ./run texts\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
