"""Which policy is in force, who has acknowledged it, and at which level is each check here?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from oyez.ledger.actor import Refusal
from oyez.people import queries as people
from oyez.people.models import Person
from oyez.policy import facts as known
from oyez.policy import registry, rules
from oyez.policy.contract import Check, Level
from oyez.policy.models import Acknowledgement, Clause, HouseFact, LevelChange, Version


def versions() -> QuerySet[Version]:
    """Every version, the newest first."""
    return Version.objects.order_by("-id")


def current_version() -> Version | None:
    """The one in force; None while none has been published."""
    return versions().first()


def version(number: str) -> Version:
    found = None if "\0" in number else versions().filter(number=number).first()
    if not found:
        raise Refusal(f"There is no policy {number}. See: oyez policy list")
    return found


def opening(version: Version) -> str:
    """What stands before its first clause."""
    return rules.read(version.text)[0]


def clauses(version: Version) -> QuerySet[Clause]:
    return version.clauses.all()


def has_acknowledged(person: Person) -> bool:
    """Does this person know the policy in force? While there is none, everybody does."""
    current = current_version()
    return current is None or current.acknowledgements.filter(person=person).exists()


def acknowledgements(version: Version) -> QuerySet[Acknowledgement]:
    """Who has acknowledged it and when, the latest first."""
    return version.acknowledgements.select_related("person").order_by("-id")


def unacknowledged() -> QuerySet[Person]:
    """Everybody here who has still to acknowledge the policy in force."""
    current = current_version()
    if not current:
        return people.everyone().none()
    known_to = Acknowledgement.objects.filter(version=current, person=OuterRef("pk"))
    return people.everyone().filter(~Exists(known_to))


def levels() -> dict[str, Level | None]:
    """What this body has changed: check -> its level here; None: switched off."""
    found = {change.check_id: change.level for change in _newest()}
    return {check: rules.LEVELS.get(level) for check, level in found.items() if level != rules.OWN}


def levels_if(changes: Mapping[str, str]) -> dict[str, Level | None]:
    """The levels as they would be after these changes (check -> level, as for change_level), which
    are not made. Raises Refusal for one that may not be made.
    """
    found = levels()
    for name, level in changes.items():
        check = name.strip().upper()
        if problem := rules.wrong_level(registry.by_id(check), level):
            raise Refusal(problem)
        found.pop(check, None)
        if level != rules.OWN:
            found[check] = rules.LEVELS.get(level)
    return found


def level_changes(check: str = "") -> QuerySet[LevelChange]:
    """Every decision on the checks, or on this one, the latest first."""
    found = LevelChange.objects.order_by("-id")
    return found.filter(check_id=check) if check else found


def _newest() -> QuerySet[LevelChange]:
    return LevelChange.objects.order_by("check_id", "-id").distinct("check_id")


@dataclass(frozen=True, slots=True)
class Standing:
    """A check as it stands here. `check` is None for one that is only planned."""

    id: str
    title: str
    state: str  # "built", "off" or "planned"
    level: Level | None
    check: Check | None
    change: LevelChange | None
    clauses: tuple[str, ...]


def checks() -> list[Standing]:
    """Every check, built or planned, as it stands here."""
    changes = {change.check_id: change for change in _newest() if change.level != rules.OWN}
    current = current_version()
    linked = list(current.clauses.all()) if current else []

    def named(check: str) -> tuple[str, ...]:
        return tuple(clause.number for clause in linked if check in clause.checks)

    built = [_built(one, changes.get(one.id), named(one.id)) for one in registry.CHECKS]
    return built + [
        Standing(one, title, "planned", None, None, None, named(one))
        for one, title in registry.PLANNED
    ]


def check(pk: str) -> Standing:
    """One of them, by its id. Raises Refusal."""
    found = next((one for one in checks() if one.id == pk.upper()), None)
    if not found:
        raise Refusal(f"There is no check {pk}. See: oyez policy levels")
    return found


def _built(check: Check, change: LevelChange | None, clauses: tuple[str, ...]) -> Standing:
    level = rules.LEVELS.get(change.level) if change else check.level
    state = "built" if level else "off"
    return Standing(check.id, check.title, state, level, check, change, clauses)


def said_facts() -> dict[str, list[str]]:
    """What somebody has said of the house, by key."""
    return {fact.key: fact.lines for fact in HouseFact.objects.all()}


def facts() -> known.Facts:
    """What the checks know of the house."""
    return known.known(said_facts())
