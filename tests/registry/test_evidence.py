"""Documents, kept by what is in them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from tests.hub_fixtures import HO, Desk

from sdgcities.errors import Refused
from sdgcities.registry.evidence import Attached, add_evidence, attached, unchanged


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "agreement.pdf"
    path.write_bytes(b"%PDF-1.4 signed")
    return path


def held(desk: Desk) -> list[Attached]:
    with desk.hub.database.reading() as connection:
        return attached(connection, [HO])


def test_a_document_is_kept_under_its_digest_and_attached(desk: Desk, document: Path) -> None:
    new = desk.attach("data/agreement", "agreement", document)
    assert held(desk) == [new]
    assert new.sha256 == hashlib.sha256(document.read_bytes()).hexdigest()
    assert (new.name, new.size, new.media_type, new.by) == ("agreement.pdf", 15, "application/pdf", "ama")
    assert (desk.folder / "evidence" / new.sha256).read_bytes() == document.read_bytes()
    assert unchanged(desk.hub, new)
    assert desk.chain()[1] is None


def test_it_is_kept_once_and_attached_as_often_as_needed(desk: Desk, document: Path) -> None:
    desk.attach("data/agreement", "agreement", document)
    desk.attach("data/agreement", "committee-order", document)
    desk.attach("data/agreement", "agreement", document)
    assert (desk.counts()["evidence"], desk.counts()["evidence_link"]) == (1, 3)
    assert len(list((desk.folder / "evidence").iterdir())) == 1


def test_a_document_that_was_touched_is_found_out(desk: Desk, document: Path) -> None:
    new = desk.attach("data/agreement", "agreement", document)
    kept = desk.folder / "evidence" / new.sha256
    kept.write_bytes(b"forged")
    assert not unchanged(desk.hub, new)
    desk.attach("data/agreement", "agreement", document)
    assert unchanged(desk.hub, new)  # brought once more, it is whole again
    kept.unlink()
    assert not unchanged(desk.hub, new)


def test_only_what_a_milestone_asks_for_is_taken(desk: Desk, document: Path) -> None:
    before = desk.counts()
    with pytest.raises(Refused) as refused:
        desk.attach("data/agreement", "diploma", document)
    assert refused.value.findings[0].code == "evidence.unasked"
    assert "inauguration-record" in str(refused.value.findings[0].hint)
    with pytest.raises(Refused, match="not operator"):
        add_evidence(desk.hub, desk.city, desk.hub.contracts["GH"].milestones["data/agreement"], "agreement", document, desk.person("kofi"))
    with pytest.raises(Refused, match="no such file"):
        desk.attach("data/agreement", "agreement", document.with_name("none.pdf"))
    assert desk.counts() == before


def test_a_national_instrument_is_taken_in_place_of_the_cores(desk: Desk, document: Path) -> None:
    assert desk.attach("planning/adoption", "mtdp", document).evidence == "mtdp"


def test_a_boundary_has_to_say_its_definition(desk: Desk, tmp_path: Path) -> None:
    ring = [[0.4, 6.5], [0.5, 6.5], [0.5, 6.6], [0.4, 6.5]]
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    path = tmp_path / "boundary.geojson"
    path.write_text(json.dumps(feature), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        desk.attach("data/agreement", "boundary", path)
    assert refused.value.findings[0].code == "geojson.definition"
    path.write_text(json.dumps({**feature, "properties": {"definition": "administrative"}}), encoding="utf-8")
    assert desk.attach("data/agreement", "boundary", path).details == {"definition": "administrative"}
