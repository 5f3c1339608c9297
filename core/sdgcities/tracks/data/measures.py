"""The measures of the data track: what `data/agreement`, `data/framework` and `data/baseline` are held against.

Each is set-based: one call for all cities. A city without the record asked for gets no value and is told what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import cast

from sdgcities.findings import Message, msg
from sdgcities.frameworks.lists import cells
from sdgcities.model.hub import HubView, LatestFigure
from sdgcities.model.instruments import Answer
from sdgcities.model.milestones import Measure, Reading, Value
from sdgcities.model.statistics import Indicator
from sdgcities.tracks.data.answers import counted, day, entries, texts
from sdgcities.tracks.data.baseline import Baseline, baselines
from sdgcities.tracks.data.disaggregated import disaggregation_measures
from sdgcities.tracks.data.published import publication_measures
from sdgcities.tracks.data.second_cycle import second_cycle_measures

_UNANSWERED = msg("No form of the city answers this, or its answer was erased: sdgcities form list.")
_NO_FRAMEWORK = msg("No indicator framework was submitted: sdgcities form submit indicator-framework.")

Judge = Callable[[object], Value | None]


def data_measures() -> Mapping[str, Measure]:
    """Every measure of the track by its id."""
    listed = (
        Measure("data/agreement-signatures", "Signatures on the participation agreement", _answered("agreement/signatures", counted)),
        Measure("data/agreement-date", "The participation agreement carries a date", _answered("agreement/signed-on", _dated)),
        Measure("data/committee-members", "Members of the city SDG committee", _answered("committee/members", counted)),
        Measure("data/committee-bodies", "Departments or partners on the committee", _answered("committee/bodies", counted)),
        Measure("data/focal-point", "A data focal point with contact", _answered("focal-point/contact", bool)),
        Measure("data/committee-lead-days", "Days from the committee's inauguration to the signing of the agreement", _lead_days),
        Measure("data/boundary-definition", "Definition that the boundary follows", _boundary),
        Measure("data/framework-cells", "UMF cells with an indicator or a written reason", _cells),
        Measure("data/framework-core-indicators", "Indicators of the national core adopted by the city", _adopted_count),
        Measure("data/framework-complete", "Share of adopted indicators with complete metadata", _complete),
        Measure("data/framework-sdg-share", "Share of adopted indicators with an SDG code", _sdg_share),
        Measure("data/baseline-coverage", "Share of the national core with a value", _coverage),
        Measure("data/baseline-share-within-age", "Share of values that are recent enough", _within_age),
        Measure("data/baseline-values-valid", "Share of values within their bounds", _valid),
        Measure("data/baseline-gaps-explained", "Share of missing values with a reason and a plan", _explained),
        *disaggregation_measures(),
        *publication_measures(),
        *second_cycle_measures(),
    )
    return {measure.id: measure for measure in listed}


def _answered(question: str, judge: Judge) -> Callable[[HubView, Sequence[str], Mapping[str, Value]], Mapping[str, Reading]]:
    def read(view: HubView, cities: Sequence[str], _arguments: Mapping[str, Value]) -> Mapping[str, Reading]:
        answers = view.answers(question, cities)
        return {city: _judged(question, judge(answers[city].value)) if city in answers else Reading(None, (_UNANSWERED,)) for city in cities}

    return read


def _judged(question: str, value: Value | None) -> Reading:
    return Reading(value, () if value is not None else (msg("The answer to %(question)s can't be counted.", question=question),))


def _dated(answer: object) -> Value | None:
    """A day that was written; where it is kept apart as personal, only that it is there is known."""
    return True if answer is True or day(answer) else None


def _lead_days(view: HubView, cities: Sequence[str], _arguments: Mapping[str, Value]) -> Mapping[str, Reading]:
    inaugurated, signed = view.answers("committee/inaugurated-on", cities), view.answers("agreement/signed-on", cities)
    return {city: _days_between(inaugurated.get(city), signed.get(city)) for city in cities}


def _days_between(first: Answer | None, second: Answer | None) -> Reading:
    start, end = (day(answer.value) if answer else None for answer in (first, second))
    return Reading(Decimal((end - start).days)) if start and end else Reading(None, (_UNANSWERED,))


def _boundary(view: HubView, cities: Sequence[str], _arguments: Mapping[str, Value]) -> Mapping[str, Reading]:
    missing = (msg("No boundary is attached: sdgcities evidence add CITY data/agreement boundary FILE.geojson."),)
    attached = view.evidence(cities)
    details = {city: attached.get(city, {}).get("data/agreement#boundary", {}) for city in cities}
    return {city: Reading(held["definition"]) if "definition" in held else Reading(None, missing) for city, held in details.items()}


def _frameworks(view: HubView, cities: Sequence[str]) -> Iterator[tuple[str, list[Indicator], list[Message]]]:
    """Each city that submitted a framework: the adopted indicators that are known, and a message for each that is not."""
    for city, answer in view.answers("framework/indicators", cities).items():
        known, codes = view.indicators(city), list(dict.fromkeys(texts(answer.value)))
        unknown = [msg("%(code)s is no indicator of the national set.", code=code) for code in codes if code not in known]
        yield city, [known[code] for code in codes if code in known], unknown


def _per_framework(view: HubView, cities: Sequence[str], judge: Callable[[str, list[Indicator]], tuple[Decimal, list[Message]]]) -> Mapping[str, Reading]:
    readings = {city: Reading(None, (_NO_FRAMEWORK,)) for city in cities}
    for city, adopted, unknown in _frameworks(view, cities):
        value, missing = judge(city, adopted)
        readings[city] = Reading(value, (*missing, *unknown))
    return readings


def _cells(view: HubView, cities: Sequence[str], _arguments: Mapping[str, Value]) -> Mapping[str, Reading]:
    reasons = view.answers("framework/empty-cells", cities)

    def judge(city: str, adopted: list[Indicator]) -> tuple[Decimal, list[Message]]:
        reasoned = entries(reasons[city].value) if city in reasons else []
        filled = {cell for indicator in adopted for cell in indicator.umf_cells} | {entry.get("cell") for entry in reasoned if entry.get("reason", "").strip()}
        empty = [cell for cell in cells() if cell not in filled]
        return Decimal(len(cells()) - len(empty)), [msg("UMF cell %(cell)s has neither an indicator nor a reason.", cell=cell) for cell in empty]

    return _per_framework(view, cities, judge)


def _adopted_count(view: HubView, cities: Sequence[str], _arguments: Mapping[str, Value]) -> Mapping[str, Reading]:
    return _per_framework(view, cities, lambda _, adopted: (Decimal(sum(1 for item in adopted if item.core)), []))


def _complete(view: HubView, cities: Sequence[str], _arguments: Mapping[str, Value]) -> Mapping[str, Reading]:
    def judge(_: str, adopted: list[Indicator]) -> tuple[Decimal, list[Message]]:
        lacking = {indicator.code: _lacks(indicator) for indicator in adopted}
        missing = [msg("%(code)s lacks: %(fields)s.", code=code, fields=", ".join(fields)) for code, fields in lacking.items() if fields]
        return _share(len(adopted) - len(missing), len(adopted)), missing

    return _per_framework(view, cities, judge)


def _lacks(indicator: Indicator) -> list[str]:
    """What of the metadata is empty. The disaggregation is always stated: an empty list says that no split applies."""
    held = {
        "definition": indicator.definition,
        "unit": indicator.unit,
        "direction": indicator.direction,
        "source": indicator.source.office,
        "frequency": indicator.frequency,
        "sdg": indicator.sdg or indicator.no_sdg_reason,
    }
    return [name for name, value in held.items() if not value]


def _sdg_share(view: HubView, cities: Sequence[str], _arguments: Mapping[str, Value]) -> Mapping[str, Reading]:
    return _per_framework(view, cities, lambda _, adopted: (_share(sum(1 for item in adopted if item.sdg), len(adopted)), []))


def _coverage(view: HubView, cities: Sequence[str], _arguments: Mapping[str, Value]) -> Mapping[str, Reading]:
    return {
        city: Reading(_share(len(held.valued), held.applicable), tuple(msg("%(code)s has no value.", code=code) for code in held.gaps))
        for city, held in baselines(view, cities).items()
    }


def _within_age(view: HubView, cities: Sequence[str], arguments: Mapping[str, Value]) -> Mapping[str, Reading]:
    limit = cast("Decimal", arguments["max_age_years"])
    readings: dict[str, Reading] = {}
    for city, held in baselines(view, cities).items():
        old = {code: figure for code, figure in held.valued.items() if view.today.year - figure.period.end.year > limit}
        texts = tuple(msg("%(code)s dates from %(period)s.", code=code, period=str(figure.period)) for code, figure in old.items())
        readings[city] = _of_valued(held, len(old), texts)
    return readings


def _valid(view: HubView, cities: Sequence[str], _arguments: Mapping[str, Value]) -> Mapping[str, Reading]:
    readings: dict[str, Reading] = {}
    for city, held in baselines(view, cities).items():
        known = view.indicators(city)
        wrong = [code for code, figure in held.valued.items() if not _inside(known[code], figure)]
        readings[city] = _of_valued(held, len(wrong), tuple(msg("%(code)s is outside its bounds.", code=code) for code in wrong))
    return readings


def _explained(view: HubView, cities: Sequence[str], _arguments: Mapping[str, Value]) -> Mapping[str, Reading]:
    readings: dict[str, Reading] = {}
    for city, held in baselines(view, cities).items():
        open_gaps = [code for code, gap in held.gaps.items() if not (gap.reason and gap.plan)]
        texts = tuple(msg("%(code)s has no value and no reason with a plan: sdgcities form submit baseline-gaps.", code=code) for code in open_gaps)
        readings[city] = Reading(_share(len(held.gaps) - len(open_gaps), len(held.gaps)), texts)
    return readings


def _of_valued(held: Baseline, wrong: int, texts: tuple[Message, ...]) -> Reading:
    if not held.valued:
        return Reading(None, (msg("No indicator of the national core has a value: sdgcities data import FILE."),))
    return Reading(_share(len(held.valued) - wrong, len(held.valued)), texts)


def _inside(indicator: Indicator, figure: LatestFigure) -> bool:
    value = cast("Decimal", figure.value)
    return (indicator.minimum is None or value >= indicator.minimum) and (indicator.maximum is None or value <= indicator.maximum)


def _share(part: int, whole: int) -> Decimal:
    """A share between 0 and 1; of nothing, everything is done."""
    return Decimal(part) / Decimal(whole) if whole else Decimal(1)
