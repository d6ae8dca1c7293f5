"""In which encoding are these bytes written? Decided once: gate and parser see the same text."""

from __future__ import annotations

import codecs
import re

from oyez.formats.contract import NotAFeed

_MARKS = (  # longest first: the UTF-16 mark begins the UTF-32 one
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = (  # no mark: where do the zero bytes stand around the first two ASCII characters?
    (re.compile(rb"[^\0]\0\0\0[^\0]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\0[^\0]\0\0\0[^\0]"), "utf-32-be"),
    (re.compile(rb"[^\0]\0[^\0]\0"), "utf-16-le"),
    (re.compile(rb"\0[^\0]\0[^\0]"), "utf-16-be"),
)
_DECLARED = re.compile(rb"""\A\s{0,64}<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_SEVEN_BIT = re.compile(r"utf-?_?7|iso-?_?2022|hz|punycode|idna|escape", re.IGNORECASE)
_EBCDIC = bytes.fromhex("4c6fa794")  # "<?xm"


def decode(body: bytes, content_type: str) -> str:
    """The text without byte order mark, blank ends and characters XML forbids. Raises NotAFeed.

    What is valid UTF-8 is UTF-8, whatever header or declaration say: servers mislabel it daily, and
    text in another encoding is almost never valid UTF-8 by chance.
    """
    text = _marked(body)
    if text is None:
        text = _declared(body, content_type)
    return _FORBIDDEN.sub("", text).strip().strip("\ufeff").strip()


def _marked(body: bytes) -> str | None:
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, _MIXED if name == "utf-8" else "replace")
    for pattern, name in _WIDE:
        if pattern.match(body):
            return body.decode(name, "replace")
    return None


def _declared(body: bytes, content_type: str) -> str:
    if body.startswith(_EBCDIC):
        raise _unreadable("EBCDIC")
    names = [found.group(1) for found in [_CHARSET.search(content_type)] if found]
    if found := _DECLARED.match(body):
        names.insert(0, found.group(1).decode("ascii"))
    if any(_SEVEN_BIT.match(name) and not _known(name).startswith("iso2022") for name in names):
        raise _unreadable(names[0])
    if not any(_SEVEN_BIT.match(name) for name in names):
        names.insert(0, "utf-8")
    for name in names:
        try:
            return body.decode(_known(name) or "ascii")
        except UnicodeDecodeError:
            continue
    if strange := next((name for name in names if not _known(name)), ""):
        raise _unreadable(strange)
    return body.decode("utf-8", _MIXED)


def _known(name: str) -> str:
    """Python's own name for a text encoding; empty for unknown ones and for byte transforms."""
    try:
        found = codecs.lookup({"gb2312": "gb18030", "iso-8859-1": "cp1252"}.get(name.lower(), name))
    except (LookupError, ValueError):
        return ""
    return found.name if found._is_text_encoding else ""


def _unreadable(name: str) -> NotAFeed:
    return NotAFeed(
        f"This feed is written in the encoding “{name}”, which cannot be read safely. "
        "Ask its publisher for UTF-8."
    )


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """A byte that is not UTF-8 in a UTF-8 document: nearly always pasted from Windows."""
    assert isinstance(error, UnicodeDecodeError)
    byte = error.object[error.start : error.start + 1]
    return byte.decode("cp1252", "replace"), error.start + 1


_MIXED = "oyez-utf-8-or-windows"
codecs.register_error(_MIXED, _as_windows)
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
