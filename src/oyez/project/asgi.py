"""The pages, for a server such as uvicorn."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

from oyez.kit.loading import to_stay

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oyez.project.settings")
with to_stay():
    _pages = get_asgi_application()
    from oyez.web.bodies import Bounded  # Django is set up by now
    from oyez.web.turns import Turns

application = Bounded(Turns(_pages))
