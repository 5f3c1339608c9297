"""Which unit a name in a file means: standing or ended, one or several, in this file or everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.hub_fixtures import Desk
from tests.isle import UNITS, isle, profile

from sdgcities.errors import Refused
from sdgcities.findings import Finding
from sdgcities.model.places import NameScope, UnitName
from sdgcities.registry.catalogue import Catalogue

WITHIN = profile("within", file='"within*.csv"', header="[town, shire, boats]", units="[{column: town, level: town, within: shire}]")
ALL = (
    profile("yearbook", file='"year*.csv"'),
    profile("harbour", file='"boats*.csv"'),
    profile("visitors", file='"visits*.csv"', source="{office: Tourist Board}"),
    profile("coded", file='"coded*.csv"', units="[{column: town, by: no}]"),
    profile("old", file='"old*.csv"', period="{constant: '2015'}"),
    WITHIN,
)


@pytest.fixture
def here(tmp_path: Path) -> Desk:
    return isle(tmp_path, *ALL)


def meant(desk: Desk, name: str, file: str, shire: str | None = None) -> str:
    """The unit that a figure of this name went to."""
    columns, row = (["town", "boats"], [name, 1]) if shire is None else (["town", "shire", "boats"], [name, shire, 1])
    report = desk.bring(desk.table(f"{file}.csv", columns, [row]))
    assert not report.blocked, report.findings
    with desk.hub.database.reading() as connection:
        return str(connection.exec_driver_sql("SELECT unit FROM series JOIN observation ON id = series ORDER BY batch DESC").scalar())


def refusal(desk: Desk, name: str, file: str = "year") -> Finding:
    report = desk.bring(desk.table(f"{file}.csv", ["town", "boats"], [[name, 1]]))
    assert report.blocked
    return report.findings[0]


def test_case_accents_and_punctuation_do_not_matter(here: Desk) -> None:
    assert meant(here, " SPRÍNG. ", "year") == "S3"
    assert meant(here, "Spring Town", "year") == "S3"


def test_nothing_is_guessed_but_close_names_are_told(here: Desk) -> None:
    finding = refusal(here, "Sprin")
    assert finding.code == "unit.unknown"
    assert "Spring" in str(finding.hint)


def test_a_name_of_several_units_is_refused_with_their_codes(here: Desk) -> None:
    finding = refusal(here, "Port")
    assert finding.code == "unit.ambiguous"
    assert "Port (N1, Town in Northshire); Port (S1, Town in Southshire)" in str(finding.message)
    assert "within" in str(finding.hint)


def test_the_parent_in_the_file_tells_them_apart(here: Desk) -> None:
    assert meant(here, "Port", "within", "Northshire") == "N1"
    assert meant(here, "Port", "within", "southshire shire") == "S1"


def test_an_ended_unit_is_told_apart_from_an_unknown_one(here: Desk) -> None:
    finding = refusal(here, "Old Hill")
    assert finding.code == "unit.ended"
    assert str(finding.message) == "Old Hill (N9) ended on 2018-12-31."
    assert str(finding.hint) == "It passed into: Hill (N2)."
    assert meant(here, "Old Hill", "old") == "N9"


def test_a_unit_that_had_not_begun_is_told_with_what_stood_then(here: Desk) -> None:
    finding = refusal(here, "Hill", "old")
    assert finding.code == "unit.not-yet"
    assert "Old Hill (N9)" in str(finding.hint)


def test_a_code_means_the_unit_that_stood_then(here: Desk) -> None:
    assert meant(here, "03", "coded") == "N2"
    assert refusal(here, "3", "coded").code == "unit.unknown"  # codes are text


def test_brong_ahafo_in_2021_has_ended_and_its_successors_are_named(desk: Desk) -> None:
    path = desk.table("indicator_1-2-1.csv", ["Year", "Geography", "Value"], [["2021", "Brong Ahafo", "5"], ["2021", "Brong Ahafi", "5"]])
    ended, unknown = desk.bring(path).findings
    assert (ended.code, ended.where.row, ended.where.column) == ("unit.ended", 2, "Geography")
    assert all(name in str(ended.hint) for name in ("Ahafo (GH01)", "Bono (GH03)", "Bono East (GH04)"))
    assert unknown.code == "unit.unknown"


def test_the_narrowest_scope_that_knows_a_name_decides(here: Desk) -> None:
    assert meant(here, "The Quay", "year") == "N1"  # this profile's
    assert meant(here, "The Quay", "boats") == "S1"  # this office's
    assert meant(here, "The Quay", "visits") == "S3"  # everybody's


def test_an_alias_of_the_hub_holds_from_the_next_catalogue_on(here: Desk) -> None:
    assert refusal(here, "Sprng").code == "unit.unknown"
    here.catalogue.add_alias(here.catalogue.unit("S3"), UnitName("Sprng", "", NameScope.PROFILE, "yearbook"), "a slip of the office", here.person("ama"))
    here.catalogue = Catalogue(here.hub)
    assert meant(here, "SPRNG", "year") == "S3"
    assert refusal(here, "Sprng", "boats").code == "unit.unknown"


def test_an_alias_needs_an_operator_and_is_added_once(desk: Desk) -> None:
    name = UnitName("Ho Town")
    with pytest.raises(Refused, match="not operator"):
        desk.catalogue.add_alias(desk.city.unit, name, "as people say", desk.person("esi"))
    desk.catalogue.add_alias(desk.city.unit, name, "as people say", desk.person("ama"))
    with pytest.raises(Refused, match="already"):
        desk.catalogue.add_alias(desk.city.unit, name, "as people say", desk.person("ama"))
    assert [unit.id for unit in Catalogue(desk.hub).places["GH"].named("ho town")] == [desk.city.unit.id]
    assert desk.chain()[1] is None


def test_a_name_that_another_unit_has_is_no_alias_of_the_same_scope(here: Desk) -> None:
    hill, ama = here.catalogue.unit("N2"), here.person("ama")
    with pytest.raises(Refused, match=r"spring is the name of Spring \(S3\)"):
        here.catalogue.add_alias(hill, UnitName("spring"), "a slip of the hub", ama)
    assert meant(here, "Spring", "year") == "S3"
    here.catalogue.add_alias(hill, UnitName("Spring", "", NameScope.PROFILE, "harbour"), "a slip of the office", ama)
    here.catalogue = Catalogue(here.hub)
    assert meant(here, "Spring", "boats") == "N2"
    with pytest.raises(Refused, match=r"Spring is the name of Hill \(N2\)"):
        here.catalogue.add_alias(here.catalogue.unit("N1"), UnitName("Spring", "", NameScope.PROFILE, "harbour"), "another slip", ama)


def test_a_batch_knows_the_aliases_it_was_read_by(here: Desk) -> None:
    meant(here, "Spring", "year")
    here.catalogue.add_alias(here.catalogue.unit("S3"), UnitName("Sprng"), "a slip", here.person("ama"))
    here.catalogue = Catalogue(here.hub)
    meant(here, "Sprng", "old")
    with here.hub.database.reading() as connection:
        digests = connection.exec_driver_sql("SELECT alias_sha256 FROM batch").scalars().all()
    assert len(set(digests)) == 2


def test_where_nobody_knows_what_a_unit_came_out_of_the_office_is_asked(tmp_path: Path) -> None:
    finding = refusal(isle(tmp_path, *ALL, {"units.csv": f"{UNITS}S4,town,S,Brook,2019-12-14,,,,,office,draft\n"}), "Brook", "old")
    assert str(finding.message) == "Brook (S4) began on 2019-12-14 only."
    assert str(finding.hint) == "Ask the office which unit's ground the figure is of, or leave it out."
