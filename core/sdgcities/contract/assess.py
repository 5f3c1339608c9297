"""Cities held against the milestones. Pure, and explains itself."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from functools import lru_cache

from sdgcities.contract.comparing import comparable, holds, lacking
from sdgcities.contract.requests import EVIDENCE, MeasureRequest, asked, request_of
from sdgcities.contract.values import spell
from sdgcities.findings import Message, msg
from sdgcities.model.milestones import Assessment, Condition, Contract, Criterion, CriterionResult, Group, GroupResult, Met, Milestone, Reading, Share, Value
from sdgcities.model.places import Attribute

Readings = Mapping[MeasureRequest, Mapping[str, Reading]]
Place = Mapping[str, Attribute]
NOTHING = Reading(None)
_GroupTest = Callable[[str, Place], GroupResult]
_Test = Callable[[str, Place], CriterionResult | GroupResult]


def assess(contract: Contract, readings: Readings, provided: AbstractSet[str], places: Mapping[str, Place], on: date) -> tuple[Assessment, ...]:
    """Every city of `places` against every milestone, city by city in the order of the contract.

    `provided` are the ids of the measures that some track or plugin provides; `readings` hold an answer to each
    of `requests(contract)` whose measure is provided. A city without a reading has nothing recorded.
    """
    held = [(milestone, _group(asked(milestone), milestone, readings, provided)) for milestone in contract.milestones.values()]

    def assessment(city: str, place: Place, milestone: Milestone, tests: _GroupTest) -> Assessment:
        result = tests(city, place)
        applies = result.applies and (milestone.when is None or fulfils(place, milestone.when))
        return Assessment(city, milestone.id, milestone.track, contract.version, on, applies, applies and result.met, result)

    return tuple(assessment(city, place, milestone, tests) for city, place in places.items() for milestone, tests in held)


def fulfils(place: Place, condition: Condition) -> bool:
    """Whether a place has the property a condition asks for; one whose property is unknown does not."""
    value = place.get(condition.attribute)
    return comparable(condition.comparison, value, condition.value) and holds(condition.comparison, value, condition.value)


def _group(group: Group, milestone: Milestone, readings: Readings, provided: AbstractSet[str]) -> _GroupTest:
    """A group made ready to be asked for city after city."""
    tests: tuple[_Test, ...] = tuple(
        _group(member, milestone, readings, provided) if isinstance(member, Group) else _criterion(member, milestone, readings, provided)
        for member in group.members
    )
    combine = any if group.any else all

    def test(city: str, place: Place) -> GroupResult:
        results = tuple([test(city, place) for test in tests])
        counting = [_is_met(result) for result in results if result.applies]
        return GroupResult(group.any, bool(counting) and combine(counting), results)

    return test


def _is_met(result: CriterionResult | GroupResult) -> bool:
    return result.met is Met.YES if isinstance(result, CriterionResult) else result.met


def _criterion(criterion: Criterion, milestone: Milestone, readings: Readings, provided: AbstractSet[str]) -> _Test:
    """A criterion made ready; what is the same for every city is made once."""
    required = milestone.parameters[criterion.parameter].in_force if criterion.parameter else criterion.value
    assert required is not None

    def result(value: Value | None, met: Met, *missing: Message) -> CriterionResult:
        held = None if value is None else _spoken(criterion, value)
        return CriterionResult(criterion.id, criterion.text, criterion.measure, criterion.comparison, held, _spoken(criterion, required), met, missing)

    def judge(value: Value | None, details: tuple[Message, ...] = ()) -> CriterionResult:
        if value is None or not comparable(criterion.comparison, value, required):
            return result(value, Met.NO, *(details or (_absent(criterion, value),)))
        if holds(criterion.comparison, value, required):
            return result(value, Met.YES)
        return result(value, Met.NO, *_missing(criterion, value, required, details))

    judged = lru_cache(maxsize=1024, typed=True)(judge)  # most cities share a few values
    unmeasurable = result(None, Met.NOT_MEASURABLE, msg("Not measurable yet: no track provides the measure %(measure)s.", measure=criterion.measure))
    is_provided = criterion.measure in provided
    recorded = readings[request_of(criterion, milestone)] if is_provided else {}

    def test(city: str, place: Place) -> CriterionResult:
        if criterion.when is not None and not fulfils(place, criterion.when):
            return result(None, Met.DOES_NOT_APPLY, _outside(place, criterion.when))
        if not is_provided:
            return unmeasurable
        reading = recorded.get(city, NOTHING)
        if criterion.measure == EVIDENCE:
            return judged(_document(reading.value, required))
        if reading.missing or not isinstance(reading.value, Hashable):  # a plugin's measure may yield anything
            return judge(reading.value, reading.missing)
        return judged(reading.value)

    return test


def _spoken(criterion: Criterion, value: Value) -> Value:
    """A value as it is told: of a criterion on a share, as a share."""
    return Share(value) if criterion.share and isinstance(value, Decimal) else value


def _document(attached: Value | None, wanted: Value) -> Value | None:
    """Of all that is attached, the document that is wanted."""
    return attached & wanted if isinstance(attached, frozenset) and isinstance(wanted, frozenset) else attached


def _outside(place: Place, condition: Condition) -> Message:
    value = place.get(condition.attribute)
    if value is None:
        return msg("Does not apply: the attribute %(attribute)s of this place is not known.", attribute=condition.attribute)
    return msg("Does not apply: the attribute %(attribute)s of this place is %(value)s.", attribute=condition.attribute, value=value)


def _absent(criterion: Criterion, value: Value | None) -> Message:
    """Why there is nothing to compare."""
    if value is not None:
        return msg("The measure %(measure)s gave %(value)s, which can't be compared.", measure=criterion.measure, value=spell(value))
    if criterion.measure == EVIDENCE:
        return _unattached(criterion)
    return msg("Nothing is recorded yet.")


def _missing(criterion: Criterion, value: Value, required: Value, details: tuple[Message, ...]) -> tuple[Message, ...]:
    """How much is lacking, then what the measure knows of it."""
    if criterion.measure == EVIDENCE:
        return (_unattached(criterion),)
    first = lacking(criterion.comparison, _spoken(criterion, value), _spoken(criterion, required))
    return (*([first] if first else []), *details) or (msg("This is not so yet."),)


def _unattached(criterion: Criterion) -> Message:
    return msg("Not attached yet: %(document)s.", document=Message(criterion.text))
