"""How does a picture come to fit a channel or a page? Drawn once, then taken from here."""

from __future__ import annotations

from dataclasses import replace

from oyez.formats import pictures
from oyez.formats.contract import FormatError, ReaderDown
from oyez.formats.pictures import Box
from oyez.ledger.actor import Refusal
from oyez.library import queries, rules
from oyez.library.actions.keeping import keep
from oyez.library.models import Attachment, Rendition


def render_for(attachment: Attachment, box: Box) -> Rendition:
    """The picture within the box, cut round the point that matters where the box has a shape.

    No event and nobody's right: it can be made again at any time from what is here. Raises Refusal
    when it cannot fit, and for a film, which goes out as it is.
    """
    if attachment.is_film:
        raise Refusal("A film is sent as it is; it is not drawn anew.")
    box = replace(box, focus=attachment.focus if box.aspect else rules.MIDDLE)
    wanted = rules.spec(box)
    if made := Rendition.objects.select_related("blob").filter(attachment=attachment, spec=wanted):
        return made[0]
    try:
        drawn = pictures.render(queries.read(attachment.blob), box)
    except (FormatError, ReaderDown) as why:
        raise Refusal(str(why)) from why
    rendition, _ = Rendition.objects.get_or_create(
        attachment=attachment,
        spec=wanted,
        defaults={
            "blob": keep([drawn.content], drawn.kind),
            "width": drawn.width,
            "height": drawn.height,
        },
    )
    return rendition
