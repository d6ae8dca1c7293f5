"""What can happen to a picture or film?"""

from oyez.ledger.events import Kind

UPLOADED = Kind("library.uploaded", "Added the picture or film", final=True)
DESCRIBED = Kind("library.described", "Described the picture or film")
CAPTIONED = Kind("library.captioned", "Added captions to the film", final=True)
CONSENT_RECORDED = Kind("library.consent_recorded", "Recorded a pictured person’s consent")
CONSENT_WITHDRAWN = Kind(
    "library.consent_withdrawn", "Recorded that a pictured person takes consent back"
)
RETIRED = Kind("library.retired", "Took the picture or film out of use", final=True)
