"""What do all the checks say of one thing that was said? Pure."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence

from oyez.policy import registry
from oyez.policy.contract import Check, Context, Finding, Hit, Level, Said

log = logging.getLogger(__name__)

Levels = Mapping[str, Level | None]
"""What this organisation has changed: check id -> its level here; None: switched off."""


def run(
    said: Said,
    context: Context,
    levels: Levels | None = None,
    checks: Sequence[Check] | None = None,
) -> list[Finding]:
    """Every finding, the weightiest first, then by id. No check can take the others down."""
    changed = levels or {}
    found = [
        finding
        for check in (registry.CHECKS if checks is None else checks)
        if changed.get(check.id, check.level) is not None
        for finding in _look(check, said, context, changed)
    ]
    return sorted(found, key=lambda one: (-one.level, one.check))


def _look(check: Check, said: Said, context: Context, changed: Levels) -> list[Finding]:
    try:
        return [_finding(check, hit, changed) for hit in check.look(said, context)]
    except Exception:  # a check that breaks must be seen, and stop nothing else
        log.exception("The check %s could not look.", check.id)
        broken = Hit(f"The check {check.id} could not look. Ask somebody to read it with care.")
        return [_finding(check, broken, {check.id: Level.HOLD})]


def _finding(check: Check, hit: Hit, changed: Levels) -> Finding:
    level = changed.get(check.id) or hit.level or check.level
    return Finding(
        check=check.id,
        title=check.title,
        level=level,
        message=hit.message,
        words=hit.words,
        why=check.why,
        source=check.source,
        role=hit.role or check.role,
        fixed=hit.fixed,
    )


def fixed(text: str, findings: Iterable[Finding]) -> str:
    """The text with the first repair made; look again for the next, in the mended text.

    What only warns or informs suggests: a person takes it up, and nothing is rewritten unasked.
    """
    for finding in findings:
        suggested = finding.level in {Level.INFO, Level.WARN}  # for a person to take up
        if finding.fixed is not None and finding.fixed != text and not suggested:
            text = finding.fixed
            break
    return text


def verdict(findings: Iterable[Finding]) -> Level | None:
    """The weightiest level among them; None when there is nothing to say."""
    return max((finding.level for finding in findings), default=None)
