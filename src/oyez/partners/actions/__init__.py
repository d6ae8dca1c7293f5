"""Keep the registers: partners, political figures, controversial topics."""

from oyez.partners.actions.figures import (
    add_figure,
    add_topic,
    change_figure,
    import_figures,
    retire_figure,
    retire_topic,
)
from oyez.partners.actions.partners import add_partner, change_partner, retire_partner

__all__ = [
    "add_figure",
    "add_partner",
    "add_topic",
    "change_figure",
    "change_partner",
    "import_figures",
    "retire_figure",
    "retire_partner",
    "retire_topic",
]
