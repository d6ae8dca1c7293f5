"""What does the practice server serve, and behind which doors? Both differ from the control room.

It has no sign-in, no session and no cookie: what it shows is public on purpose, and its API asks
for a token each time.
"""

from __future__ import annotations

ROOT_URLCONF = "oyez.practice.urls"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "oyez.web.statics.Statics",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "oyez.web.guard.ContentSecurity",
]
