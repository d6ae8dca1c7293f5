"""Which code does an app show now, and how does a recovery code look? No database here.

Apps know one kind alone: six digits, thirty seconds, SHA-1 (RFC 6238). A step to either side is
taken too, for clocks that go wrong (§5.2); no step is taken twice (§5.2, ASVS 5.0 §6.5.1).
"""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256

from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.utils.crypto import constant_time_compare

STEP = 30  # seconds
MANY = 10  # recovery codes
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is read as another: 5 bits each
_GROUP, _GROUPS = 4, 6  # 120 bits: from 112 on a plain digest is enough (ASVS 5.0 §6.5.2)


def new_secret() -> str:
    """What an app is told: 160 bits in base32."""
    return str(generate_totp_secret())


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """In which step of time this is the code; None in none that counts."""
    here = int(now.timestamp()) // STEP
    said = "".join(code.split())
    right = [s for s in (here - 1, here, here + 1) if constant_time_compare(shown(secret, s), said)]
    return right[-1] if right else None


def shown(secret: str, step: int) -> str:
    return str(format_hotp_value(hotp_value(secret, step)))


def new_recovery_codes() -> list[str]:
    return [_recovery_code() for _ in range(MANY)]


def _recovery_code() -> str:
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def digest(recovery_code: str) -> str:
    """However it was typed. It has 120 random bits, and its digest is sealed besides."""
    letters = "".join(one for one in recovery_code.upper() if one.isalnum())
    return sha256(letters.encode()).hexdigest()
