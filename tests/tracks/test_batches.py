"""Batches listed, compared, taken back as a whole or in part; a figure corrected, and what rested on it."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.hub_fixtures import HO, Desk
from tests.tracks.test_folders import TWO, bring, folder

from sdgcities.errors import Refused
from sdgcities.registry.reports_made import record_report
from sdgcities.tracks.data.batches.comparing import compare
from sdgcities.tracks.data.batches.correcting import Corrected, Correction, correct
from sdgcities.tracks.data.batches.listing import details, listed
from sdgcities.tracks.data.batches.resting import replaced_by, rests_on
from sdgcities.tracks.data.batches.reverting import Reverted, batches, revert


def take_back(desk: Desk, batch: int) -> Reverted:
    return revert(desk.hub, batch, desk.person("ama"))


def put(desk: Desk, value: str, *more: dict[str, object]) -> int:
    report = desk.bring(desk.tidy({"value": value}, *more, name=f"value{value}.csv"))
    assert report.batch is not None, report.findings
    return report.batch


def standing(desk: Desk) -> list[tuple[str, str, str, str]]:
    return [(figure.indicator, figure.dims, str(figure.period), str(figure.value)) for figure in desk.figures()]


def test_a_folder_is_taken_back_as_one_and_restored_as_one(desk: Desk) -> None:
    report = bring(desk, folder(desk, TWO))
    assert report.batch == 3
    before = standing(desk)
    back = take_back(desk, 3)
    assert (back.taken_back, back.left, standing(desk)) == (3, 0, [])
    for part in (1, 2, 3):
        with pytest.raises(Refused, match="taken back already"):
            take_back(desk, part)
    assert take_back(desk, back.batch).taken_back == 3
    assert standing(desk) == before
    assert desk.chain()[1] is None


def test_one_file_of_a_folder_can_be_taken_back_alone(desk: Desk) -> None:
    bring(desk, folder(desk, TWO))
    take_back(desk, 1)
    assert [period for _, _, period, _ in standing(desk)] == ["2021", "2021"]
    take_back(desk, 3)
    assert standing(desk) == []
    restored = take_back(desk, 5)
    assert restored.taken_back == 2
    assert [period for _, _, period, _ in standing(desk)] == ["2021", "2021"]  # the file that was taken back alone stays away


ROWS = st.lists(st.tuples(st.sampled_from(["2019", "2020", "2021-S1"]), st.integers(100, 109)), min_size=1, max_size=3, unique_by=lambda row: row[0])


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(ROWS | st.integers(0, 20), max_size=5))
def test_taking_back_what_took_back_restores_whatever_happened_before(desk: Desk, steps: list[list[tuple[str, int]] | int]) -> None:
    for step in steps:
        if isinstance(step, list):
            desk.bring(desk.tidy(*({"period": period, "value": value} for period, value in step)))
        elif known := [row["id"] for row in batches(desk.hub)]:
            with suppress(Refused):
                take_back(desk, known[step % len(known)])
    before = standing(desk)
    for number in [row["id"] for row in batches(desk.hub)][:6]:
        try:
            undone = take_back(desk, number)
        except Refused:
            continue
        take_back(desk, undone.batch)
        assert standing(desk) == before
    assert desk.chain()[1] is None


def test_the_list_has_one_line_for_a_folder(desk: Desk) -> None:
    put(desk, "100")
    bring(desk, folder(desk, TWO))
    take_back(desk, 4)
    found = [(one.row["id"], one.kind, one.files, one.reverted_by) for one in listed(desk.hub)]
    assert found == [(5, "revert", 0, None), (4, "folder", 2, 5), (1, "file", 1, None)]


def test_a_batch_is_told_in_full(desk: Desk) -> None:
    put(desk, "100", {"period": "2020"})
    report = desk.bring(desk.tidy({"value": "103"}, {"period": "2019"}, {"unit": "GH9999"}, name="b.csv"), accept_partial=True)
    found = details(desk.catalogue, report.batch or 0)
    assert [(one.indicator, one.figures, one.units, one.first, one.last) for one in found.contents] == [("GH-POP", 2, 1, "2019-01-01", "2021-12-31")]
    assert (found.new, [(one.period, one.old, one.new) for one in found.changes]) == (1, [("2021", "100", "103")])
    assert [(one.row, one.code) for one in found.refused] == [(4, "unit.unknown")]
    assert found.shows.figures == 2
    back = details(desk.catalogue, take_back(desk, 2).batch)
    assert {(one.period, one.old, one.new) for one in back.changes} == {("2021", "103", "100"), ("2019", "100", None)}


def test_two_batches_are_held_against_each_other(desk: Desk) -> None:
    put(desk, "100", {"period": "2020"}, {"period": "2018"})
    put(desk, "101", {"period": "2019"}, {"period": "2018", "value": "100.0"})
    take_back(desk, 2)
    again = desk.bring(desk.tidy({"value": "102"}, {"period": "2019"}, {"period": "2017"}, name="again.csv"))
    found = compare(desk.catalogue, 2, again.batch or 0)
    assert found.equal == 1
    assert [(pair.period, pair.first, pair.second) for pair in found.different] == [("2021", "101", "102")]
    assert ([pair.period for pair in found.only_first], [pair.period for pair in found.only_second]) == ([], ["2017"])
    with pytest.raises(Refused, match="no batch 99"):
        compare(desk.catalogue, 1, 99)


def amend(desk: Desk, value: str = "101", **more: object) -> Corrected:
    fields: dict[str, object] = {"place": HO, "indicator": "GH-POP", "period": "2021", "reason": "The office's erratum of June.", "value": value, **more}
    return correct(desk.catalogue, Correction(**fields), desk.person("ama"), desk.person("kofi"))  # type: ignore[arg-type]


def test_a_correction_is_a_batch_with_a_reason_and_the_old_value_stays(desk: Desk) -> None:
    put(desk, "100")
    done = amend(desk)
    assert (done.batch, done.before.value) == (2, Decimal(100))
    (figure,) = desk.figures()
    assert (str(figure.value), figure.revision, figure.reason, figure.office) == ("101", 1, "The office's erratum of June.", "Municipal register")
    assert next((one.kind, one.row["reason"]) for one in listed(desk.hub)) == ("correction", "The office's erratum of June.")
    assert take_back(desk, 2).taken_back == 1
    assert desk.value() == "100"
    assert desk.chain()[1] is None


def test_a_value_can_be_corrected_to_a_reason_for_none_and_of_a_split(desk: Desk) -> None:
    put(desk, "100", {"sex": "F", "value": "52"})
    amend(desk, "", missing="confidential", dimensions={"sex": "F"}, status="P", source="Ministry; Table 2")
    found = {figure.dims: figure for figure in desk.figures()}
    split = found["sex=F"]
    assert (split.value, split.missing, split.status, split.office, split.table) == (None, "confidential", "P", "Ministry", "Table 2")
    assert found[""].value == 100


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"period": "2020"}, "correct.none"),
        ({"dimensions": {"sex": "F"}}, "correct.none"),
        ({"value": "100.0"}, "correct.same"),
        ({"value": "many"}, "value.number"),
        ({"value": "-1"}, "value.low"),
        ({"status": "Z"}, "status"),
        ({"period": "2021-W05"}, "period.unreadable"),
        ({"indicator": "GH-NONE"}, "indicator.unknown"),
        ({"place": "Nowhere"}, "unit.unknown"),
        ({"reason": " "}, "correct.reason"),
        ({"value": "", "missing": "forgotten"}, "value.reason"),
    ],
)
def test_what_an_import_refuses_a_correction_refuses_too(desk: Desk, typed: dict[str, object], code: str) -> None:
    put(desk, "100")
    before = desk.counts()
    with pytest.raises(Refused) as refused:
        amend(desk, **typed)  # type: ignore[arg-type]
    assert refused.value.findings[0].code == code
    assert desk.counts() == before


@pytest.mark.parametrize(("typed", "stands"), [("180.421", "180420"), ("9.750", "9751")])
def test_a_point_between_thousands_is_no_decimal_point(desk: Desk, typed: str, stands: str) -> None:
    """As half of the world writes a hundred and eighty thousand."""
    put(desk, stands)
    with pytest.raises(Refused) as refused:
        amend(desk, typed)
    assert refused.value.findings[0].code == "correct.thousands"
    assert str(refused.value.findings[0].message) == f"“{typed}” can be read as {typed} or as {typed.replace('.', '')}."
    assert desk.value() == stands


def test_a_figure_of_three_decimals_is_corrected(desk: Desk) -> None:
    put(desk, "180")
    amend(desk, "180.421")
    assert desk.value() == "180.421"


def test_reports_that_showed_the_older_figure_are_named(desk: Desk) -> None:
    record_report(desk.hub.database, HO, "en", "before.html", "0" * 64, desk.person("ama"))
    put(desk, "100")
    record_report(desk.hub.database, HO, "en", "old.html", "1" * 64, desk.person("ama"))
    done = amend(desk)
    record_report(desk.hub.database, HO, "ak", "new.html", "2" * 64, desk.person("ama"))
    resting = rests_on(desk.catalogue, replaced_by(desk.catalogue, done.batch))
    assert [(one.kind, one.city, one.what, one.state, one.indicators) for one in resting] == [("report", HO, "old.html", "en", ("GH-POP",))]
    back = take_back(desk, done.batch)
    assert [one.what for one in rests_on(desk.catalogue, replaced_by(desk.catalogue, back.batch))] == ["new.html"]


def test_where_new_figures_show_is_told_of_every_one(desk: Desk) -> None:
    places = desk.catalogue.places["GH"]
    region = next(unit for unit in places.ancestors(places.units[HO]) if unit.id != "GH")
    other = next(unit.id for unit in places.units.values() if unit.level == "district" and unit.valid_to is None and unit.valid_from is None and unit.id != HO)
    put(desk, "100", {"period": "2022"})
    report = desk.bring(
        desk.tidy({"period": "2019"}, {"period": "2019", "sex": "F", "value": "52"}, {"unit": region.id}, {"unit": other}, name="more.csv"),
    )
    shows = report.shows
    assert shows is not None, report.findings
    assert (shows.figures, shows.units, [unit.id for unit in shows.cities]) == (4, 3, [HO])
    assert ([unit.id for unit in shows.around], shows.elsewhere, shows.older) == ([region.id], (other,), 1)
    (indicator,) = shows.indicators
    assert (indicator.code, indicator.core, dict(indicator.split)) == ("GH-POP", desk.catalogue.indicators["GH"]["GH-POP"].core, {"sex": 1})
    assert details(desk.catalogue, report.batch or 0).shows == shows


def test_an_import_that_has_no_room_is_refused_before_it_begins(desk: Desk) -> None:
    from sdgcities.tracks.data.importing.folder import import_folder  # noqa: PLC0415 - beside its sibling
    from sdgcities.tracks.data.importing.request import Request  # noqa: PLC0415
    from sdgcities.tracks.data.importing.run import import_file  # noqa: PLC0415

    before, ama = desk.counts(), desk.person("ama")
    one = import_file(desk.catalogue, Request(desk.tidy({}), ama, ama, room=1_000_000))
    many = import_folder(desk.catalogue, Request(folder(desk, TWO), ama, ama, room=1_000_000))
    expected = [] if desk.databases.name == "postgresql" else ["import.room"]
    assert [finding.code for finding in one.findings] == expected
    assert [finding.code for finding in many.findings if finding.code != "import.revised"] == expected
    assert expected == [] or (desk.counts() == before and "has 0 MB left" in str(one.findings[0].message))


def test_files_keep_their_names_when_they_come_again_alone(desk: Desk) -> None:
    path = folder(desk, TWO)
    bring(desk, path)
    report = desk.bring(path / "later" / "2021.csv")
    assert (report.stored, report.unchanged, Path(report.file).name) == (0, 2, "2021.csv")
