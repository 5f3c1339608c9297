"""The contract that is shipped, and the faults that a contract file is refused for."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from sdgcities.contract.coherence import criteria_of
from sdgcities.contract.load import CONTRACT_FILE, read_contract
from sdgcities.errors import Refused
from sdgcities.intake.yaml import load_yaml
from sdgcities.model.milestones import Contract, ParameterType
from sdgcities.model.sources import Status

MEASURED = {
    "data/agreement": {
        "data/agreement-signatures",
        "data/agreement-date",
        "data/committee-members",
        "data/committee-bodies",
        "data/focal-point",
        "data/boundary-definition",
    },
    "data/framework": {"data/framework-cells", "data/framework-core-indicators", "data/framework-complete", "data/framework-sdg-share"},
    "data/baseline": {"data/baseline-coverage", "data/baseline-share-within-age", "data/baseline-values-valid", "data/baseline-gaps-explained"},
}


@pytest.fixture(scope="session")
def domain(real_data: Path) -> Path:
    folder = real_data.parent / "domain"
    if not folder.is_dir():
        pytest.skip("there is no folder domain beside SDGCITIES_REAL_DATA")
    return folder


def test_four_tracks_are_facts_and_22_milestones_are_proposals(core: Contract) -> None:
    assert [track.id for track in core.tracks] == ["data", "planning", "institutions", "finance"]
    assert all(track.status is Status.OFFICIAL and "HSP/EB.2023/17" in track.source.table for track in core.tracks)
    assert len(core.milestones) == 22
    assert all(milestone.status is Status.PROPOSED and milestone.grounding and milestone.source.office for milestone in core.milestones.values())
    assert core.status is Status.PROPOSED
    assert core.version == "1.0.0"


@pytest.mark.parametrize("milestone", MEASURED)
def test_the_measured_milestones_use_the_measures_of_the_data_track(core: Contract, milestone: str) -> None:
    assert {criterion.measure for _, criterion in criteria_of(core.milestones[milestone])} == MEASURED[milestone]


def test_no_core_criterion_or_evidence_has_a_condition(core: Contract) -> None:
    for milestone in core.milestones.values():
        assert milestone.when is None
        assert not [criterion for _, criterion in criteria_of(milestone) if criterion.when]
        assert not [evidence for evidence in milestone.evidence if evidence.when or evidence.equivalents]


def test_every_parameter_id_and_key_equals_the_shared_list(core: Contract, domain: Path) -> None:
    shared = load_yaml(domain / "milestone_parameters.yaml").data
    assert isinstance(shared, dict)
    assert {milestone.code: milestone.id for milestone in core.milestones.values()} == shared["ids"]
    assert ["|".join(core.milestones[name].code for name in entry) for entry in core.key] == shared["key"]
    for row in shared["parameters"]:
        parameter = core.milestones[shared["ids"][row["milestone"]]].parameters[row["name"]]
        assert (parameter.default, parameter.floor, parameter.ceiling) == tuple(Decimal(row[part]) for part in ("default", "floor", "ceiling"))
        assert parameter.stricter.value == row["stricter"]
        assert parameter.reason == row["reason"]
    numbers = [name for milestone in core.milestones.values() for name, found in milestone.parameters.items() if found.type is ParameterType.NUMBER]
    assert sorted(numbers) == sorted(row["name"] for row in shared["parameters"])


def test_every_title_equals_the_proposal(core: Contract, domain: Path) -> None:
    proposed = load_yaml(domain / "milestones_proposed.yaml").data
    assert isinstance(proposed, dict)
    titles = {row["id"]: row["title"] for rows in proposed.values() for row in rows}
    assert {milestone.code: milestone.name for milestone in core.milestones.values()} == titles


def test_set_and_choice_parameters(core: Contract) -> None:
    groups = core.milestones["planning/engagement"].parameters["groups"]
    assert groups.floor == {"women", "youth", "persons-with-disabilities"}
    assert groups.ceiling is None
    assert core.milestones["data/publication"].parameters["reviewer"].options == ("statistics-office-or-hub", "statistics-office")
    assert core.milestones["data/agreement"].parameters["boundary_definitions"].default == {"administrative", "degree-of-urbanisation"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("at_least: {parameter: committee_members}", "at_least: {parameter: comittee_members}", "criterion.unknown-parameter"),
        ("committee_members: {type: number, default: 5,", "committee_members: {type: number, default: 2,", "parameter.below-floor"),
        ("committee_members: {type: number, default: 5,", "committee_members: {type: number, default: 31,", "parameter.above-ceiling"),
        ("committee_members: {type: number, default: 5,", "committee_members: {type: date, default: 5,", "parameter.wrong-type"),
        ("committee_members: {type: number,", "members: {type: number,", "parameter.unused"),
        ("at_most: {parameter: disagreement}", "at_least: {parameter: disagreement}", "criterion.unfit-parameter"),
        ("includes: {parameter: groups}", "at_least: {parameter: groups}", "criterion.unfit-parameter"),
        ("at_least: {parameter: sessions}", "includes: {parameter: sessions}", "criterion.unfit-parameter"),
        ("at_least: {parameter: share_reviewed}", "at_least: {parameter: reviewer}", "criterion.unfit-parameter"),
        ("arguments: [max_age_years]", "arguments: [max_age]", "criterion.unknown-parameter"),
        ("default: statistics-office-or-hub", "default: anybody", "parameter.unknown-option"),
        ("measure: data/agreement-date, equals: true", "measure: data/agreement-date", "criterion.comparison"),
        ("measure: data/agreement-date, equals: true", "measure: data/agreement-date, equals: true, at_least: 1", "criterion.comparison"),
        ("at_least: 17}", "at_least: 2030-02-31}", "criterion.unfit-value"),
        ("id: focal-point", "id: date", "milestone.duplicate-id"),
        ("id: committee-order", "id: boundary", "milestone.duplicate-id"),
        ("id: data/framework", "id: data/agreement", "milestone.duplicate-id"),
        ("code: D2", "code: D1", "milestone.duplicate-id"),
        ("id: finance/impact", "id: money/impact", "contract.unknown-track"),
        ("- [data/publication]", "- [data/publicity]", "contract.key"),
        ("- [data/publication]", "- [data/baseline]", "contract.key"),
        ("aliases: [strategic_planning]", "aliases: [data]", "milestone.duplicate-id"),
        ("source: para-9", "source: para-10", "source.unknown"),
        ("status: proposed", "status: certain", "schema.enum"),
    ],
)
def test_a_fault_of_a_contract_file_is_named_with_its_line(tmp_path: Path, old: str, new: str, code: str) -> None:
    text = CONTRACT_FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "contract.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Refused) as caught:
        read_contract(path)
    finding = next(found for found in caught.value.findings if found.code == code)
    assert finding.where.file == str(path)
    assert finding.where.line is not None


def test_the_digest_follows_the_content_not_the_layout(core: Contract, tmp_path: Path) -> None:
    text = CONTRACT_FILE.read_text(encoding="utf-8")
    same, other = tmp_path / "same.yaml", tmp_path / "other.yaml"
    same.write_text("# a remark\n" + text.replace("default: 0.50", "default: 0.5", 1), encoding="utf-8")
    other.write_text(text.replace("default: 0.50", "default: 0.51", 1), encoding="utf-8")
    assert read_contract(same).digest == core.digest
    assert read_contract(other).digest != core.digest
