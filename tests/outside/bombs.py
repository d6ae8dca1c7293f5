"""Documents that are small to send and dear to read, each as a function: some are large."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping

MB = 1024 * 1024
_RSS = '<rss version="2.0"><channel><title>{}</title>{}</channel></rss>'
_CAP = '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">{}</alert>'


def _laughs(before: str = "", encoding: str = "utf-8") -> Callable[[], bytes]:
    layers = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    declared = f'{before}<!DOCTYPE rss [<!ENTITY l0 "ha">{layers}]>'
    return lambda: (declared + _RSS.format("&l9;", "")).encode(encoding)


def _each(begin: str, unit: str, times: int, end: str = "") -> Callable[[], bytes]:
    return lambda: _RSS.format("a", begin + unit * times + end).encode()


BOMBS: Mapping[str, Callable[[], bytes]] = {
    "entities": _laughs(),
    "entities in UTF-16": _laughs(encoding="utf-16"),
    "entities in UTF-16 without a mark": _laughs(encoding="utf-16-be"),
    "entities in UTF-32": _laughs(encoding="utf-32"),
    "entities behind a long comment": _laughs(before=f"<!--{'x' * 2 * MB}-->"),
    "entities behind a long instruction": _laughs(before=f"<?a {'x' * 2 * MB}?>"),
    "an entity from elsewhere": lambda: (
        b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>'
    ),
    "entities by a parameter": lambda: b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://a/">%p;]><rss/>',
    "depth": _each("", "<a>", 200_000),
    "attributes": _each("<a ", "b='1' ", 200_000, "/>"),
    "namespaces": _each("<a ", "xmlns:b='1' ", 200_000, "/>"),
    "entries": _each("", "<item/>", 200_000),
    "one huge tag": _each("<a b='", "x", 8 * MB, "'/>"),
    "one huge name": _each("<", "x", 8 * MB, "/>"),
    "one huge text": _each("<item><description>", "x ", 4 * MB, "</description></item>"),
    "one slow author": _each("<item><author>", "a", 400_000, "</author></item>"),
    "open quotes": _each("", "<a b='", 300_000),
    "open CDATA": _each("", "<![CDATA[", 300_000),
    "references": _each("<item><title>", "&#", 2_000_000, "</title></item>"),
    "markup in text": _each("<item><description>", "&lt;div>", 500_000, "</description></item>"),
    "lists in JSON": lambda: b"[" * 4 * MB,
    "a number in JSON": lambda: b'{"version":"https://jsonfeed.org/version/1","items":[{"id":'
    + b"9" * 4 * MB + b"}]}",
    "a warning of many blocks": lambda: _CAP.format("<info/>" * 200_000).encode(),
    "a warning of many areas": lambda: _CAP.format(
        "<identifier>a</identifier><sender>a</sender><sent>a</sent><status>Actual</status>"
        f"<msgType>Alert</msgType><scope>Public</scope><info>{'<area/>' * 300_000}</info>"
    ).encode(),
    "warnings in a feed": _each("<item>", f"{_CAP.format('')}", 30_000, "</item>"),
    "a packed feed": lambda: zlib.compress(b"<rss>" + b" " * 50 * MB),
    "a picture that is a feed": lambda: b"GIF89a" + _RSS.format("a", "").encode(),
    "broken off": lambda: _RSS.format("a", "<item><title>b").encode()[:-20],
}  # fmt: skip
