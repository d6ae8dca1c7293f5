"""Does every text that people see go through gettext?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import oyez

HOUSE = Path(oyez.__file__).parent
TEMPLATES = sorted(HOUSE.rglob("templates/**/*.html"))
NOT_WORDS = [
    r"{% (comment|blocktranslate)\b.*?{% end\1 %}",
    r'<(\w+)\b[^>]* translate="no".*?</\1>',  # a command is the same in every language
    r"{%.*?%}|{{.*?}}|{#.*?#}|<[^>]*>|&\w+;",
]


def bare_words(text: str) -> set[str]:
    for pattern in NOT_WORDS:
        text = re.sub(pattern, " ", text, flags=re.DOTALL)
    return set(re.findall(r"[^\W\d_]{2,}", text)) - {"Oyez"}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_template_has_no_words_outside_gettext(template):
    assert not bare_words(template.read_text())


def test_a_forgotten_word_would_be_seen():
    text = '<p class="x">{% translate "Known" %} Forgotten <b translate="no">run</b> {{ a }}'
    assert bare_words(text) == {"Forgotten"}
