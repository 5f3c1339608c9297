"""The hub's own import profiles: found beside those of the plugins, named by a path, and never in the way of others when they are broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select
from tests.hub_fixtures import Desk
from tests.isle import isle, profile

from sdgcities.hub.config import load_config
from sdgcities.hub.hub import Hub
from sdgcities.hub.profiles import unusable_profiles
from sdgcities.model.places import NameScope, UnitName
from sdgcities.registry.catalogue import Catalogue
from sdgcities.store.tables import batch, source

OFFICE = "{office: Harbour Office, table: Register of boats, licence: CC-BY-4.0, url: 'https://example.org/boats'}"


def written(desk: Desk, name: str, where: Path | None = None, **changes: str) -> Path:
    """A profile of the hub's own, in its folder or elsewhere."""
    (text,) = profile(name, **{"source": OFFICE, "file": '"harbour*.csv"', "version": '"2"', **changes}).values()
    path = (where or desk.folder / "profiles") / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def reopened(desk: Desk) -> Desk:
    """The hub as the next command opens it."""
    hub = Hub.open(desk.folder, desk.scratch / "plugins")
    return Desk(desk.folder, desk.scratch, hub, Catalogue(hub), answering="ama")


def boats(desk: Desk, name: str = "harbour.csv", town: str = "Spring") -> Path:
    return desk.table(name, ["town", "boats"], [[town, "3"]])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return isle(tmp_path, profile("yearbook", file="'year*.csv'"))


def test_a_profile_in_the_hubs_folder_reads_its_files(desk: Desk) -> None:
    written(desk, "harbour")
    desk = reopened(desk)
    report = desk.bring(boats(desk))
    assert (report.blocked, report.profile, report.stored) == (False, "harbour", 1)
    with desk.hub.database.reading() as connection:
        assert connection.execute(select(batch.c.plugin, batch.c.plugin_version)).one() == ("hub", "2")
        assert connection.execute(select(source.c.office, source.c.licence)).one() == ("Harbour Office", "CC-BY-4.0")
    assert desk.bring(boats(desk, "yearbook.csv")).profile == "yearbook"


def test_a_name_can_be_decided_for_the_files_of_the_hubs_own_profile(desk: Desk) -> None:
    written(desk, "harbour")
    desk = reopened(desk)
    assert desk.bring(boats(desk, town="The Pier")).blocked
    name = UnitName("The Pier", "", NameScope.PROFILE, "harbour")
    desk.catalogue.add_alias(desk.catalogue.unit("S3"), name, "so the harbour office calls it", desk.person("ama"))
    assert desk.bring(boats(desk, town="The Pier")).stored == 1


def test_a_source_of_the_countrys_plugin_can_be_named(desk: Desk) -> None:
    written(desk, "harbour", source="office")
    desk = reopened(desk)
    assert desk.bring(boats(desk)).stored == 1
    assert desk.figures("S3")[0].office == "Statistics Isle"


def test_a_profile_is_named_by_its_path(desk: Desk, tmp_path: Path) -> None:
    path = written(desk, "harbour", tmp_path)
    report = desk.bring(boats(desk), profile=str(path))
    assert (report.blocked, report.profile, report.stored) == (False, "harbour", 1)
    written(desk, "harbour")
    assert reopened(desk).bring(boats(desk), profile=str(path)).unchanged == 1


@pytest.mark.parametrize(
    ("changes", "problem", "line"),
    [
        ({"source": "registry"}, "No plugin of the country has a source registry.", 4),
        ({"country": "XB"}, "The profile is for XB, which hub.yaml does not declare.", 3),
        ({"units": "[{column: town, level: hamlet}]"}, "The country has no level hamlet.", 9),
        ({"version": "2"}, "Must be of type text; here stands 2.", 12),
        ({"unit": "x"}, "unit is not known here.", 13),
    ],
)
def test_a_broken_profile_is_told_by_its_line_and_keeps_no_other_from_working(desk: Desk, changes: dict[str, str], problem: str, line: int) -> None:
    path = written(desk, "harbour", None, **changes)
    written(desk, "quay", file="'quay*.csv'")
    desk = reopened(desk)
    assert desk.bring(boats(desk, "quay.csv")).profile == "quay"
    assert desk.bring(boats(desk, "yearbook.csv")).profile == "yearbook"
    named = desk.bring(boats(desk), profile="harbour").findings[0]
    assert (str(named.message), named.where.line, named.where.file) == (problem, line, str(path))
    assert [str(finding.message) for finding in desk.bring(boats(desk)).findings][-1] == problem
    manifests = desk.hub.plugins.manifests
    assert [str(finding.message) for finding in unusable_profiles(desk.folder, load_config(desk.folder), manifests)] == [problem]


def test_an_id_that_a_plugin_has_is_refused_with_both_names(desk: Desk) -> None:
    path = written(desk, "yearbook")
    desk = reopened(desk)
    assert desk.bring(boats(desk, "yearbook.csv")).profile == "yearbook"
    (finding,) = desk.bring(boats(desk), profile=str(path)).findings
    assert (finding.code, str(finding.message), finding.where.file) == ("profile.twice", "The plugin isle has a profile yearbook too.", str(path))
    assert [found.code for found in unusable_profiles(desk.folder, load_config(desk.folder), desk.hub.plugins.manifests)] == ["profile.twice"]


def test_another_profile_of_the_same_id_is_refused(desk: Desk, tmp_path: Path) -> None:
    written(desk, "harbour")
    other = written(desk, "harbour", tmp_path, title="Ships")
    (finding,) = reopened(desk).bring(boats(desk), profile=str(other)).findings
    assert finding.code == "profile.twice"
    assert str(desk.folder / "profiles" / "harbour.yaml") in str(finding.message)


@pytest.mark.parametrize(("name", "code"), [("missing.yaml", "file.missing"), ("harbour.yml", "plugin.suffix"), ("harbour", "profile.unknown")])
def test_a_path_without_a_profile(desk: Desk, tmp_path: Path, name: str, code: str) -> None:
    wanted = str(tmp_path / name) if "." in name else name
    (finding,) = desk.bring(boats(desk), profile=wanted).findings
    assert finding.code == code
