"""Where does Django find the pages? This app holds the theme, its templates and its tags."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "oyez.web"
    label = "web"
