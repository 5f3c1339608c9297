"""What a hub holds as a whole, and the reasons that let a doubt pass."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from tests.hub_fixtures import HO, Desk

from sdgcities.errors import Refused
from sdgcities.findings import Finding, Severity
from sdgcities.intake.schema import load_checked
from sdgcities.model.statistics import Indicator, parse_period
from sdgcities.registry.people import Acting
from sdgcities.store.tables import justification
from sdgcities.tracks.data.batches.correcting import Correction, correct
from sdgcities.tracks.data.batches.reverting import revert
from sdgcities.tracks.data.importing.request import Report, Request
from sdgcities.tracks.data.importing.run import import_file
from sdgcities.tracks.data.quality import across_units, over_time
from sdgcities.tracks.data.quality.checks import CHECKS, SCHEMA, checks
from sdgcities.tracks.data.quality.doubt import Doubt
from sdgcities.tracks.data.quality.held import EVERYTHING, Line, Table
from sdgcities.tracks.data.quality.justifying import justify
from sdgcities.tracks.data.quality.survey import Survey, survey

TODAY = date(2024, 6, 30)
SAME = "quality.same-years"
SUBJECT = f"{HO} GH-POP 2010..2015"


def bring(desk: Desk, path: Path, justified: dict[str, str]) -> Report:
    return import_file(desk.catalogue, Request(path, desk.person("ama"), desk.person("kofi"), justified=justified))


def constant(desk: Desk, until: int = 2015) -> Path:
    return desk.tidy(*({"period": year, "value": "121345"} for year in range(2010, until + 1)))


def doubted(report: Report) -> list[Finding]:
    """What was found beside that figures replace others."""
    return [finding for finding in report.findings if finding.code != "import.revised"]


def of(found: Survey, code: str) -> list[Doubt]:
    return [doubt for doubt in (*found.doubts, *found.justified) if doubt.finding.code == code]


def test_a_doubt_stops_an_import_until_its_reason_is_given(desk: Desk) -> None:
    stopped = bring(desk, constant(desk), {})
    assert (stopped.stored, stopped.batch) == (0, None)
    kept = bring(desk, constant(desk), {SAME: "The register was not kept up until 2016."})
    assert kept.stored == 6
    with desk.hub.database.reading() as connection:
        (row,) = connection.execute(select(justification)).all()
    assert (row.code, row.subject, row.reason, row.batch, row.actor) == (SAME, SUBJECT, "The register was not kept up until 2016.", kept.batch, "ama")
    (doubt,) = of(survey(desk.catalogue, today=TODAY), SAME)
    assert (doubt.subject, doubt.justified, doubt.finding.severity) == (SUBJECT, "The register was not kept up until 2016.", Severity.NOTE)
    assert doubt.finding.hint is not None
    assert "The register was not kept up until 2016." in str(doubt.finding.hint)


def test_an_older_doubt_does_not_stop_a_newer_year(desk: Desk) -> None:
    assert bring(desk, constant(desk), {SAME: "So kept."}).stored == 6
    assert bring(desk, desk.tidy({"period": "2016", "value": "125002"}, name="next.csv"), {}).stored == 1


def test_a_reason_holds_for_the_years_it_was_given_for(desk: Desk) -> None:
    assert bring(desk, constant(desk), {SAME: "So kept."}).stored == 6
    again = bring(desk, constant(desk, 2017), {})
    assert (again.stored, again.batch) == (0, None)
    assert [finding.severity for finding in again.findings if finding.code == SAME] == [Severity.JUSTIFY]


def test_a_reason_can_be_given_afterwards(desk: Desk) -> None:
    jump = [{"period": str(year), "value": str(value)} for year, value in zip(range(2010, 2016), (91000, 92100, 93000, 15400, 95100, 96000), strict=True)]
    assert bring(desk, desk.tidy(*jump), {}).stored == 6
    (doubt,) = of(survey(desk.catalogue, today=TODAY), "quality.jump")
    assert doubt.subject == f"{HO} GH-POP 2012..2013"
    justify(desk.catalogue, "quality.jump", f"  {HO} GH-POP   2012..2013", "Half of the register burnt in 2013.", desk.person("ama"))
    found = survey(desk.catalogue, today=TODAY)
    assert [one.subject for one in found.justified] == [doubt.subject]
    assert of(found, "quality.jump")[0].justified == "Half of the register burnt in 2013."
    assert desk.chain()[1] is None
    plausible = next(one for one in found.counts() if one.of == "plausibility")
    assert (plausible.doubts, plausible.notes, plausible.justified) == (0, 0, 1)


@pytest.mark.parametrize(
    ("code", "subject", "reason", "refusal"),
    [
        ("quality.same-year", SUBJECT, "x", "justify.code"),
        (SAME, SUBJECT, "  ", "justify.empty"),
        (SAME, " ", "x", "justify.empty"),
        (SAME, SUBJECT, "x", "justify.subject"),
    ],
)
def test_what_is_no_justification_is_refused(desk: Desk, code: str, subject: str, reason: str, refusal: str) -> None:
    with pytest.raises(Refused) as refused:
        justify(desk.catalogue, code, subject, reason, desk.person("ama"))
    assert [finding.code for finding in refused.value.findings] == [refusal]


def test_only_an_operator_justifies(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        justify(desk.catalogue, SAME, SUBJECT, "So kept.", Acting("kofi", desk.person("kofi").roles))
    assert refused.value.findings[0].code == "actor.role"


JUMP = [{"period": str(year), "value": str(value)} for year, value in zip(range(2010, 2016), (91000, 92100, 93000, 15400, 95100, 96000), strict=True)]


def test_a_reason_may_be_given_for_a_longer_time(desk: Desk) -> None:
    assert bring(desk, desk.tidy(*JUMP), {}).stored == 6
    justify(desk.catalogue, "quality.jump", f"{HO} GH-POP 2012..2014", "So counted.", desk.person("ama"))
    assert of(survey(desk.catalogue, today=TODAY), "quality.jump")[0].justified == "So counted."


@pytest.mark.parametrize("subject", [f"{HO} GH-PPO 2012..2013", "GH1409 GH-POP 2012..2013", "2012..2013", "x"])
def test_a_reason_for_nothing_is_refused_with_what_is_near(desk: Desk, subject: str) -> None:
    assert bring(desk, desk.tidy(*JUMP), {}).stored == 6
    before = desk.counts()
    with pytest.raises(Refused) as refused:
        justify(desk.catalogue, "quality.jump", subject, "So counted.", desk.person("ama"))
    (finding,) = refused.value.findings
    assert (finding.code, desk.counts()) == ("justify.subject", before)
    assert str(finding.hint).endswith(f"The nearest: {HO} GH-POP 2012..2013.")
    with pytest.raises(Refused) as other:
        justify(desk.catalogue, SAME, f"{HO} GH-POP 2012..2013", "So counted.", desk.person("ama"))
    assert str(other.value.findings[0].hint).startswith("There is none of that code.")


def test_a_survey_tells_how_far_it_is(desk: Desk) -> None:
    assert bring(desk, desk.tidy(*JUMP, *({"sex": sex, "value": value} for sex, value in (("F", "49000"), ("M", "47000"))), name="split.csv"), {}).stored == 8
    told: list[int] = []
    survey(desk.catalogue, today=TODAY, progress=told.append)
    assert sum(told) == desk.counts()["series"]


CORRECTED = "quality.corrected"


def amend(desk: Desk, value: str, period: str = "2021", status: str = "", **dimensions: str) -> int:
    typed = Correction(HO, "GH-POP", period, "Erratum of June.", value, dimensions=dimensions, status=status)
    return correct(desk.catalogue, typed, desk.person("ama"), desk.person("kofi")).batch


def test_an_old_file_does_not_undo_a_correction_in_silence(desk: Desk) -> None:
    old = desk.tidy({"value": "180420"}, {"period": "2010", "value": "96213"})
    assert bring(desk, old, {}).stored == 2
    amend(desk, "180421")
    stopped = bring(desk, old, {})
    assert (stopped.stored, stopped.batch) == (0, None)
    assert {str(figure.value) for figure in desk.figures()} == {"96213", "180421"}
    (finding,) = doubted(stopped)
    assert (finding.code, finding.severity, finding.where.file) == (CORRECTED, Severity.JUSTIFY, str(old))
    on = desk.figures()[-1].at[:10]
    assert str(finding.message) == f"Ho Municipal ({HO}), GH-POP, 2021: corrected to 180421 by kofi on {on} (Erratum of June.), but 180420 in the file."
    assert f'--justify {CORRECTED}="REASON"' in str(finding.hint)
    assert bring(desk, desk.tidy({"value": "180421"}, name="agrees.csv"), {}).batch is None
    assert bring(desk, desk.tidy({"period": "2011", "value": "98000"}, name="other.csv"), {}).stored == 1
    passed = bring(desk, old, {CORRECTED: "The erratum was withdrawn."})
    assert passed.stored == 1
    assert {str(figure.value) for figure in desk.figures() if str(figure.period) == "2021"} == {"180420"}
    with desk.hub.database.reading() as connection:
        kept = connection.execute(select(justification.c.code, justification.c.subject, justification.c.batch)).all()
    assert [tuple(row) for row in kept] == [(CORRECTED, f"{HO} GH-POP 2021", passed.batch)]


def test_a_reason_for_one_correction_is_none_for_the_next(desk: Desk) -> None:
    old = desk.tidy({"value": "180420"})
    bring(desk, old, {})
    amend(desk, "180421")
    passed = bring(desk, old, {CORRECTED: "The erratum was withdrawn."})
    amend(desk, "180422")
    amend(desk, "180423")  # a correction may be corrected
    assert [finding.severity for finding in doubted(bring(desk, old, {}))] == [Severity.JUSTIFY]
    assert passed.batch is not None
    assert desk.value() == "180423"


def test_several_corrections_are_told_as_one_doubt(desk: Desk) -> None:
    rows = [{"period": str(year), "value": str(90_000 + 731 * (year - 2010))} for year in range(2010, 2015)]
    rows.append({"period": "2014", "sex": "F", "value": "47100"})
    old = desk.tidy(*rows)
    assert bring(desk, old, {}).stored == 6
    for year in range(2010, 2014):
        amend(desk, str(90_001 + 731 * (year - 2010)), str(year))
    amend(desk, "47101", "2014", sex="F")
    (finding,) = doubted(bring(desk, old, {}))
    assert str(finding.message).startswith(f"5 corrected figures would be set back, such as: Ho Municipal ({HO}), GH-POP, 2010: corrected to 90001 by kofi")
    assert str(finding.message).count("in the file.") == 3
    assert bring(desk, old, {CORRECTED: "All five errata were withdrawn."}).stored == 5


def test_a_correction_of_the_status_counts_and_one_taken_back_does_not(desk: Desk) -> None:
    old = desk.tidy({"value": "180420"})
    bring(desk, old, {})
    number = amend(desk, "180420", status="E")
    (finding,) = doubted(bring(desk, old, {}))
    assert "corrected to 180420 E by kofi" in str(finding.message)
    assert "but 180420 A in the file" in str(finding.message)
    revert(desk.hub, number, desk.person("ama"))
    assert bring(desk, desk.tidy({"value": "180500"}, name="newer.csv"), {}).stored == 1


def test_two_offices_that_differ(desk: Desk) -> None:
    first, same, other = ({"value": "120345"}, {"value": "120345", "source": "Ministry"}, {"value": "118000", "source": "Ministry"})
    assert bring(desk, desk.tidy(first), {}).stored == 1
    assert bring(desk, desk.tidy(same, name="same.csv"), {}).batch is None
    stopped = bring(desk, desk.tidy(other, name="other.csv"), {})
    assert [(finding.code, finding.severity) for finding in doubted(stopped)] == [("quality.other-office", Severity.JUSTIFY)]
    assert "120345 by Municipal register, 118000 by Ministry" in str(doubted(stopped)[0].message)
    assert bring(desk, desk.tidy({"value": "120346"}, name="revised.csv"), {}).stored == 1


def test_a_year_carried_on_from_another_file_is_noted(desk: Desk) -> None:
    """The import is kept; the hub as a whole doubts it."""
    districts = [unit.id for unit in desk.catalogue.places["GH"].units.values() if unit.level == "district" and unit.valid_to is None][:12]
    for year in ("2020", "2021"):
        rows = [{"unit": unit, "period": year, "value": str(40_000 + 977 * place)} for place, unit in enumerate(districts)]
        brought = bring(desk, desk.tidy(*rows, name=f"{year}.csv"), {})
        assert brought.stored == 12
    assert [(finding.code, finding.severity) for finding in brought.findings] == [("quality.copied-period", Severity.NOTE)]
    (doubt,) = of(survey(desk.catalogue, today=TODAY), "quality.copied-period")
    assert (doubt.subject, doubt.finding.severity) == ("district GH-POP 2020..2021", Severity.JUSTIFY)


def test_shares_of_more_than_a_hundred(desk: Desk) -> None:
    def rows(first: str) -> list[dict[str, str]]:
        shares = {"Q1": first, "Q2": "25", "Q3": "20", "Q4": "20", "Q5": "15"}
        usual = [{"period": str(year), "wealth_quintile": code, "value": value} for year in range(2010, 2017) for code, value in {**shares, "Q1": "20"}.items()]
        return usual + [{"period": "2017", "wealth_quintile": code, "value": value} for code, value in shares.items()]

    stopped = bring(desk, desk.tidy(*({"indicator": "GH-6.1.1", **row} for row in rows("40"))), {})
    assert ("quality.shares-sum", Severity.JUSTIFY) in {(finding.code, finding.severity) for finding in stopped.findings}
    sound = bring(desk, desk.tidy(*({"indicator": "GH-6.1.1", **row} for row in rows("21"))), {})
    assert "quality.shares-sum" not in {finding.code for finding in sound.findings}


def test_what_is_lacking_and_what_is_old(desk: Desk) -> None:
    districts = [unit.id for unit in desk.catalogue.places["GH"].units.values() if unit.level == "district" and unit.valid_to is None]
    full = [{"unit": unit, "value": str(40_000 + 977 * place)} for place, unit in enumerate(districts) if place % 50]
    yearly = [{"indicator": "GH-4.1.2", "period": str(year), "value": f"{40 + year % 7}.3"} for year in (2015, 2016, 2018, 2019)]
    others = [
        {"indicator": "GH-4.1.2", "unit": unit, "period": str(year), "value": f"{30 + year % 5}.{place}"}
        for place, unit in enumerate(districts[:3])
        for year in range(2015, 2020)
    ]
    assert bring(desk, desk.tidy(*full, *yearly, *others), {}).stored
    found = survey(desk.catalogue, today=TODAY)
    (lacking,) = of(found, "quality.lacking-units")
    assert (lacking.subject, len(lacking.units), lacking.of) == ("district GH-POP 2021", 6, "completeness")
    (hole,) = of(found, "quality.holes")
    assert (hole.subject, hole.finding.severity) == (f"{HO} GH-4.1.2 2017", Severity.NOTE)
    (old,) = of(found, "quality.out-of-date")
    assert (old.subject, old.of) == ("district GH-4.1.2 2019", "timeliness")
    assert of(survey(desk.catalogue, today=date(2021, 6, 30)), "quality.out-of-date") == []


def test_one_city_or_indicator_can_be_asked_for(desk: Desk) -> None:
    jump = [{"period": str(year), "value": str(value)} for year, value in zip(range(2010, 2016), (91000, 92100, 93000, 15400, 95100, 96000), strict=True)]
    assert bring(desk, desk.tidy(*jump), {}).stored == 6
    assert of(survey(desk.catalogue, unit=HO, today=TODAY), "quality.jump")
    assert of(survey(desk.catalogue, country="GH", indicator="GH-POP", today=TODAY), "quality.jump")
    assert survey(desk.catalogue, unit="GH0101", today=TODAY).doubts == ()
    assert survey(desk.catalogue, indicator="GH-4.1.2", today=TODAY).doubts == ()


def test_the_offices_own_files_come_in_without_a_reason(filled: Desk) -> None:
    """What the checks say of them was looked at one by one: notes, each of which is right."""
    found = survey(filled.catalogue, today=date(2026, 11, 22))
    assert found.justified == ()
    assert {doubt.finding.severity for doubt in found.doubts} == {Severity.NOTE}
    assert {(doubt.finding.code, doubt.subject) for doubt in found.doubts} == {
        ("quality.jump", "GH-R10-UW GH-4.a.1 2014..2015"),
        ("quality.units-sum", "GH10 GH-POP * 2021"),
        ("quality.units-sum", "GH14 GH-POP * 2021"),
        ("quality.lacking-units", "district GH-9.2.2 2014"),
        ("quality.out-of-date", "GH GH-4.a.1 2015"),
        ("quality.out-of-date", "GH GH-6.2.1 2011"),  # no newer ones will come of the ten regions that ended
    }


def test_the_checks_are_data_with_source_and_status() -> None:
    assert load_checked(CHECKS, SCHEMA).data
    assert len(checks()) == len({check.title for check in checks().values()})
    assert {check.of for check in checks().values()} == {"completeness", "timeliness", "plausibility", "consistency"}
    assert all(check.source.office and check.status.value != "official" for check in checks().values())


@given(
    level=st.floats(min_value=30, max_value=1e6),
    growth=st.floats(min_value=-0.06, max_value=0.09),
    noise=st.lists(st.floats(min_value=0.96, max_value=1.04), min_size=84, max_size=84),
    decimals=st.integers(min_value=0, max_value=2),
)
def test_realistic_growth_raises_nothing(ghana_population: Indicator, level: float, growth: float, noise: list[float], decimals: int) -> None:
    """Seven years of twelve units, each on its own level, all growing alike but for some noise."""
    years = [parse_period(str(year)) for year in range(2012, 2019)]
    lines = [
        Line(f"U{number}", [f"{level * (1 + number / 3) * (1 + growth) ** year * noise[number * 7 + year]:.{decimals}f}" for year in range(7)], EVERYTHING)
        for number in range(12)
    ]
    table = Table(ghana_population, "", tuple(years), lines)
    listed = checks()
    assert list(over_time.jumps(table, listed["quality.factor-ten"], listed["quality.jump"])) == []
    assert len(set(noise)) < 60 or list(across_units.copied_periods(table, listed["quality.copied-period"], {})) == []


@pytest.fixture(scope="session")
def ghana_population(ghana: object) -> Indicator:
    from sdgcities.plugin.plugins import Plugins  # noqa: PLC0415 - for its type

    assert isinstance(ghana, Plugins)
    return ghana.indicators("GH")["GH-POP"]
