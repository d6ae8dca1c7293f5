"""Words to begin with: templates and holding statements."""

from __future__ import annotations

from django.db import IntegrityError

from oyez.kit import clock
from oyez.kit.text import newlines, visible
from oyez.ledger.actor import Actor, Refusal, signed
from oyez.ledger.acts import act
from oyez.posts import events
from oyez.posts.models import Template

LONGEST = 20_000


def keep_template(
    name: str,
    text: str,
    *,
    by: Actor,
    kind: str = Template.Kind.TEMPLATE,
    purpose: str = "",
    language: str = "en",
    template: Template | None = None,
) -> Template:
    """A new template, or `template` changed. A holding statement says when it is meant to be used.

    Raises Refusal for no words, no purpose, one that was removed, or a name in use.
    """
    name, text, purpose = name.strip(), newlines(text).strip(), purpose.strip()
    kept = template or Template()
    if wrong := _wrong(kept, name, text, kind, purpose):
        raise Refusal(wrong)
    kept.name, kept.text, kept.kind, kept.purpose = name, text, kind, purpose
    kept.language, kept.by, kept.changed_at = language, signed(by), clock.now()
    try:
        with act(events.TEMPLATE_KEPT, on=kept, by=by):
            kept.save()
    except IntegrityError:  # kept by somebody else at the same moment
        raise Refusal(_taken(name)) from None
    return kept


def _wrong(kept: Template, name: str, text: str, kind: str, purpose: str) -> str:
    if kept.retired_at:
        return "This template was removed. Keep its words under a new name."
    if not visible(name) or len(name) > 100:
        return "Give it a name of at most 100 characters."
    if not visible(text) or len(text) > LONGEST:
        return f"Enter the words to begin with, at most {LONGEST:,} characters."
    if len(purpose) > 200:
        return "Say in at most 200 characters when it is meant to be used."
    if kind == Template.Kind.HOLDING and not visible(purpose):
        return (
            "Say when this holding statement is meant to be used, such as “First hour of a flood”."
        )
    others = Template.objects.filter(name__iexact=name, retired_at=None).exclude(pk=kept.pk)
    if others.exists():
        return _taken(name)
    return ""


def _taken(name: str) -> str:
    return f"There is already a template called “{name}”. Give another name."


def retire_template(template: Template, *, by: Actor) -> None:
    """Put it away; messages begun with it stay as they are. Twice is once."""
    if template.retired_at:
        return
    template.retired_at = clock.now()
    with act(events.TEMPLATE_RETIRED, on=template, by=by):
        template.save(update_fields=["retired_at"])
