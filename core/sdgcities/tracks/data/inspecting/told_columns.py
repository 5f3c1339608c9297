"""What is said of the columns beside the units: shape, period, disaggregation, indicator, and columns nobody knows."""

from __future__ import annotations

from collections.abc import Iterator

from sdgcities.findings import Finding, msg, nmsg
from sdgcities.model.statistics import ObservationStatus
from sdgcities.tracks.data.inspecting.asking import asks, cut, named, says, some
from sdgcities.tracks.data.inspecting.cells import packed_with
from sdgcities.tracks.data.inspecting.deciding import PeriodFrom, indicator_named, period_of
from sdgcities.tracks.data.inspecting.inspection import Inspection
from sdgcities.tracks.data.inspecting.known import measure_of
from sdgcities.tracks.data.inspecting.periods import PeriodColumn
from sdgcities.tracks.data.inspecting.reading import Reading, Role
from sdgcities.tracks.data.inspecting.words import plain, words


def about_columns(inspection: Inspection, reading: Reading) -> Iterator[Finding]:
    """Shape, period, disaggregation, indicator, the rest."""
    yield from _shape(inspection, reading)
    if reading.values:
        yield from _period(inspection, reading)
    yield from _dimensions(inspection, reading)
    yield from _indicator(inspection, reading)
    yield from _rest(inspection, reading)


def _shape(inspection: Inspection, reading: Reading) -> Iterator[Finding]:
    where = inspection.where()
    if not reading.values:
        hint = msg("Figures of indicators stand in columns of numbers: is this a list of codes, or another sheet's table?")
        yield asks("no-figures", msg("No column holds figures."), hint, where)
    elif reading.years and len(reading.values) > 1:
        years = [year for one in reading.years for year in one.years]
        said = msg("The table is wide: %(n)s columns are named after years, %(first)s to %(last)s.", n=len(years), first=min(years), last=max(years))
        yield says("wide", said, where)
    elif reading.wide:
        yield says(
            "wide",
            msg("The table is wide: %(n)s columns hold figures (%(names)s).", n=len(reading.values), names=named(_names(reading, reading.values))),
            where,
        )
    else:
        yield says("long", msg("The table is long: each row has one figure, in the column %(name)s.", name=cut(reading.names[reading.values[0]])), where)
    if reading.carried:
        told = msg("In these columns a text is written once and holds for the empty cells below it: %(names)s.", names=named(_names(reading, reading.carried)))
        yield says("carried", told, where, msg("If an empty cell means something else there, such as a total, take carried out of the profile."))


def _names(reading: Reading, places: tuple[int, ...] | list[int]) -> list[str]:
    return [reading.names[place] for place in places]


def _period(inspection: Inspection, reading: Reading) -> Iterator[Finding]:
    found, where = period_of(reading), inspection.where()
    if found.found is PeriodFrom.COLUMN:
        yield from _period_column(inspection, reading, reading.period, reading.periods[reading.period])
    elif found.found is PeriodFrom.COLUMNS:
        yield says("period", msg("The period is the year in the names of the columns."), where)
    elif found.found is PeriodFrom.TITLE and found.cell:
        told = msg("The period stands above the figures alone: %(year)s, in “%(title)s”.", year=found.year, title=cut(found.cell.text))
        yield says("period", told, inspection.where(found.cell.row))
    elif others := [place for place in reading.periods if reading.roles.get(place) is not Role.UNIT]:
        problem = msg("Several columns, or one that is not called so, could hold the period: %(names)s.", names=named(_names(reading, others)))
        yield asks("period-column", problem, msg("Which is it? Say it under period; the others go under ignore."), where)
    elif found.candidates:
        problem = msg("Only titles name years: %(years)s.", years=named(found.candidates))
        yield asks("period", problem, msg("Is one of them the period of the figures? Say it under period."), where)
    else:
        yield asks(
            "period", msg("Nothing in the table says which period the figures are of."), msg("Ask the office, and say it under period: constant."), where
        )


def _period_column(inspection: Inspection, reading: Reading, place: int, seen: PeriodColumn) -> Iterator[Finding]:
    where = inspection.where(column=reading.names[place])
    if seen.kind in ("year", "period"):
        told = msg("The period: %(n)s cells, from %(first)s to %(last)s.", n=seen.cells, first=seen.lowest, last=seen.highest)
        yield says("period", told, where)
        return
    here = inspection.where(seen.first.row, reading.names[place])
    if seen.kind == "slashed":
        if seen.proof:
            order = {"day": msg("the day stands first"), "month": msg("the month stands first")}[seen.order]
            yield says(
                "dates", msg("Dates such as “%(date)s”: %(order)s.", date=seen.proof.text, order=order), inspection.where(seen.proof.row, reading.names[place])
            )
        else:
            problem = msg("“%(date)s” can be a day of two months: no date in the column tells whether the day or the month stands first.", date=seen.first.text)
            yield asks("dates", problem, msg("Ask the office; periods in the profile tells how to read it."), here)
    if seen.kind in ("day", "slashed"):
        problem = msg("The column holds days, such as “%(date)s”.", date=seen.first.text)
        yield asks("period-days", problem, msg("Are the figures of a day, a month or a year? Say it under periods."), here)
    elif seen.kind == "range":
        problem = msg("The period spans two years: “%(text)s”.", text=seen.first.text)
        yield asks("period-range", problem, msg("Say under periods which period each text stands for."), here)
    else:
        problem = msg("The period has parts of a year: %(parts)s.", parts=named(seen.parts))
        yield asks("period-parts", problem, msg("Say under periods what each of them is: 01 to 12, Q1 to Q4, S1 or S2."), here)


def _dimensions(inspection: Inspection, reading: Reading) -> Iterator[Finding]:
    for place, seen in reading.dimensions.items():
        where = inspection.where(column=reading.names[place])
        codes = named(f"{text} = {code}" for text, code in seen.codes.items() if code)
        yield says("dimension", msg("Disaggregation by %(dimension)s: %(codes)s.", dimension=seen.dimension, codes=codes), where)
        if blank := [number for number, cells in reading.body if not cells[place]]:
            seen_so = msg("It is empty in %(n)s rows, the first is row %(row)s: an import takes these for the total.", n=len(blank), row=blank[0])
            yield says("dimension-blank", seen_so, where, msg("If the text above holds for them too, list the column under carried."))
        if seen.unknown:
            problem = msg("The code list of %(dimension)s has no code for: %(cells)s.", dimension=seen.dimension, cells=some(seen.unknown))
            yield asks("dimension-codes", problem, msg("Say in the profile which code each is; rows without one are refused."), where)
    if told := [f"{reading.names[place]} = {', '.join(one.codes.values())}" for place, one in reading.headings.items()]:
        yield says("dimension", msg("Names of columns tell a disaggregation: %(names)s.", names=named(told)), inspection.where())


def _indicator(inspection: Inspection, reading: Reading) -> Iterator[Finding]:
    if reading.indicator >= 0:
        texts = [cell.text for cell in reading.texts(reading.indicator)]
        known = [text for text in texts if indicator_named(reading.known, text)]
        where = inspection.where(column=reading.names[reading.indicator])
        told = msg("Each row names its indicator: %(n)s different ones, of which the hub knows %(known)s by name or code.", n=len(texts), known=len(known))
        if reading.guessed:
            problem = msg("The texts of this column tell rows apart that are alike otherwise, and could be names of indicators: %(texts)s.", texts=named(texts))
            yield asks("indicator-column", problem, msg("If they are a disaggregation instead, move the column to dimensions in the profile."), where)
        else:
            yield says("indicator", told, where)
        if len(known) < len(texts):
            yield asks(
                "indicator",
                msg("The hub has no indicator of these names: %(texts)s.", texts=named(text for text in texts if text not in known)),
                msg("Write the codes into the profile: sdgcities indicator list."),
                where,
            )
        return
    columns = [reading.names[place] for place in reading.values]
    known = [name for name in columns if indicator_named(reading.known, name)]
    if known:
        told = nmsg(
            "A column is called as an indicator of the hub: %(names)s.",
            "%(n)s columns are called as indicators of the hub: %(names)s.",
            len(known),
            names=named(known),
        )
        yield says("indicator", told, inspection.where())
    if len(known) < len(columns):
        problem = msg("Which indicator the figures are of can't be known: %(names)s.", names=named(name for name in columns if name not in known))
        yield asks(
            "indicator",
            problem,
            msg("Write the codes into the profile: sdgcities indicator list; columns that are not wanted go under ignore."),
            inspection.where(),
        )


def _rest(inspection: Inspection, reading: Reading) -> Iterator[Finding]:
    if reading.measure >= 0:
        where = inspection.where(column=reading.names[reading.measure])
        cells = reading.texts(reading.measure)
        yield says("measure", msg("The unit of measure: %(texts)s.", texts=named(cell.text for cell in cells)), where)
        if strange := [cell for cell in cells if not measure_of(reading.known, cell.text)]:
            hint = msg("Say under unit_measure which of the hub's units each is; figures in another unit than the indicator's are refused.")
            yield asks("measure-codes", msg("These are no units of measure known here: %(cells)s.", cells=some(strange)), hint, where)
    if reading.status >= 0:
        problem = msg("Marks stand beside the figures: %(cells)s.", cells=some(reading.texts(reading.status)))
        hint = msg(
            "Say under observation_status what each means: A normal, P provisional, E estimated, U unreliable; if it is something else, ignore the column."
        )
        open_marks = any(cell.text not in set(ObservationStatus) for cell in reading.texts(reading.status))
        where = inspection.where(column=reading.names[reading.status])
        yield asks("status", problem, hint, where) if open_marks else says("status", problem, where)
    for place in reading.asked:
        texts = named(cell.text for cell in reading.texts(place))
        problem = msg("What the column says is not known here: %(texts)s.", texts=texts)
        yield asks(
            "column",
            problem,
            msg("Is it a disaggregation? Say which under dimensions; otherwise put it under ignore."),
            inspection.where(column=reading.names[place]),
        )
    others = [place for place in reading.of(Role.KEY, Role.PLACE, Role.OTHER) if place not in reading.asked]
    for place in others:
        yield from _powers(inspection, reading, place)
        yield from _packed(inspection, reading, place)
    passed = [reading.names[place] for place in others]
    if passed:
        yield says("ignored", msg("Columns that are not needed: %(names)s.", names=named(passed)), inspection.where())
    if reading.repeated:
        yield from _repeated(inspection, reading)


def _powers(inspection: Inspection, reading: Reading, place: int) -> Iterator[Finding]:
    powers = [cell for cell in reading.texts(place) if cell.text != "0"]
    if powers and plain(reading.names[place].replace("_", " ")) in words().powers:
        problem = msg("The figures are to be multiplied by ten to the power that the column says: %(cells)s.", cells=some(powers))
        hint = msg('Say it in the profile, beside the column of figures under values: scale: "1000" where it is 3. Several need a profile each.')
        yield asks("powers", problem, hint, inspection.where(powers[0].row, reading.names[place]))


def _packed(inspection: Inspection, reading: Reading, place: int) -> Iterator[Finding]:
    cells = reading.texts(place)
    if mark := packed_with(reading.names[place], [cell.text for cell in cells]):
        problem = msg("Each cell holds several things with “%(mark)s” between them, as the column's name does: “%(text)s”.", mark=mark, text=cut(cells[0].text))
        hint = msg("Part it into columns in the spreadsheet program (Data, Text to columns), its name too, and inspect the file again.")
        yield asks("packed", problem, hint, inspection.where(cells[0].row, reading.names[place]))


def _repeated(inspection: Inspection, reading: Reading) -> Iterator[Finding]:
    seen = reading.repeated
    if seen is None:
        return
    problem = msg(
        "%(n)s rows say of themselves what another row says too, such as rows %(one)s and %(other)s.", n=seen.count, one=seen.rows[0], other=seen.rows[1]
    )
    apart = named(reading.names[place] for place in seen.apart)
    hint = msg("Are they parts to be added up? Then aggregate: sum. Otherwise something tells them apart that the profile has to name.")
    told = msg("Are they parts to be added up? Then aggregate: sum. Otherwise say what tells them apart: %(names)s.", names=apart)
    yield asks("repeated", problem, told if seen.apart else hint, inspection.where(seen.rows[1]))
