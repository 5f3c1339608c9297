"""What plugins are written with. These names stay: one is removed only after a deprecation of two minor versions.

Hooks are marked with `sdgcities.plugin.hookimpl`; their specs stand in `sdgcities.plugin.specs`.
"""

from __future__ import annotations

from sdgcities.findings import Finding, Message, Severity, msg
from sdgcities.model.hub import HubView, LatestFigure
from sdgcities.model.instruments import Answer, Form
from sdgcities.model.milestones import Adaptation, Change, Measure, Reading
from sdgcities.model.money import Money
from sdgcities.model.places import Unit, UnitBoundary, UnitName
from sdgcities.model.profiles import ImportProfile
from sdgcities.model.programme import BudgetLine, SupportModality
from sdgcities.model.sources import Source, Status
from sdgcities.model.statistics import Dimension, Direction, Indicator, Period, Tag

__all__ = [
    "Adaptation",
    "Answer",
    "BudgetLine",
    "Change",
    "Dimension",
    "Direction",
    "Finding",
    "Form",
    "HubView",
    "ImportProfile",
    "Indicator",
    "LatestFigure",
    "Measure",
    "Message",
    "Money",
    "Period",
    "Reading",
    "Severity",
    "Source",
    "Status",
    "SupportModality",
    "Tag",
    "Unit",
    "UnitBoundary",
    "UnitName",
    "msg",
]
