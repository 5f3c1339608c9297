"""The rule of `sdmx`: what an indicator is said to be in the global structure, held against that structure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from sdgcities.exchange.sdmx.mapping import mapped
from sdgcities.exchange.sdmx.official import official
from sdgcities.findings import Finding, Message, Severity, msg
from sdgcities.intake.yaml import Document, NodePath
from sdgcities.kit.rule import Check
from sdgcities.kit.rules.indicators import dimensions_known
from sdgcities.kit.subject import Subject, document_of
from sdgcities.model.sources import Status
from sdgcities.model.statistics import GlobalSeries, Indicator

_HINT = msg("See the code lists in core/sdgcities/exchange/sdmx/official, or take it out.")


def valid(subject: Subject) -> Iterator[Finding]:
    """Series, units and codes that the structure has not, whatever the status: a draft is wrong before it becomes official."""
    if subject.indicators is None:
        return
    document = document_of(subject.indicators.file)
    for number, indicator in enumerate(subject.indicators.needed):
        if indicator.sdmx is not None:
            here: NodePath = ("indicators", number, "sdmx")
            yield from _structure(indicator, indicator.sdmx, document, here)
            yield from _codes(subject, indicator, indicator.sdmx, document, here)


def _structure(indicator: Indicator, declared: GlobalSeries, document: Document, here: NodePath) -> Iterator[Finding]:
    meant = replace(indicator, sdmx=replace(declared, status=Status.OFFICIAL))
    if (wrong := mapped(meant).wrong) is not None:
        told = msg("%(code)s can't be sent as SDMX: %(reason)s.", code=indicator.code, reason=wrong)
        yield _finding("sdmx.declared", told, _HINT, document, here)
        return
    sdg = re.findall(r"[^\s,;]+", official().indicator_of.get(declared.series, ""))
    if sdg and indicator.sdg and not any(f"{one}.".startswith(f"{code}.") for one in sdg for code in indicator.sdg):
        given = {"series": declared.series, "sdg": ", ".join(sdg), "code": indicator.code, "own": ", ".join(indicator.sdg)}
        told = msg("%(series)s is of SDG indicator %(sdg)s, and %(code)s of %(own)s.", **given)
        yield _finding("sdmx.other-indicator", told, msg("Correct the series, or sdg."), document, (*here, "series"))


def _codes(subject: Subject, indicator: Indicator, declared: GlobalSeries, document: Document, here: NodePath) -> Iterator[Finding]:
    """Codes of ours that no dimension has."""
    known = dimensions_known(subject)
    for ours in declared.codes:
        name, _, code = ours.partition("=")
        if name not in known or code not in known[name].codes:
            told = msg("%(ours)s at sdmx of %(code)s is no code of a dimension.", ours=ours, code=indicator.code)
            yield _finding("sdmx.code", told, msg("Write a dimension and one of its codes, such as sex=F."), document, (*here, "codes"))


def _finding(code: str, problem: Message, hint: Message, document: Document, path: NodePath) -> Finding:
    return Finding(code, Severity.BLOCK, problem, hint, document.where(path))


CHECKS: Mapping[str, Check] = {"sdmx-valid": valid}
