"""Do our requests keep to Mastodon's published contract?

The document is the vendors' and stays where it is: OYEZ_TEST_CONTRACTS, or `shared/contracts`
beside the checkout. Without it this is skipped by name.
"""

import dataclasses
import json
import os
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from oyez.networks._http import Request
from oyez.networks._mastodon import wire
from tests.conformance.members import a_message

openapi_core = pytest.importorskip("openapi_core", reason="openapi-core is not installed")
from openapi_core import Config  # noqa: E402
from openapi_core.exceptions import OpenAPIError  # noqa: E402
from openapi_core.testing import MockRequest  # noqa: E402

HOME = "https://mastodon.example"
CHECKOUT = Path(__file__).resolve().parents[2]
OURS = {
    "post": wire.post_status(HOME, "t", a_message("Hello", language="cy"), "a-key"),
    "who": wire.who_am_i(HOME, "t"),
    "instance 2": wire.instance(HOME, "t", 2),
    "instance 1": wire.instance(HOME, "t", 1),
    "delete": wire.delete_nothing(HOME, "t"),
    "source": wire.status_source(HOME, "t", "109"),
    "newest": wire.own_statuses(HOME, "t", "23", limit=1),
    "page": wire.own_statuses(HOME, "t", "23", since="109", before="110"),
}


@pytest.fixture(scope="module")
def document() -> dict:
    folder = Path(os.environ.get("OYEZ_TEST_CONTRACTS") or CHECKOUT.parent / "shared/contracts")
    file = folder / "mastodon-openapi.json"
    if not file.is_file():
        pytest.skip(f"Mastodon's contract is not in {folder} (OYEZ_TEST_CONTRACTS)")
    document = json.loads(file.read_text("utf-8"))
    for parameter in document["paths"]["/api/v1/statuses"]["post"]["parameters"]:
        if parameter["name"] == "Idempotency-Key":  # "any arbitrary string", typed as an object
            parameter["schema"]["type"] = "string"
    schemes = document["components"]["securitySchemes"]
    schemes |= {name: {"type": "http", "scheme": "bearer"} for name in schemes}  # as it is sent
    return document


@pytest.fixture(scope="module")
def contract(document):
    """The document breaks OpenAPI's own rules in places far from ours, so it is not checked."""
    return openapi_core.OpenAPI.from_dict(document, config=Config(spec_validator_cls=None))


def names_in(schema: dict, schemas: dict) -> set[str]:
    """The properties of a schema and of those it is made of."""
    schema = schemas[schema["$ref"].split("/")[-1]] if "$ref" in schema else schema
    parts = [names_in(part, schemas) for part in schema.get("allOf", [])]
    return set(schema.get("properties", {})).union(*parts)


def in_its_words(request: Request) -> MockRequest:
    parts = urlsplit(request.url)
    return MockRequest(
        HOME,
        request.method.lower(),
        parts.path,
        args=dict(parse_qsl(parts.query)),
        headers=dict(request.headers),
        data=json.dumps(request.json).encode() if request.json is not None else None,
        content_type="application/json",
    )


@pytest.mark.parametrize("name", OURS)
def test_each_request_is_as_the_contract_has_it(contract, name):
    contract.validate_request(in_its_words(OURS[name]))


@pytest.mark.parametrize("name", [name for name in OURS if "?" in OURS[name].url])
def test_each_query_is_one_the_contract_knows(document, name):
    known = document["paths"]["/api/v1/accounts/{id}/statuses"]["get"]["parameters"]
    asked = {key for key, _ in parse_qsl(urlsplit(OURS[name].url).query)}
    assert asked <= {parameter["name"] for parameter in known}


def test_the_body_names_only_what_the_contract_knows(document):
    schemas = document["components"]["schemas"]
    assert set(OURS["post"].json) <= names_in(schemas["TextStatus"], schemas)


@pytest.mark.parametrize("wrong", [{"visibility": "everybody"}, {"status": 7}])
def test_the_contract_would_notice(contract, wrong):
    body = {**OURS["post"].json, **wrong}
    with pytest.raises(OpenAPIError):
        contract.validate_request(in_its_words(dataclasses.replace(OURS["post"], json=body)))


def test_the_contract_would_notice_a_missing_token(contract):
    with pytest.raises(OpenAPIError):
        contract.validate_request(in_its_words(dataclasses.replace(OURS["post"], headers={})))
