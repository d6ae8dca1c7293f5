"""Which browser is it, in plain words? What it says of itself, which anybody may make up."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

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


def called(agent: str) -> str:
    """ "Firefox on Windows"; "A browser on Linux"; "A browser"."""
    browser, system = _first(_BROWSERS, agent), _first(_SYSTEMS, agent)
    if not system:
        return browser or _("A browser")
    both = {"browser": browser or _("A browser"), "system": system}
    return _("%(browser)s on %(system)s") % both


def _first(known: Mapping[str, str], agent: str) -> str:
    return next((name for name, sign in known.items() if re.search(sign, agent)), "")
