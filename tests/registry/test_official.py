"""Official lists and new contracts come in from one file: what they change is known before, and counts afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.hub_fixtures import Desk

from sdgcities.contract.load import CONTRACT_FILE
from sdgcities.contract.revision import Part
from sdgcities.errors import HubUnusable, Refused
from sdgcities.frameworks.differences import Change
from sdgcities.frameworks.lists import Listed
from sdgcities.frameworks.shipped import FILES
from sdgcities.hub.hub import Hub
from sdgcities.hub.lists import ListKind
from sdgcities.recognition.revising import standing_under
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.official import load, propose

CONTRACT = CONTRACT_FILE.read_text(encoding="utf-8")
UMF = "umf_code,title,source,status\n" + "".join(f"{one}.1.1,Official title {one},UMF metadata 2027,official\n" for one in range(1, 6))


def written(desk: Desk, name: str, text: str) -> Path:
    path = desk.scratch / name
    path.write_text(text, encoding="utf-8")
    return path


@contextmanager
def reopened(desk: Desk) -> Iterator[Hub]:
    """The hub as the next command finds it."""
    hub = Hub.open(desk.folder)
    hub.__dict__["plugins"] = desk.hub.plugins
    yield hub
    hub.close()


def sdg_without(code: str) -> str:
    lines = FILES[Listed.SDG].read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(f"{code},"))


def test_the_umf_becomes_official(desk: Desk) -> None:
    proposal = propose(desk.catalogue, written(desk, "umf.csv", UMF))
    changes = {(one.change, one.code) for one in proposal.differences}
    assert {(Change.RENAMED, "1.1.1"), (Change.STATUS, "1.1.1"), (Change.ADDED, "5.1.1"), (Change.REMOVED, "1.1.3")} <= changes
    assert desk.hub.frameworks.umf.entries["1.1.1"].status == "draft"  # nothing counts before it was said
    records = desk.chain()[0]
    load(desk.catalogue, proposal, desk.person("ama"))
    assert desk.chain() == (records + 1, None)
    with reopened(desk) as hub:
        assert {code: one.status.value for code, one in hub.frameworks.umf.entries.items()} == {f"{one}.1.1": "official" for one in range(1, 6)}
        assert not propose(Catalogue(hub), written(desk, "umf.csv", UMF)).changes


def test_indicators_that_name_a_code_that_vanishes_are_told(desk: Desk) -> None:
    used = next(code for one in desk.catalogue.indicators["GH"].values() for code in one.sdg if code.count(".") == 2)
    proposal = propose(desk.catalogue, written(desk, "sdg.csv", sdg_without(used)))
    assert [(one.change, one.code) for one in proposal.differences] == [(Change.REMOVED, used)]
    assert {one.indicator.code for one in proposal.touched} == {one.code for one in desk.catalogue.indicators["GH"].values() if used in one.sdg}


def test_half_a_list_and_a_contract_that_is_none_are_refused(desk: Desk) -> None:
    for text, name, code in (
        (UMF.partition("2.1.1")[0], "umf.csv", "list.half"),
        ("milestones: []\ntracks: []\n", "contract.yaml", "schema.required"),
        (CONTRACT.replace("floor: 0.40", "floor: 0.95"), "contract.yaml", ""),
        ("", "empty.csv", "file.empty"),
        ("a,b\n1,2\n", "other.csv", "list.kind"),
    ):
        with pytest.raises(Refused) as refused:
            propose(desk.catalogue, written(desk, name, text))
        assert not code or refused.value.findings[0].code == code


def test_only_an_operator_loads(desk: Desk) -> None:
    proposal = propose(desk.catalogue, written(desk, "umf.csv", UMF))
    with pytest.raises(Refused):
        load(desk.catalogue, proposal, desk.person("kofi"))
    with reopened(desk) as hub:
        assert hub.lists == {}


def test_a_list_that_was_touched_keeps_the_hub_closed(desk: Desk) -> None:
    new = load(desk.catalogue, propose(desk.catalogue, written(desk, "umf.csv", UMF)), desk.person("ama"))
    kept = desk.folder / "lists" / new.name
    kept.write_text(UMF.replace("Official", "Unofficial"), encoding="utf-8")
    with reopened(desk) as hub, pytest.raises(HubUnusable) as unusable:
        _ = hub.frameworks
    assert unusable.value.findings[0].code == "list.changed"
    kept.unlink()
    with reopened(desk) as hub, pytest.raises(HubUnusable):
        _ = hub.frameworks
    kept.write_text(UMF, encoding="utf-8")
    with reopened(desk) as hub:
        assert hub.frameworks.umf.entries["5.1.1"].title == "Official title 5"


def test_a_new_contract(desk: Desk) -> None:
    text = CONTRACT.replace("version: 1.0.0", "version: 1.1.0").replace("name: Baseline complete", "name: Baseline whole")
    text = text.replace("coverage:\n        type: number\n        default: 0.50", "coverage:\n        type: number\n        default: 0.60")
    proposal = propose(desk.catalogue, written(desk, "contract.yaml", text))
    assert {(one.part, one.milestone, one.what) for one in proposal.revisions} == {
        (Part.NAME, "data/baseline", "data/baseline"),
        (Part.PARAMETER, "data/baseline", "coverage"),
    }
    assert not proposal.unfit
    assert standing_under(desk.catalogue, proposal.revisions).waiting == ()
    load(desk.catalogue, proposal, desk.person("ama"))
    with reopened(desk) as hub:
        assert (hub.core_contract.version, hub.contracts["GH"].milestones["data/baseline"].name) == ("1.1.0", "Baseline whole")
        assert hub.lists[ListKind.CONTRACT].version == "1.1.0"
        back = propose(Catalogue(hub), CONTRACT_FILE)  # what `contract upgrade` shows
        assert [one.what for one in back.revisions] == ["data/baseline", "coverage"]


def test_the_same_version_can_not_say_something_else(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        propose(desk.catalogue, written(desk, "contract.yaml", CONTRACT.replace("name: Baseline complete", "name: Baseline whole")))
    assert refused.value.findings[0].code == "list.version"


def test_a_contract_that_a_country_no_longer_fits_is_not_loaded(desk: Desk) -> None:
    text = CONTRACT.replace("version: 1.0.0", "version: 2.0.0").replace(
        "committee_members: {type: number, default: 5, floor: 3", "committee_members: {type: number, default: 9, floor: 8"
    )
    proposal = propose(desk.catalogue, written(desk, "contract.yaml", text))  # Ghana asks for 7
    assert [one.code for one in proposal.unfit] == ["adapt.below-floor", "list.unfit"]
    with pytest.raises(Refused):
        load(desk.catalogue, proposal, desk.person("ama"))
    with reopened(desk) as hub:
        assert hub.core_contract.version == "1.0.0"
