"""How often may something be tried? A wrong guess costs one; a right one costs nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries at one door within so long, for each key: an address, a person."""

    door: str
    most: int
    within: timedelta


QUARTER = timedelta(minutes=15)

# SP 800-63B-4 §3.2.2 allows 100 wrong tries in a row at most; ASVS 5.0 §6.3.1 asks for a limit that
# does not lock people out: each of these opens again by itself, and the other doors stay open.
PASSWORD_OF = Limit("password of", 10, QUARTER)  # one e-mail address, known or not
LINK_OF = Limit("link of", 3, QUARTER)  # letters to one address
LINK_FROM = Limit("link from", 20, QUARTER)
CODE_OF = Limit(
    "code of", 5, QUARTER
)  # one person’s second factor: a million codes, three at a time
PROVIDER_FROM = Limit("provider from", 50, QUARTER)  # answers that came to nothing
PASSWORD_FROM = Limit("password from", 50, QUARTER)  # one machine; a town hall may share one
