"""How does a note's text become HTML? Escaped, in paragraphs, with http(s) addresses as links."""

from __future__ import annotations

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from oyez.kit.text import links


def as_html(text: str) -> SafeString:
    """Somebody's words as a network shows them. Nothing in them can become markup."""
    paragraphs = re.split(r"\n{2,}", text.strip("\n"))
    return format_html_join("", "<p>{}</p>", ((_lines(paragraph),) for paragraph in paragraphs))


def _lines(paragraph: str) -> SafeString:
    lines = ((_linked(line),) for line in paragraph.split("\n"))
    return format_html_join(mark_safe("<br>"), "{}", lines)


def _linked(line: str) -> SafeString:
    pieces: list[str] = []
    done = 0
    for link in links(line):
        pieces += [line[done : link.start], _anchor(link.text)]
        done = link.end
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, line[done:]]))


def _anchor(address: str) -> SafeString:
    return format_html('<a href="{0}" rel="nofollow noopener noreferrer">{0}</a>', address)
