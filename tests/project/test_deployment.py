"""A house with a public https address: what does it say to browsers, and is Django content?

The settings are read once in a process, so each of these asks a process of its own.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PUBLIC = {
    "DJANGO_SETTINGS_MODULE": "oyez.project.settings",
    "OYEZ_URL": "https://social.example.gov.uk",
}
ASKING = """
import json, logging
import django, uvicorn
uvicorn.Config("oyez.project.asgi:application")
django.setup()
logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")
from django.conf import settings
from django.test import Client
host = dict(HTTP_HOST="social.example.gov.uk", HTTP_X_FORWARDED_PROTO="https")
said = Client().get("/sign-in/link?next=/feeds", **host)
chosen = Client().post("/language", {"language": "cy"}, **host)
plain = Client().get("/health", HTTP_HOST="social.example.gov.uk")
stranger = Client().get("/sign-in", HTTP_HOST="elsewhere.example")
names = settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME
print(json.dumps({
    "headers": dict(said.headers),
    "cookies": [c.OutputString() for one in (said, chosen) for c in one.cookies.values()],
    "names": names,
    "flags": [settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY,
              settings.SESSION_COOKIE_SAMESITE, settings.CSRF_COOKIE_SECURE],
    "stranger": stranger.status_code,
    "plain": plain.status_code,
    "debug": settings.DEBUG,
}))
"""


def ask(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, **PUBLIC, "OYEZ_DATA": str(data)}
    command = [sys.executable, *words]
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    answer = ask(tmp_path_factory.mktemp("house"), "-c", ASKING)
    assert answer.returncode == 0, answer.stderr
    found: dict[str, object] = json.loads(answer.stdout)
    return {**found, "log": answer.stderr}


def test_browsers_are_told_to_come_by_https_alone_for_a_year(said) -> None:
    assert said["headers"]["Strict-Transport-Security"] == (
        "max-age=31536000; includeSubDomains; preload"
    )


def test_every_cookie_is_ours_alone_and_only_travels_encrypted(said) -> None:
    assert said["cookies"], "The pages asked set at least one."
    for cookie in said["cookies"]:
        assert cookie.startswith("__Host-"), cookie
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; ")), cookie
        assert "Domain" not in cookie
    assert all(name.startswith("__Host-") for name in said["names"])
    assert said["flags"] == [True, True, "Lax", True]


def test_another_host_s_name_is_not_answered(said) -> None:
    assert said["stranger"] == 400


def test_a_program_that_forgot_the_s_is_not_led_on_as_if_nothing_were(said) -> None:
    assert said["plain"] in {200, 503}


def test_faults_show_no_insides(said) -> None:
    assert said["debug"] is False


def test_the_server_s_own_lines_say_when_too(said) -> None:
    assert re.search(r"(?m)^\S+ \S+Z WARNING uvicorn.error Invalid HTTP request", said["log"])


def test_django_has_nothing_to_warn_of(tmp_path: Path) -> None:
    answer = ask(tmp_path, "-m", "django", "check", "--deploy", "--fail-level", "WARNING")
    assert answer.returncode == 0, answer.stderr
