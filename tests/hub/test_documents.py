"""Documents that cannot drift: they are made from what they describe."""

import json
from pathlib import Path

from workbench.hub.documents import documents, outdated, write

DOCS = Path(__file__).parent.parent.parent / "docs"


def test_that_the_documents_say_what_the_hub_does() -> None:
    assert outdated(DOCS) == []


def test_that_an_edited_document_is_found_and_renewed(tmp_path: Path) -> None:
    write(tmp_path)
    assert outdated(tmp_path) == []
    (tmp_path / "programme.md").write_text("# Something else\n")
    assert outdated(tmp_path) == ["programme.md"]


def test_that_the_api_document_names_every_address_and_resolves() -> None:
    document = json.loads(documents()["openapi.json"])
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {"/v1/enrol", "/v1/token", "/v1/sync", "/v1/evidence/{sha256}"}
    text = json.dumps(document)
    named = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert named <= set(document["components"]["schemas"])
    assert {"ExchangeRequest", "ExchangeAnswer", "Problem", "SignIn"} <= named
