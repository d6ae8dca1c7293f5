"""Where does Django find the practice network? Its tables live beside ours, its pages apart."""

from __future__ import annotations

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "oyez.practice"
    label = "practice"
    verbose_name = "Practice network"
