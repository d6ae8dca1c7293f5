"""The practice network, for a server such as uvicorn: the house's settings with pages of its own.

Only a server process imports this: it turns the settings of the whole process to practice.
"""

from __future__ import annotations

import os

import django
from django.conf import settings
from django.core.asgi import get_asgi_application

from oyez.kit.loading import to_stay
from oyez.practice import serving

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oyez.project.settings")  # noqa: TID251 as asgi does
with to_stay():
    django.setup()  # apps look, as they start, whether the house's own doors are all there
    settings.ROOT_URLCONF = serving.ROOT_URLCONF
    settings.MIDDLEWARE = serving.MIDDLEWARE
    application = get_asgi_application()
