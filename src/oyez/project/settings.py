"""Django's settings, all from env.py. The frozen settings object hangs on `settings.OYEZ`."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from oyez.project import env, location

OYEZ = env.read()
OYEZ_SEAL_KEYS = location.seal_keys(OYEZ)  # oyez.kit.keys.Keys
BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = location.secret_key(OYEZ)
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", OYEZ.host]
if _public := urlsplit(OYEZ.url).hostname:
    ALLOWED_HOSTS.append(_public)
    CSRF_TRUSTED_ORIGINS = [OYEZ.url]
_https = OYEZ.url.startswith("https://")
COOKIE_PREFIX = "__Host-" if _https else ""  # of cookies: no neighbouring host can set ours

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "oyez.ledger",
    "oyez.people",
    "oyez.channels",
    "oyez.policy",
    "oyez.strategy",
    "oyez.partners",
    "oyez.emergency",
    "oyez.library",
    "oyez.feeds",
    "oyez.requests",
    "oyez.posts",
    "oyez.decisions",
    "oyez.deliveries",
    "oyez.listening",
    "oyez.notices",
    "oyez.practice",
    "oyez.web",  # before django.forms: its templates win
    "django.forms",
    "oyez.project",
]

DATABASES: dict[str, dict[str, Any]] = {"default": location.database(OYEZ)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_WORKER_DEFAULTS = {
    "fetch_job_polling_interval": 1.0,
    "update_heartbeat_interval": 5.0,
    "stalled_worker_timeout": 20.0,
    "delete_jobs": "successful",
    "shutdown_graceful_timeout": 25,
}

MIDDLEWARE = [
    "oyez.web.guard.ContentSecurity",  # outermost: no answer escapes it
    "django.middleware.security.SecurityMiddleware",
    "oyez.web.statics.Statics",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "oyez.web.languages.speaking.InTheirLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "oyez.web.signin.lasting.Lasting",
    "oyez.web.guard.SignedInUnlessOpen",
    "oyez.web.signin.required.FactorFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "oyez.project.urls"
ASGI_APPLICATION = "oyez.project.asgi.application"
LOGIN_URL = "signin:ask"

# django-allauth leads through the steps of signing in; its pages, forms and mail are not used, and
# none of its addresses is mounted: web/signin has them all.
ACCOUNT_ADAPTER = "oyez.web.signin.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_ENABLED = False
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # whom we invite, we know
ACCOUNT_LOGIN_TIMEOUT = 15 * 60  # seconds between the password and the second factor
MFA_ADAPTER = "oyez.web.signin.adapter.PasskeyAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_WEBAUTHN_USER_VERIFICATION = "required"
SOCIALACCOUNT_ADAPTER = "oyez.web.signin.oidc.Outside"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]  # as OWASP sets it
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oyez.web.strip.strip",
            ],
        },
    },
]
FORM_RENDERER = "oyez.web.renderer.Renderer"
MESSAGE_STORAGE = "oyez.web.languages.saying.Saying"

STATIC_URL = "/static/"
STATICFILES_DIRS: list[Path] = []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

USE_TZ = True
TIME_ZONE = OYEZ.time_zone
USE_I18N = True
LANGUAGE_CODE = OYEZ.language
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]  # each in its own name: locale/README.md
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}oyez_language"
LOCALE_PATHS = [BASE_DIR / "locale"]

SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}oyez"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}oyez_form"
SESSION_COOKIE_AGE = 60 * 60 * OYEZ.session_hours
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = False
SILENCED_SYSTEM_CHECKS = ["security.W008"]  # redirecting to https is the reverse proxy's duty
SECURE_HSTS_SECONDS = 31536000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "oyez.project.log_lines.Line",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "filters": {
        "no_503": {"()": "oyez.project.quiet.NotUnavailable"},
        "no_way_in": {"()": "oyez.project.quiet.NoWayIn"},
        "no_fault": {"()": "oyez.project.quiet.NotOurFault"},
    },
    "handlers": {
        "log": {
            "formatter": "line",
            "filters": ["no_503", "no_way_in", "no_fault"],
            **location.log_handler(OYEZ),
        }
    },
    "root": {"handlers": ["log"], "level": OYEZ.log_level},
    "loggers": {
        "procrastinate": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "uvicorn": {"level": "WARNING", "propagate": True},  # in our lines instead of its own
    },
}
