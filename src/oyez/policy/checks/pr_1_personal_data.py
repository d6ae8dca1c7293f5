"""Does it give away something about a person?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import ClassVar

from oyez.kit.text import links
from oyez.policy.checks._words import within
from oyez.policy.contract import Context, Hit, Level, MessageOut, Said


def _always(words: str) -> bool:
    return True


def _nhs(words: str) -> bool:
    """Ten digits whose last one is the check digit (modulus 11)."""
    digits = [int(sign) for sign in words if sign.isdigit()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    rest = (
        11
        - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    )
    return rest % 11 == digits[9] and rest != 10


Kind = tuple[str, re.Pattern[str], Callable[[str], bool]]

# Sources: HMRC’s rules for National Insurance numbers (which letters never occur), the NHS data
# dictionary (modulus 11), Ofcom’s numbering plan (0 and nine or ten digits), Royal Mail’s postcode
# format, DVLA’s number plates since 2001.
KINDS: tuple[Kind, ...] = (
    (
        "a National Insurance number",
        re.compile(
            r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
            r" ?\d\d ?\d\d ?\d\d ?[A-D]\b",
            re.IGNORECASE,
        ),
        _always,
    ),
    ("an NHS number", re.compile(r"(?<![\d£#/-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d/-])"), _nhs),
    (
        "a telephone number",
        re.compile(
            r"(?<![\d£#/.-])(?:(?:\+|00)44[ -]?(?:\(0\))?|\(?0)[1-9](?:[ ()-]{0,2}\d){8,9}(?![\d/])"
        ),
        _always,
    ),
    (
        "an e-mail address",
        re.compile(r"(?<![\w@.])[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}\b", re.IGNORECASE),
        _always,
    ),
    (
        "a home address",
        re.compile(
            r"\b\d{1,4}[a-z]?,? (?:[A-Z][\w’'-]{0,30},? ){1,6}[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
        ),
        _always,
    ),
    (
        "a number plate",
        re.compile(r"\b[A-HJ-PR-Y][A-HJ-PR-Y](?:0[1-9]|[1-7]\d) ?[A-HJ-PR-Z]{3}\b"),
        _always,
    ),
)


class PersonalData:
    id: ClassVar[str] = "PR-1"
    title: ClassVar[str] = "No personal data in public"
    why: ClassVar[str] = "A number, an address or a plate published once cannot be taken back."
    source: ClassVar[str] = "UK GDPR article 5"
    level: ClassVar[Level] = Level.BLOCK
    role: ClassVar[str] = "data_protection_officer"

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut):
            text, ours = said.text, {_bare(one) for one in context.own_contacts}
            for kind, pattern, right in KINDS:
                for found in pattern.finditer(without_links_kept(text)):
                    words = text[found.start() : found.end()].strip()
                    if right(words) and _bare(words) not in ours and not _own_mail(words, context):
                        yield Hit(f"Contains personal data: {kind}.", (words,))


def without_links_kept(text: str) -> str:
    """The text with blanks where addresses stand, so that positions stay."""
    for span in links(text):
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _bare(words: str) -> str:
    """For comparing with our own contacts: small, and numbers without their spaces and +44."""
    plain = re.sub(r"[\s().-]", "", words.casefold()) if "@" not in words else words.casefold()
    return re.sub(r"^(?:\+|00)440?", "0", plain)


def _own_mail(words: str, context: Context) -> bool:
    return "@" in words and within(words.rpartition("@")[2].casefold(), context.own_domains)
