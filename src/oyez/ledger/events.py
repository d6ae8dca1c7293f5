"""What can happen? Each package declares its kinds in its own events.py; this is what a kind is."""

from __future__ import annotations

from dataclasses import dataclass

_KINDS: dict[str, Kind] = {}


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that can happen, named `package.past_tense`; `final`: nobody need listen."""

    name: str
    says: str
    final: bool = False

    def __post_init__(self) -> None:
        if self.name in _KINDS:
            raise ValueError(f"Event kind {self.name} is declared twice.")
        _KINDS[self.name] = self


def all_kinds() -> dict[str, Kind]:
    """Every declared kind by name."""
    return dict(_KINDS)


def saying(name: str) -> str:
    """How a kind reads in a history; an unknown one (from a newer house) shows its name."""
    kind = _KINDS.get(name)
    return kind.says if kind else name


EXPORTED = Kind("ledger.exported", "Took a copy of the record", final=True)
FORGOTTEN = Kind("ledger.forgotten", "Erased a name from the record", final=True)
RESTORED = Kind("ledger.restored", "Put a backup back", final=True)
VERIFICATION_ASKED = Kind("ledger.verification_asked", "Had the record verified")
BROKEN = Kind("ledger.broken", "Found that the record has been changed")
