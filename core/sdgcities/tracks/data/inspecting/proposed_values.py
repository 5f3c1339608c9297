"""The columns of figures in a proposed profile: what each is of, and near indicators where that is not known."""

from __future__ import annotations

from collections.abc import Iterator

from sdgcities.findings import Message, msg
from sdgcities.model.profiles import TOTAL
from sdgcities.model.statistics import ObservationStatus
from sdgcities.tracks.data.inspecting.deciding import indicator_named, near_indicators
from sdgcities.tracks.data.inspecting.inspection import Inspection
from sdgcities.tracks.data.inspecting.known import measure_of
from sdgcities.tracks.data.inspecting.reading import Reading
from sdgcities.tracks.data.inspecting.told_figures import ratio_columns
from sdgcities.tracks.data.inspecting.words import words
from sdgcities.tracks.data.inspecting.yaml_lines import UNDECIDED, Line, flow, line, note, scalar


def indicator_lines(reading: Reading) -> Iterator[Line]:
    """The column that names the indicator, each text with its code."""
    if reading.indicator < 0:
        return
    yield line("indicator:")
    yield line(
        f"  column: {scalar(reading.names[reading.indicator])}", msg("is this a disaggregation? Then move it to dimensions") if reading.guessed else None
    )
    yield line("  keys:")
    for cell in reading.texts(reading.indicator):
        code = indicator_named(reading.known, cell.text)
        yield line(f"    {scalar(cell.text)}: {scalar(code or UNDECIDED)}", None if code else _near(reading, [cell.text]))


def value_lines(inspection: Inspection, reading: Reading) -> Iterator[Line]:
    """Every column of figures; columns of years by one pattern."""
    yield line("values:")
    in_years = {place for one in reading.years for place in one.places}
    named = reading.indicator >= 0
    titles = [cell.text for cell in reading.layout.titles]
    ratios = ratio_columns(inspection, reading)
    for years in reading.years:
        entry: dict[str, object] = {"columns": years.pattern}
        stem = years.stem
        code = indicator_named(reading.known, stem) if stem.strip() else ""
        scale = _scale(not ratios.isdisjoint(years.places))
        yield from (note(_RATIO) for _ in scale)
        yield from _entry(entry, code, _near(reading, [stem, *titles, inspection.path.stem]), named=named, more=scale)
    for place in (place for place in reading.values if place not in in_years):
        name = reading.names[place]
        entry = {"column": name}
        heading = reading.headings.get(place)
        stem = heading.stem if heading else name
        code = indicator_named(reading.known, name)
        scale = _scale(place in ratios)
        dimensions = {key: value for key, value in heading.codes.items() if value != TOTAL} if heading else {}
        more: dict[str, object] = {**({"dimensions": dimensions} if dimensions else {}), **scale}
        texts = [stem, name] if stem.casefold() not in words().value else [*titles, inspection.path.stem]
        yield from (note(_RATIO) for _ in scale)
        yield from _entry(entry, code, _near(reading, texts), named=named, more=more)


_RATIO = msg('stored as a ratio, shown as per cent: "100" where the indicator is in per cent, "1" where it is a ratio')


def _scale(ratio: bool) -> dict[str, object]:  # noqa: FBT001 - two callers
    """What the figures of a column are multiplied by: only a person knows, where a workbook shows ratios as per cent."""
    return {"scale": UNDECIDED} if ratio else {}


def _entry(entry: dict[str, object], code: str, near: Message, *, named: bool, more: dict[str, object]) -> Iterator[Line]:
    if not named:
        entry["indicator"] = code or UNDECIDED
    yield line(f"  - {flow(entry | more)}", None if code or named else near)


def _near(reading: Reading, texts: list[str]) -> Message:
    near = near_indicators(reading.known, texts)
    if not near or reading.known is None:
        return msg("which indicator? sdgcities indicator list")
    listed = "; ".join(f"{code} {reading.known.indicators[code].name}" for code in near)
    return msg("which indicator? Perhaps: %(near)s", near=listed)


def status_lines(reading: Reading) -> Iterator[Line]:
    """The column that tells how settled the figures are."""
    if reading.status >= 0:
        codes = {cell.text: cell.text if cell.text in set(ObservationStatus) else UNDECIDED for cell in reading.texts(reading.status)}
        yield line(
            f"observation_status: {flow({'column': reading.names[reading.status], 'codes': codes})}",
            msg("A normal, P provisional, E estimated, U unreliable; if the marks say something else, move the column to ignore"),
        )


def unit_measure_line(reading: Reading) -> Iterator[Line]:
    """The column with the unit of measure."""
    if reading.measure < 0:
        return
    codes = {cell.text: measure_of(reading.known, cell.text) or UNDECIDED for cell in reading.texts(reading.measure)}
    remark = msg("the hub's unit of each, held against that of the indicator") if UNDECIDED in codes.values() else None
    yield line(f"unit_measure: {flow({'column': reading.names[reading.measure], 'codes': codes})}", remark)
