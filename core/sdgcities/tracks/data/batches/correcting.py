"""A published figure corrected: a batch of its own with a written reason. The old revision stays."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Message, Where, msg
from sdgcities.model.hub import Role
from sdgcities.model.places import Unit
from sdgcities.model.sources import Source
from sdgcities.model.statistics import PERIODS, Indicator, Period, parse_period, spell_dimensions
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.figures import Figure, current
from sdgcities.registry.people import Acting
from sdgcities.store import audit
from sdgcities.store.bulk import load
from sdgcities.tracks.data.importing.checking import Checker
from sdgcities.tracks.data.importing.doubting import keep, weigh_corrected
from sdgcities.tracks.data.importing.provenance import Provenance, Written, core_manifest, next_batch, write_batch
from sdgcities.tracks.data.importing.request import Request
from sdgcities.tracks.data.quality.written import GROUPED
from sdgcities.tracks.data.reading.raw import Block
from sdgcities.tracks.data.reading.tidy import TidyFile

CORRECTION = "correction"
"""What stands in a batch for the file and for the profile."""
_ALIKE = 5
"""Two figures of which none is more often the other."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to be corrected, as it was typed. `value` or `missing`, a reason for no value; `source` and `status` empty: as they are."""

    place: str
    indicator: str
    period: str
    reason: str
    value: str = ""
    missing: str = ""
    dimensions: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What was done: the batch, and the figure that stood before. `findings` are doubts that the reason answers."""

    batch: int
    before: Figure
    unit: Unit
    indicator: Indicator
    period: Period
    findings: tuple[Finding, ...]


class _Typed(TidyFile):
    """A correction as the one row of a tidy table: it is held against the catalogue as a row of a file is."""

    def __init__(self, unit: Unit, typed: Correction, held: Figure) -> None:
        self._path = Path(CORRECTION)
        self._typed, self._unit, self._held = typed, unit, held
        self._dims = list(typed.dimensions)

    def blocks(self) -> Iterator[Block]:
        """The one row."""
        typed, held = self._typed, self._held
        codes, status = tuple(typed.dimensions.values()), typed.status or held.status
        yield [0], [self._unit.id], [held.indicator], [str(held.period)], [codes], [typed.value], [typed.missing], [""], [status], [typed.source]

    def source(self, key: Hashable) -> Source:
        """The source that was named, else that of the figure as it stands."""
        return super().source(key) if str(key) else Source(self._held.office, self._held.table, self._held.licence, self._held.url)

    def where(self, row: int, column: str) -> Where:  # noqa: ARG002 - there is but one row
        """What was typed."""
        return Where(column=column)

    def no_figure(self, text: str) -> Message:  # noqa: ARG002 - whatever it is
        """How a figure is typed."""
        return msg("Write digits with a decimal point, nothing else; where there is no figure: --missing REASON.")


def correct(catalogue: Catalogue, typed: Correction, entered_by: Acting, answers_for: Acting) -> Corrected:
    """Put another value, or a reason for none, in the place of a figure that the hub holds. Refused where it holds none, or that very one."""
    entered_by.need(Role.OPERATOR)
    if not typed.reason.strip():
        raise refuse("correct.reason", msg("A correction needs a written reason."), msg('Add it: --reason "...".'))
    unit, indicator, period = catalogue.place(typed.place), catalogue.indicator(typed.indicator), _period(typed.period)
    with catalogue.hub.database.loading() as connection:
        held = next((one for one in current(connection, [unit.id], indicator.code) if _meant(one, typed, period, indicator)), None)
        if held is None:
            raise _nothing(unit, indicator, period)
        _sure_of_the_point(typed.value.strip(), held)
        reader, provenance = _Typed(unit, typed, held), Provenance(connection, catalogue)
        checker = Checker(catalogue, reader, CORRECTION, provenance.indicator, provenance.source)
        rows = list(checker.check(reader.blocks()))
        if checker.refused:
            raise Refused([finding for _, finding in checker.refused])
        number = next_batch(connection)
        loaded = load(connection, number, rows)
        if not loaded.stored:
            raise refuse(
                "correct.same",
                msg("The hub holds that very figure already."),
                msg("See: sdgcities data show %(unit)s %(code)s.", unit=unit.id, code=indicator.code),
            )
        weighed = weigh_corrected(connection, catalogue, number, CORRECTION, typed.reason)
        request = Request(Path(CORRECTION), entered_by, answers_for)
        at = write_batch(connection, catalogue, _written(catalogue, number, typed, loaded.digest), request, "data.correct")
        keep(connection, weighed, number, at, entered_by.id)
    return Corrected(number, held, unit, indicator, period, weighed.findings)


def _period(text: str) -> Period:
    try:
        return parse_period(text)
    except ValueError as error:
        raise refuse("period.unreadable", msg("“%(text)s” is no period.", text=text), PERIODS) from error


def _meant(figure: Figure, typed: Correction, period: Period, indicator: Indicator) -> bool:
    """Whether it is the figure: of these codes, this period, and the unit of measure that the indicator has today."""
    codes = {name: code for name, code in typed.dimensions.items() if code != "_T"}
    return (
        figure.dims == spell_dimensions(codes)
        and (figure.period.start, figure.period.end) == (period.start, period.end)
        and figure.unit_measure == indicator.unit
    )


def _sure_of_the_point(text: str, held: Figure) -> None:
    """Refused where the figure that stands says that the point is one between thousands: 180.421 beside 180420."""
    whole = Decimal(text.replace(".", "")) if GROUPED.fullmatch(text) else Decimal(0)
    if held.value and 1 <= _ALIKE * whole / held.value <= _ALIKE**2:
        raise refuse(
            "correct.thousands",
            msg("“%(text)s” can be read as %(one)s or as %(other)s.", text=text, one=text, other=whole),
            msg("The figure that stands is %(held)s. Write thousands without a mark; if the point is the decimal one, add a 0 at the end.", held=held.value),
            Where(column="value"),
        )


def _nothing(unit: Unit, indicator: Indicator, period: Period) -> Refused:
    problem = msg(
        "There is no figure of %(indicator)s for %(unit)s in %(period)s that could be corrected.", indicator=indicator.code, unit=unit.name, period=str(period)
    )
    hint = msg("A new figure is imported: sdgcities data import FILE. Those there are: sdgcities data show %(unit)s.", unit=unit.id)
    return refuse("correct.none", problem, hint)


def _written(catalogue: Catalogue, number: int, typed: Correction, digest: str) -> Written:
    return Written(
        id=number,
        file=CORRECTION,
        file_sha256=audit.digest_of({"value": typed.value or typed.missing, "reason": typed.reason, "rows": digest}),
        profile=CORRECTION,
        profile_sha256=audit.digest_of(CORRECTION),
        manifest=core_manifest(catalogue),
        rows_read=1,
        stored=1,
        unchanged=0,
        refused=0,
        rows_sha256=digest,
        reason=typed.reason,
    )


def value_of(figure: Figure) -> Decimal | str:
    """The value of a figure, or why it has none."""
    return figure.value if figure.value is not None else str(figure.missing or "")
