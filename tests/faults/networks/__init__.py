"""Six networks that speak to the judge over HTTP; an installed plug-in as far as Oyez knows.

Whoever imports this as a worker is armed: it strikes at the points of its plan (strikes.py).
"""

from __future__ import annotations

from tests.faults import strikes

ENTRY_POINTS = """[oyez.networks]
judged_keyed = tests.faults.networks.keyed:Keyed
judged_record = tests.faults.networks.keyed:Record
judged_container = tests.faults.networks.container:Container
judged_slug = tests.faults.networks.findable:Slug
judged_plain = tests.faults.networks.findable:Plain
judged_strict = tests.faults.networks.findable:Strict
judged_renewing = tests.faults.renewing:Renewing
"""

strikes.arm()
