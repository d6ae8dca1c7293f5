"""Does the house answer as its description says, whatever a program asks of it? (row 28)"""

from __future__ import annotations

import json

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error

from oyez.api import urls
from oyez.api.describing import DESCRIPTION
from tests.api.test_feeds_out import published

DESCRIBED = schemathesis.openapi.from_dict(json.loads(DESCRIPTION))
OPERATIONS = [one.ok() for one in DESCRIBED.get_all_operations()]


def may_be_unwell(operation):
    """Where the description says 503, that is an answer; any other of the kind stays a fault."""
    return [not_a_server_error] if "503" in operation.definition.raw["responses"] else []


def test_every_address_for_programs_is_described():
    paths = json.loads(DESCRIPTION)["paths"]
    assert {f"/{one.pattern}" for one in urls.urlpatterns} <= set(paths)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.label)
def test_it_answers_as_it_is_described_and_never_with_a_fault(public, operation):
    published("The bridge is shut. See https://council.example/b", "The bridge is open.")
    application = get_wsgi_application()

    @given(case=operation.as_strategy())
    @settings(
        max_examples=10,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case):
        case.call_and_validate(
            base_url="http://127.0.0.1", app=application, excluded_checks=may_be_unwell(operation)
        )

    ask()
