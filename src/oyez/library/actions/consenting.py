"""Who in the picture agreed to be seen, where, for what, until when?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from oyez.kit import clock
from oyez.ledger.actor import Actor, Refusal, signed
from oyez.ledger.acts import act
from oyez.library import events
from oyez.library.models import Attachment, Consent


def record_consent(
    attachment: Attachment,
    who: str,
    *,
    evidence: str,
    by: Actor,
    child: bool = False,
    channels: Iterable[int] = (),
    purpose: str = "",
    expires_on: date | None = None,
) -> Consent:
    """Write down one person's yes. `evidence` says where it is kept; no `channels` means any.

    Who has consented is shown, so `shows_people` becomes true.
    """
    if not who.strip():
        raise Refusal("Say who agreed, so that their yes can be found again.")
    if not evidence.strip():
        raise Refusal("Say where the consent is kept: the form, the message, the file.")
    if expires_on and expires_on < clock.now().date():
        raise Refusal("This consent has ended already. Ask for a new one, or correct the date.")
    new = Consent(
        attachment=attachment,
        who=who.strip()[:200],
        child=child,
        channels=sorted(set(channels)),
        purpose=purpose.strip()[:500],
        expires_on=expires_on,
        evidence=evidence.strip()[:500],
        recorded_at=clock.now(),
        recorded_by=signed(by),
    )
    with act(events.CONSENT_RECORDED, on=attachment, by=by):
        new.save()
        attachment.shows_people = True
        attachment.save(update_fields=["shows_people"])
    return new


def withdraw_consent(consent: Consent, *, by: Actor) -> Consent:
    """The person takes their yes back, from now on. Saying it twice is once."""
    if consent.withdrawn_at:
        return consent
    consent.withdrawn_at = clock.now()
    with act(events.CONSENT_WITHDRAWN, on=consent.attachment, by=by, consent=consent.pk):
        consent.save(update_fields=["withdrawn_at"])
    return consent
