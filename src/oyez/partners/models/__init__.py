"""Who stands in the registers?"""

from oyez.partners.models.figure import Figure, Topic
from oyez.partners.models.partner import Partner

__all__ = ["Figure", "Partner", "Topic"]
