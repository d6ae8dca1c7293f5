"""Words to begin with: templates and holding statements."""

from __future__ import annotations

from oyez.kit import clock
from oyez.kit.text import newlines, visible
from oyez.ledger.actor import Actor, Refusal, signed
from oyez.ledger.acts import act
from oyez.posts import events
from oyez.posts.models import Template


def keep_template(
    name: str,
    text: str,
    *,
    by: Actor,
    kind: str = Template.Kind.TEMPLATE,
    language: str = "en",
    template: Template | None = None,
) -> Template:
    """A new template, or `template` changed. Raises Refusal for no words or a name in use."""
    name, text = name.strip(), newlines(text).strip()
    if not visible(name) or len(name) > 100:
        raise Refusal("Give it a name of at most 100 characters.")
    if not visible(text):
        raise Refusal("Enter the words to begin with.")
    kept = template or Template()
    others = Template.objects.filter(name__iexact=name, retired_at=None).exclude(pk=kept.pk)
    if others.exists():
        raise Refusal(f"There is already a template called “{name}”. Give another name.")
    kept.name, kept.text, kept.kind, kept.language = name, text, kind, language
    kept.by, kept.changed_at = signed(by), clock.now()
    with act(events.TEMPLATE_KEPT, on=kept, by=by):
        kept.save()
    return kept


def retire_template(template: Template, *, by: Actor) -> None:
    """Put it away; messages begun with it stay as they are."""
    template.retired_at = clock.now()
    with act(events.TEMPLATE_RETIRED, on=template, by=by):
        template.save(update_fields=["retired_at"])
