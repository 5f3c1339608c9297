"""A report's words: records, figures and states as the reader's language says them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, cast

from sdgcities.contract.requests import EVIDENCE
from sdgcities.findings import Message, msg, nmsg
from sdgcities.i18n.formats import Formats, rounded
from sdgcities.i18n.languages import language_chain
from sdgcities.i18n.periods import in_words
from sdgcities.i18n.translator import Standing, Translator
from sdgcities.model.milestones import Comparison, CriterionResult, Met, Share, State, Value
from sdgcities.model.places import Unit
from sdgcities.model.sources import Status
from sdgcities.model.statistics import Dimension, Indicator, MissingReason, ObservationStatus, Period
from sdgcities.reports.reference import is_percent, unit_name
from sdgcities.reports.signs import DRAFT, FOREIGN, OWN, isolated, shown, signed

if TYPE_CHECKING:
    from sdgcities.reports.figures import Cell, Dims, Place, Series

COMPUTED = 4
"""A figure with more decimals than this came out of a division."""
STATES = {
    State.OPEN: msg("open"),
    State.MET: msg("criteria met"),
    State.CLAIMED: msg("claimed"),
    State.APPROVED: msg("approved by the hub"),
    State.RETURNED: msg("returned for more"),
    State.REJECTED: msg("not accepted"),
    State.DOES_NOT_APPLY: msg("does not apply"),
}
IN_BRIEF = {
    State.APPROVED: msg("Milestones that the hub approved:"),
    State.CLAIMED: msg("Milestones claimed, not yet decided:"),
    State.MET: msg("Milestones whose criteria are met, not yet claimed:"),
    State.RETURNED: msg("Milestones returned for more:"),
}
MET = {
    Met.YES: msg("met"),
    Met.NO: msg("not met"),
    Met.NOT_MEASURABLE: msg("not measurable yet"),
    Met.DOES_NOT_APPLY: msg("does not apply"),
}
STATUS = {Status.OFFICIAL: msg("official"), Status.PROPOSED: msg("proposed"), Status.DRAFT: msg("draft")}
REASONS = {
    MissingReason.NOT_COLLECTED: msg("not collected"),
    MissingReason.NOT_APPLICABLE: msg("not applicable"),
    MissingReason.NOT_PUBLISHED: msg("not published"),
    MissingReason.CONFIDENTIAL: msg("confidential"),
    MissingReason.UNRELIABLE: msg("too unreliable to be published"),
}
OBSERVATION = {
    ObservationStatus.NORMAL: msg("normal"),
    ObservationStatus.PROVISIONAL: msg("provisional"),
    ObservationStatus.ESTIMATED: msg("estimated"),
    ObservationStatus.UNRELIABLE: msg("of low reliability"),
}
REQUIRED = {
    Comparison.AT_LEAST: msg("at least %(required)s"),
    Comparison.AT_MOST: msg("at most %(required)s"),
    Comparison.INCLUDES: msg("all of: %(required)s"),
    Comparison.ONE_OF: msg("one of: %(required)s"),
}
MOST_DECIMALS = 3
"""Decimals of a measured value, such as a share; figures keep all of theirs."""
FIVE_DIGITS = 10_000


class Missing(NamedTuple):
    """What is missing for a criterion: the first lines, and the rest that a reader may unfold."""

    first: tuple[str, ...]
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """Speaks to one reader about one country's indicators and dimensions."""

    translator: Translator
    formats: Formats
    indicators: Mapping[str, Indicator]
    dimensions: Mapping[str, Dimension]

    def say(self, text: str, /, **params: object) -> str:
        """A text of a template, with its parameters."""
        return self.message(msg(text, **params))

    def nsay(self, text: str, plural: str, n: int, /, **params: object) -> str:
        """A text of a template that depends on a number."""
        return self.message(nmsg(text, plural, n, **params))

    def message(self, message: Message) -> str:
        """A message, its numbers, dates and indicators as the reader knows them."""
        params = {name: self._param(name, value) for name, value in message.params.items()}
        return self._signed(self.translator.message(replace(message, params=params)), message.text, message.plural)

    def text(self, text: str) -> str:
        """A text of the reference data."""
        return self._signed(self.translator.text(text), text)

    def name(self, name: str) -> str:
        """The name of an office, a table or a licence: translated where somebody did, else in whatever language it is."""
        said = self.text(name)
        return self.isolated(self.translator.text(name)) if said.startswith(FOREIGN) else said

    def place(self, unit: Unit) -> str:
        """A place by its name in the reader's language, where it has one there."""
        return self.isolated(unit.called(language_chain(self.translator.language)))

    def listed(self, names: Iterable[str]) -> str:
        """One after the other, as the language parts them."""
        return self.formats.comma.join(map(self.isolated, names))

    def isolated(self, text: str) -> str:
        """A text that stands beside others, neither turning the other round."""
        return isolated(text, self.translator.direction)

    def shown(self, value: object) -> object:
        """A value that a template writes down."""
        return shown(value, self.translator.direction)

    def whose(self, place: Place) -> str:
        """A place with what it is, and until when it was."""
        name = self.place(place.unit)
        if place.own:
            return name
        level = self.text(place.level) or self.message(msg("Country or area"))
        if place.unit.valid_to and place.unit.kept:
            return self.message(msg("%(name)s (%(level)s, boundary kept after %(date)s)", name=name, level=level, date=place.unit.valid_to))
        if place.unit.valid_to:
            return self.message(msg("%(name)s (%(level)s, until %(date)s)", name=name, level=level, date=place.unit.valid_to))
        return self.message(msg("%(name)s (%(level)s)", name=name, level=level))

    def series(self, series: Series) -> str:
        """Whose series it is, and of whom."""
        return f"{self.isolated(self.whose(series.place))}: {self.isolated(self.dims(series.dims))}" if series.dims else self.whose(series.place)

    def dims(self, dims: Dims) -> str:
        """The codes of a disaggregation by their labels."""
        return self.listed(self.text(self._label(dimension, code)) for dimension, code in dims)

    def dimension(self, dimension: str) -> str:
        """The name of a dimension."""
        known = self.dimensions.get(dimension)
        return self.text(known.name if known else dimension)

    def split(self, dimensions: tuple[str, ...]) -> str:
        """The names of the dimensions that series are split by."""
        return self.listed(self.dimension(dimension) for dimension in dimensions)

    def unit(self, unit: str) -> str:
        """The name of a unit of measure."""
        return self.text(unit_name(unit))

    def value(self, cell: Cell, unit: str) -> str:
        """A value with the decimals of its source; or why there is none."""
        if cell.value is None:
            return self.message(msg("no value: %(reason)s", reason=REASONS[cell.missing])) if cell.missing else self.message(msg("no value"))
        return self.isolated(self.number(cell.value, unit))

    def number(self, value: Decimal, unit: str) -> str:
        """A figure in its unit, the unit's words left out. One that was computed is rounded: no office means the digits of a division."""
        if -cast("int", value.as_tuple().exponent) > COMPUTED:
            value = rounded(value, 2) if abs(value) >= 1 else Decimal(f"{value:.3g}")
        return self.formats.percent(value) if is_percent(unit) else self.formats.number(value)

    def required(self, result: CriterionResult) -> str:
        """What a criterion asks for."""
        if result.measure == EVIDENCE:
            return self.message(msg("the document is attached"))
        if isinstance(result.required, bool):
            return self.message(msg("yes"))  # the criterion's text says what has to be so
        required = self._measured(result.required)
        return self.message(replace(REQUIRED[result.comparison], params={"required": required})) if result.comparison in REQUIRED else required

    def measured(self, result: CriterionResult) -> str:
        """What was found of a criterion; empty where there is nothing yet."""
        if result.measure == EVIDENCE:
            return self.message(msg("attached")) if result.met is Met.YES else ""
        if isinstance(result.required, bool) and result.value is not None:
            return self._measured(result.value == result.required)
        return "" if result.value is None else self._measured(result.value)

    def missing(self, result: CriterionResult, most: int = 3) -> Missing:
        """What is missing for a criterion, said plainly."""
        if result.met is Met.NOT_MEASURABLE or result.measure == EVIDENCE:
            return Missing((), ())  # said by the state, and by what is required
        lines = tuple(self.message(message) for message in result.missing)
        return Missing(lines[:most], lines[most:]) if len(lines) > most + 1 else Missing(lines, ())

    def period(self, period: Period) -> str:
        """A reference period."""
        return in_words(period, self.formats, self.message)

    def day(self, at: str) -> str:
        """The day of a recorded time or an ISO date."""
        return self.formats.date(date.fromisoformat(at[:10]))

    def moment(self, at: datetime) -> str:
        """A recorded time."""
        return self.formats.datetime(at)

    def _measured(self, value: Value) -> str:
        if isinstance(value, bool):
            return self.message(msg("yes")) if value else self.message(msg("no"))
        if isinstance(value, Share):
            return self.formats.percent(value.percent)
        if isinstance(value, Decimal):
            return self._number(value)
        if isinstance(value, date):
            return self.formats.date(value)
        words = sorted(value) if isinstance(value, frozenset) else [value]
        return self.listed(self.text(word.replace("-", " ")) for word in words) or self.message(msg("none named"))

    def _number(self, value: Decimal) -> str:
        """A measured number; a whole one of four digits may be a year, so it is not grouped."""
        if value == value.to_integral_value() and abs(value) < FIVE_DIGITS:
            return str(int(value))
        brief = rounded(value, MOST_DECIMALS)
        return self.formats.number(value if value == brief else brief)

    def _signed(self, said: str, msgid: str, plural: str | None = None) -> str:
        """The text with the sign of the language it is in, where the page needs to know."""
        standing = self.translator.standing(msgid, plural) if said else Standing.OWN
        if standing is Standing.ENGLISH:
            return signed(FOREIGN, said)
        if standing is Standing.DRAFT:
            return signed(DRAFT, said)
        if standing is Standing.NAME:
            return self.isolated(said)
        return signed(OWN, said) if said and self.translator.direction == "rtl" else said

    def _param(self, name: str, value: object) -> object:
        """What goes into a text, as the reader knows it, isolated from the words around it."""
        written = self._written(name, value)
        return self.isolated(written) if isinstance(written, str) else written

    def _written(self, name: str, value: object) -> object:
        match value:
            case Message():
                return self.message(value)
            case Share():
                return self.formats.percent(value.percent)
            case Decimal():
                return self._number(value)
            case datetime():
                return self.formats.datetime(value)
            case date():
                return self.formats.date(value)
            case int() if not isinstance(value, bool) and name != "n":
                return self.formats.number(value)
            case str() if name == "code" and value in self.indicators:
                return f"{self.text(self.indicators[value].name)} ({value})"
            case _:
                return value

    def _label(self, dimension: str, code: str) -> str:
        known = self.dimensions.get(dimension)
        return known.codes.get(code, code) if known else code
