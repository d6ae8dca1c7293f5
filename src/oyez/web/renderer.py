"""How does a form look? Label, hint, error, input, in that order, with GOV.UK's class names.

Views write plain Django forms. `{{ form }}` draws all fields, `{{ form.name.as_field_group }}` one.
"""

from __future__ import annotations

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

TEXTS = {
    "text", "email", "url", "number", "password", "tel", "search", "date", "time", "datetime-local",
}  # fmt: skip
CHOICES = {"radio": "govuk-radios__input", "checkbox": "govuk-checkboxes__input"}
OTHERS = {
    "django/forms/widgets/textarea.html": "govuk-textarea",
    "django/forms/widgets/select.html": "govuk-select",
}


class Renderer(TemplatesSetting):
    """Django's renderer with our field template. Class names are added here, not in templates."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        if widget := context.get("widget"):
            dress(widget)
        return super().render(template_name, context, request)


def dress(widget: dict[str, Any]) -> None:
    """Give a widget, and each choice in it, its class names; one in error gets a red border."""
    attrs = widget["attrs"]
    base = _class_of(widget)
    wrong = f"{base}--error" if attrs.get("aria-invalid") and base not in CHOICES.values() else ""
    attrs["class"] = " ".join(filter(None, (base, base and wrong, attrs.get("class", ""))))
    if not attrs["class"]:
        del attrs["class"]
    for _group, options, _index in widget.get("optgroups", ()):
        for option in options:
            dress(option)


def _class_of(widget: dict[str, Any]) -> str:
    kind = widget.get("type", "")
    if kind in TEXTS:
        return "govuk-input"
    if kind == "file":
        return "govuk-file-upload"
    return CHOICES.get(kind) or OTHERS.get(widget.get("template_name", ""), "")
