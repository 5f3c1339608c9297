"""What the collecting hooks answer: the type, and the code that no two plugins may give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Generic, TypeVar, cast

from sdgcities.contract.digest import content_digest
from sdgcities.errors import refuse
from sdgcities.findings import Message, msg
from sdgcities.model.instruments import Form
from sdgcities.model.milestones import Adaptation, Measure
from sdgcities.model.places import Unit, UnitBoundary
from sdgcities.model.profiles import ImportProfile
from sdgcities.model.statistics import Dimension, Indicator, Tag
from sdgcities.plugin.typed import misfit

MOST = 100_000
"""Answers that are taken of one plugin for one hook."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """A collecting hook."""

    hook: str
    type: type[T]
    code: Callable[[T], str]

    def items(self, answers: Iterable[object], *, check: bool) -> list[T]:
        """The items of the answers, one answer an implementation. Raises Refused where one is of the wrong type."""
        found: list[T] = []
        for answer in answers:
            for item in self._iterable(answer):
                if check and (place := misfit(item, self.type)):
                    raise refuse("plugin.type", msg("%(hook)s: %(place)s is of the wrong type.", hook=self.hook, place=place), self._hint(item))
                found.append(cast("T", item))  # the core's own answers are not checked
                if len(found) > MOST:
                    raise refuse("plugin.many", msg("%(hook)s gives more than %(n)s.", hook=self.hook, n=MOST), msg("Look for an endless loop."))
        return found

    def _iterable(self, answer: object) -> Iterable[object]:
        if isinstance(answer, Mapping) and self.type is Measure:
            return self._entries(answer)
        if not isinstance(answer, Iterable) or isinstance(answer, str | bytes | Mapping):
            raise refuse("plugin.type", msg("%(hook)s gave a %(type)s.", hook=self.hook, type=type(answer).__name__), self._hint(answer))
        return answer

    def _entries(self, answer: Mapping[object, object]) -> Iterable[object]:
        for key, measure in answer.items():
            if isinstance(measure, Measure) and key != measure.id:
                raise refuse("plugin.type", msg("%(key)s stands for the measure %(id)s.", key=str(key), id=measure.id), msg("Use the measure's id as its key."))
        return answer.values()

    def _hint(self, item: object) -> Message:
        return msg("It must give %(expected)s objects; this is a %(found)s.", expected=self.type.__name__, found=type(item).__name__)


UNITS = Kind("sdgcities_units", Unit, attrgetter("id"))
INDICATORS = Kind("sdgcities_indicators", Indicator, attrgetter("code"))
ADAPTATIONS = Kind("sdgcities_milestones", Adaptation, lambda adaptation: f"{adaptation.plugin} {content_digest(adaptation)[:12]}")
FORMS = Kind("sdgcities_forms", Form, attrgetter("id"))
PROFILES = Kind("sdgcities_import_profiles", ImportProfile, attrgetter("id"))
DIMENSIONS = Kind("sdgcities_resources", Dimension, attrgetter("id"))
BOUNDARIES = Kind("sdgcities_resources", UnitBoundary, attrgetter("unit"))
TAGS = Kind("sdgcities_resources", Tag, attrgetter("id"))
MEASURES = Kind("sdgcities_measures", Measure, attrgetter("id"))
