"""When everything is loaded, the flow is declared; before that nothing may happen."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "oyez.project"

    def ready(self) -> None:
        import_module("oyez.project.flow")
