"""How do a check and its level read?"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from oyez.decisions.queries import KEPT_BY_THE_DESK, NOT_GIVEN
from oyez.policy import rules
from oyez.policy.contract import Level
from oyez.policy.queries import Standing
from oyez.web.parts import Mark
from oyez.web.write import looking
from oyez.web.write.looking import LEVELS

MEANS: Mapping[str, str | Promise] = {
    "block": later("Must change: it cannot be sent like this"),
    "hold": later("Needs a yes: somebody decides before it goes"),
    "warn": later("Please look: the author confirms it"),
    "fix": later("Will be repaired, and the repair is shown"),
    "info": later("To know: it is said, nothing more"),
    rules.OFF: later("Switched off: it says nothing"),
    rules.OWN: later("The level it comes with"),
}


def level(at: Level | None) -> str:
    """ "Must change"; None: switched off."""
    return str(LEVELS[at][0]) if at else _("Switched off")


def named(word: str) -> str:
    """A level as decisions keep it: "block", "off", "own"."""
    return _("Its own level") if word == rules.OWN else level(rules.LEVELS.get(word))


def current(one: Standing) -> str:
    """What a decision on it would begin with."""
    return one.change.level if one.change else rules.OWN


def mark(one: Standing) -> Mark:
    if one.state == "planned":
        return Mark(_("Planned"), "purple")
    if one.state == "built" and one.id in NOT_GIVEN:
        return Mark(_("Not in use yet"), "purple")
    if one.state == "built" and one.id in KEPT_BY_THE_DESK:
        return Mark(_("Kept by the desk itself"), "green")
    return looking.mark(one.level) if one.level else Mark(_("Switched off"), "grey")


def levels_for(own: Level | None = None) -> list[tuple[str, str | Promise]]:
    """The levels to choose from. `own`: of the one check they are for; only one that repairs may
    be at “repair”.
    """
    repairs = own in (None, Level.FIX)
    return [(key, words) for key, words in MEANS.items() if key != "fix" or repairs]
