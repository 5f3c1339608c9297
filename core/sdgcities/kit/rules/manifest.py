"""Rules of `plugin.yaml`: what it says, the API it is written for, who answers for it, which tracks it serves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sdgcities.contract.load import load_contract
from sdgcities.errors import Refused
from sdgcities.findings import Finding, Severity, msg
from sdgcities.intake.yaml import Document
from sdgcities.kit.doubts.formats import doubtful_formats
from sdgcities.kit.doubts.money import unknown_currency
from sdgcities.kit.placeholders import is_placeholder, is_sample_address
from sdgcities.kit.reference.countries import countries
from sdgcities.kit.rule import Check, Unchecked
from sdgcities.kit.subject import Subject, document_of
from sdgcities.kit.trial.sample import FILE as SAMPLE
from sdgcities.model.plugins import Layer, Manifest
from sdgcities.plugin.deprecations import deprecated, ended
from sdgcities.plugin.discovery import keep_core_to_the_core
from sdgcities.plugin.manifest import FILE, FILES, FOLDERS

API = "manifest.api"
"""The code of the refusal of another API version."""
_OWN_USE = ("AA", *(f"Q{letter}" for letter in "MNOPQRSTUVWXYZ"), *(f"X{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), "ZZ")
"""Codes that ISO 3166-1 leaves to whoever needs one of their own."""
_SUFFIX = {"units": ".csv", "aliases": ".csv", "boundaries": ".geojson"}


def valid(subject: Subject) -> Iterator[Finding]:
    """What discovery refuses; countries that ISO 3166-1 does not have; and, as notes, files that nothing names."""
    yield from (finding for finding in subject.reading.findings if finding.code != API)
    manifest = subject.reading.value
    if manifest is None:
        if all(finding.code == API for finding in subject.reading.findings):
            raise Unchecked(msg("plugin.yaml is written for another plugin API."))
        return
    document = document_of(subject.folder / FILE)
    try:
        keep_core_to_the_core(manifest, document)
    except Refused as error:
        yield from error.findings
    yield from _countries(manifest, document)
    yield from _without_cities(manifest, document)
    yield from doubtful_formats(manifest, document)
    yield from unknown_currency(manifest.currency, subject.country, document)
    yield from _unnamed(manifest, document)


def _countries(manifest: Manifest, document: Document) -> Iterator[Finding]:
    known = {country.iso2 for country in countries()}
    for number, code in enumerate(manifest.countries):
        if code not in known and code not in _OWN_USE:
            hint = msg("Write its code of two letters; a place without one may take a code from XA to XZ.")
            problem = msg("%(code)s is no country's code in ISO 3166-1.", code=code)
            yield Finding("manifest.country", Severity.BLOCK, problem, hint, document.where(("countries", number)))


def _without_cities(manifest: Manifest, document: Document) -> Iterator[Finding]:
    """Levels none of which is that of cities: nobody could join the programme."""
    if manifest.layer is Layer.COUNTRY and manifest.levels and not any(level.city for level in manifest.levels):
        problem = msg("No level has city: true, so no city of the country can join.")
        hint = msg("Add city: true to the level of the cities, such as %(level)s.", level=manifest.levels[-1].id)
        yield Finding("manifest.cities", Severity.BLOCK, problem, hint, document.where(("levels",)))


def _unnamed(manifest: Manifest, document: Document) -> Iterator[Finding]:
    """Files and folders of the usual name that the manifest leaves out: a hub passes over them."""
    usual = {kind: kind + _SUFFIX.get(kind, ".yaml") for kind in FILES} | {kind: kind for kind in FOLDERS}
    for kind, name in usual.items():
        told_by = f"{name}/{SAMPLE}" if kind == "sample" else name  # tables alone are no sample that can be run
        if kind not in manifest.paths and (manifest.folder / told_by).exists():
            problem = msg("The plugin has a %(name)s, but plugin.yaml does not name it.", name=name)
            yield Finding("manifest.unnamed", Severity.NOTE, problem, msg("Add the line %(kind)s: %(name)s", kind=kind, name=name), document.where())


def api(subject: Subject) -> Iterator[Finding]:
    """Another API version, and what the plugin uses that has ended in this one or soon will."""
    refused = [finding for finding in subject.reading.findings if finding.code == API]
    yield from refused
    yield from ended(subject.folder) if refused else deprecated(subject.manifest)


def maintained(subject: Subject) -> Iterator[Finding]:
    """No maintainer, or one from an example. Without an address it is a note."""
    manifest, document = subject.manifest, document_of(subject.folder / FILE)
    hint = msg("Name a person or an office with an address that is read.")
    if not manifest.maintainers:
        yield Finding("maintainer.missing", Severity.BLOCK, msg("No maintainer is named."), hint, document.where(("maintainers",)))
    for number, maintainer in enumerate(manifest.maintainers):
        where = document.where(("maintainers", number))
        if is_sample_address(maintainer):
            made_up = msg("The address of %(name)s is made up: example.org and its like belong to nobody who reads.", name=maintainer)
            yield Finding("maintainer.example", Severity.BLOCK, made_up, hint, where)
        elif is_placeholder(maintainer):
            yield Finding("maintainer.example", Severity.BLOCK, msg("%(name)s stands for nobody.", name=maintainer), hint, where)
        elif "@" not in maintainer and "://" not in maintainer:
            yield Finding("maintainer.address", Severity.NOTE, msg("%(name)s has no address.", name=maintainer), hint, where)


def tracks_served(subject: Subject) -> Iterator[Finding]:
    """A track that has nothing of the plugin's own and no reason why.

    An indicator says its track; a milestone of the country, and a change of one of the core's, stands in the track of its id. A form serves
    the track that reads its answers: the questions of the core are the data track's so far. What Python hooks add can't be seen here.
    """
    manifest, document = subject.manifest, document_of(subject.folder / FILE)
    served = _served(subject)
    for track in load_contract().tracks:
        reason, where = manifest.waives.get(track.id), document.where(("waives", track.id))
        if track.id in served and reason is not None:
            problem = msg("The track %(track)s is waived, but the plugin has something of its own for it.", track=track.id)
            yield Finding("track.both", Severity.NOTE, problem, msg("Take the line out of waives."), where)
        elif reason is not None and is_placeholder(reason):
            hint = msg("Say in a sentence why the country leaves the track as the core has it.")
            yield Finding("track.reason", Severity.BLOCK, msg("The track %(track)s is waived without a reason.", track=track.id), hint, where)
        elif track.id not in served and reason is None:
            problem = msg("The plugin has no indicator, form or milestone for the track %(track)s.", track=track.id)
            hint = msg("Add one, or write under waives in plugin.yaml why not: %(track)s: the reason", track=track.id)
            yield Finding("track.missing", Severity.BLOCK, problem, hint, document.where(("waives",)))


def _served(subject: Subject) -> set[str]:
    adaptation = subject.adaptation.needed if subject.adaptation else None
    milestones = [*(change.milestone for change in adaptation.changes), *(own.id for own in adaptation.milestones)] if adaptation else []
    indicators = subject.indicators.needed if subject.indicators else []
    served = {indicator.track for indicator in indicators} | {identifier.partition("/")[0] for identifier in milestones}
    return served | {"data" for form in subject.forms if form.needed.answers}


CHECKS: Mapping[str, Check] = {"manifest-valid": valid, "api-range": api, "maintainer-named": maintained, "tracks-served": tracks_served}
