"""What the data track gives through the plugin hooks."""

from __future__ import annotations

from collections.abc import Mapping

from sdgcities.model.milestones import Measure
from sdgcities.plugin import hookimpl
from sdgcities.tracks.data.measures import data_measures


@hookimpl
def sdgcities_measures() -> Mapping[str, Measure]:
    """The measures of the data track."""
    return data_measures()
