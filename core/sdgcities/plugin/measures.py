"""Keeps the reading of a plugin's measure from taking an assessment down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from sdgcities.errors import Refused, refuse
from sdgcities.findings import msg
from sdgcities.model.hub import HubView
from sdgcities.model.milestones import Measure, Reading, Value
from sdgcities.model.plugins import Layer
from sdgcities.plugin.calling import within
from sdgcities.plugin.failures import Stage
from sdgcities.plugin.kinds import MEASURES
from sdgcities.plugin.member import Member
from sdgcities.plugin.typed import misfit

Drop = Callable[[Member, Stage, Refused, str], None]


def guarded(measure: Measure, member: Member, drop: Drop) -> Measure:
    """The measure, whose failure drops its plugin and says so for every city. The core's own stays as it is."""
    if member.manifest.layer is Layer.CORE:
        return measure

    def read(hub: HubView, cities: Sequence[str], arguments: Mapping[str, Value]) -> Mapping[str, Reading]:
        try:
            readings = within(member.limit, lambda: measure.read(hub, cities, arguments), member.manifest.folder)
            _check(measure, readings)
        except Refused as error:
            drop(member, Stage.CALL, error, MEASURES.hook)
            missing = msg("The measure %(measure)s of the plugin %(plugin)s fails.", measure=measure.id, plugin=member.name)
            return dict.fromkeys(cities, Reading(None, (missing,)))
        return readings

    return replace(measure, read=read)


def _check(measure: Measure, readings: object) -> None:
    if not isinstance(readings, Mapping) or any(misfit(reading, Reading) for reading in readings.values()):
        hint = msg("It must give a Reading for each city.")
        raise refuse("plugin.type", msg("The measure %(measure)s gives a wrong type.", measure=measure.id), hint)
