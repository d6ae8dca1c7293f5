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
from tests.conformance.members import a_message, a_picture

openapi_core = pytest.importorskip("openapi_core", reason="openapi-core is not installed")
from openapi_core import Config  # noqa: E402
from openapi_core.exceptions import OpenAPIError  # noqa: E402
from openapi_core.testing import MockRequest  # noqa: E402

HOME = "https://mastodon.example"
CHECKOUT = Path(__file__).resolve().parents[2]
OURS = {
    "post": wire.post_status(HOME, "t", a_message("Hello", language="cy"), "a-key"),
    "post with pictures": wire.post_status(
        HOME, "t", a_message("Hello", answers="109"), "a-key", ["22", "23"]
    ),
    "edit": wire.edit_status(HOME, "t", "109", a_message("Hello"), ["22"]),
    "edit without pictures": wire.edit_status(HOME, "t", "109", a_message("Hello"), []),
    "take down": wire.delete_status(HOME, "t", "109"),
    "look": wire.status(HOME, "t", "109"),
    "upload": wire.upload(HOME, "t", a_picture(focus=(0.5, -0.5)), b"picture"),
    "look at a file": wire.media(HOME, "t", "22"),
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
    upload = document["paths"]["/api/v2/media"]["post"]["requestBody"]["content"]
    file = upload["multipart/form-data"]["schema"]["properties"]["file"]
    del file["type"]  # "string", and bytes are none to the checker
    post = document["paths"]["/api/v1/statuses"]["post"]["requestBody"]["content"]
    kinds = post["application/json"]["schema"]
    kinds["anyOf"] = kinds.pop("oneOf")  # words with pictures are two of the three kinds
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


def as_a_form(request: Request) -> MockRequest:
    """The multipart form as kit.fetch sends it, with a boundary of our own."""
    assert request.files is not None
    pieces = [(name, "", value.encode()) for name, value in (request.form or {}).items()]
    pieces += [
        (name, f'; filename="{one.name}"', one.content) for name, one in request.files.items()
    ]
    body = b"".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode()
        + data
        + b"\r\n"
        for name, more, data in pieces
    )
    return MockRequest(
        HOME,
        request.method.lower(),
        urlsplit(request.url).path,
        headers=dict(request.headers),
        data=body + b"--b--\r\n",
        content_type="multipart/form-data; boundary=b",
    )


@pytest.mark.parametrize("name", OURS)
def test_each_request_is_as_the_contract_has_it(contract, name):
    say = as_a_form if OURS[name].files else in_its_words
    contract.validate_request(say(OURS[name]))


def test_a_deletion_and_an_upload_name_only_what_the_contract_knows(document):
    parameters = document["paths"]["/api/v1/statuses/{id}"]["delete"]["parameters"]
    asked = {key for key, _ in parse_qsl(urlsplit(OURS["take down"].url).query)}
    assert asked <= {parameter["name"] for parameter in parameters}
    form = document["paths"]["/api/v2/media"]["post"]["requestBody"]["content"]
    sent = {*OURS["upload"].form, *OURS["upload"].files}
    assert sent <= set(form["multipart/form-data"]["schema"]["properties"])
    body = document["paths"]["/api/v1/statuses/{id}"]["put"]["requestBody"]["content"]
    assert set(OURS["edit"].json) <= set(body["application/json"]["schema"]["properties"])


@pytest.mark.parametrize(
    "name", [name for name in OURS if "/accounts/" in OURS[name].url and "?" in OURS[name].url]
)
def test_each_query_is_one_the_contract_knows(document, name):
    known = document["paths"]["/api/v1/accounts/{id}/statuses"]["get"]["parameters"]
    asked = {key for key, _ in parse_qsl(urlsplit(OURS[name].url).query)}
    assert asked <= {parameter["name"] for parameter in known}


def test_the_body_names_only_what_the_contract_knows(document):
    schemas = document["components"]["schemas"]
    assert set(OURS["post"].json) <= names_in(schemas["TextStatus"], schemas)
    assert set(OURS["post with pictures"].json) <= names_in(schemas["MediaStatus"], schemas)


@pytest.mark.parametrize("wrong", [{"visibility": "everybody"}, {"status": 7}])
def test_the_contract_would_notice(contract, wrong):
    body = {**OURS["post"].json, **wrong}
    with pytest.raises(OpenAPIError):
        contract.validate_request(in_its_words(dataclasses.replace(OURS["post"], json=body)))


def test_the_contract_would_notice_a_missing_token(contract):
    with pytest.raises(OpenAPIError):
        contract.validate_request(in_its_words(dataclasses.replace(OURS["post"], headers={})))
