"""Who stands in the registers, and on which day?"""

from oyez.partners.queries.figures import (
    figure,
    figures,
    figures_on,
    same_figure,
    topic,
    topics,
    topics_on,
)
from oyez.partners.queries.partners import in_force, one, register, retired, today

__all__ = [
    "figure",
    "figures",
    "figures_on",
    "in_force",
    "one",
    "register",
    "retired",
    "same_figure",
    "today",
    "topic",
    "topics",
    "topics_on",
]
