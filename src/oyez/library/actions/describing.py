"""What do we say of a picture: in words, whose it is, whom it shows, and what matters in it?"""

from __future__ import annotations

from oyez.kit.text import newlines
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act
from oyez.library import events, rules
from oyez.library.models import Attachment


def describe(
    attachment: Attachment,
    *,
    by: Actor,
    alt: str | None = None,
    decorative: bool | None = None,
    focus: rules.Focus | None = None,
    transcript: str | None = None,
    licence: str | None = None,
    source: str | None = None,
    shows_people: bool | None = None,
    politician: bool | None = None,
    language: str | None = None,
) -> Attachment:
    """Say what is given; the rest stays. `focus` is from (0, 0) top left to (1, 1).

    Raises Refusal when the words cannot stand for the picture. What was approved keeps the words
    it was approved with: a Wording holds its own alt text.
    """
    given = {
        "alt": None if alt is None else newlines(alt).strip(),
        "decorative": decorative,
        "focal_x": focus[0] if focus else None,
        "focal_y": focus[1] if focus else None,
        "transcript": None if transcript is None else newlines(transcript).strip(),
        "licence": _short(licence, 200, "licence"),
        "source": _short(source, 300, "source"),
        "shows_people": shows_people,
        "politician": politician,
        "language": language,
    }
    changed = {
        name: value
        for name, value in given.items()
        if value is not None and value != getattr(attachment, name)
    }
    if not changed:
        return attachment
    for name, value in changed.items():
        setattr(attachment, name, value)
    if wrong := _wrong(attachment):
        attachment.refresh_from_db(fields=list(changed))
        raise Refusal(wrong)
    with act(events.DESCRIBED, on=attachment, by=by, changed=sorted(changed)):
        attachment.save(update_fields=list(changed))
    return attachment


def _wrong(attachment: Attachment) -> str:
    words = rules.wrong_words(attachment.alt, attachment.decorative)
    return words or rules.wrong_focus(attachment.focus)


def _short(text: str | None, limit: int, what: str) -> str | None:
    if text is not None and len(text.strip()) > limit:
        raise Refusal(f"The {what} has more than {limit} characters. Say it shorter.")
    return None if text is None else text.strip()
