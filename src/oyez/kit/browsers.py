"""Which browser is it, on which system? What it says of itself, which anybody may make up."""

from __future__ import annotations

import re
from collections.abc import Mapping

_BROWSERS = {  # the first that is named: most name older ones too
    "Edge": r"Edg(e|A|iOS)?/",
    "Opera": r"OPR/|Opera",
    "Samsung Internet": r"SamsungBrowser",
    "Firefox": r"Firefox/|FxiOS/",
    "Chrome": r"Chrome/|CriOS/|Chromium/",
    "Safari": r"Safari/",
}
_SYSTEMS = {
    "Windows": r"Windows",
    "iPhone": r"iPhone",
    "iPad": r"iPad",
    "Android": r"Android",
    "ChromeOS": r"CrOS",
    "Mac": r"Mac OS",
    "Linux": r"Linux",
}


def named(agent: str) -> tuple[str, str]:
    """ "Firefox", "Windows"; each empty where it does not say."""
    return _first(_BROWSERS, agent), _first(_SYSTEMS, agent)


def _first(known: Mapping[str, str], agent: str) -> str:
    return next((name for name, sign in known.items() if re.search(sign, agent)), "")
