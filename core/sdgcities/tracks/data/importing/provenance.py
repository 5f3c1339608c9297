"""Where figures come from, on record: source, indicator as it was defined, batch with its digests, refused rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection, insert

from sdgcities.findings import Finding
from sdgcities.intake.files import name_of
from sdgcities.model.places import NameScope
from sdgcities.model.plugins import Layer, Manifest
from sdgcities.model.sources import Source
from sdgcities.model.statistics import ImportProfile, Indicator
from sdgcities.registry.catalogue import Catalogue
from sdgcities.store import audit
from sdgcities.store.rows import known
from sdgcities.store.tables import batch, indicator_version, refused_row, source
from sdgcities.tracks.data.importing.request import Report, Request
from sdgcities.tracks.data.reading.raw import Raw
from sdgcities.tracks.data.reading.tidy import TIDY


class Provenance:
    """Ids of sources and indicator versions, written when first needed."""

    def __init__(self, connection: Connection, catalogue: Catalogue) -> None:
        self._connection, self._catalogue = connection, catalogue

    def source(self, given: Source) -> int:
        """The id of a source."""
        return known(self._connection, source, {"office": given.office, "reference": given.table, "licence": given.licence, "url": given.url})

    def indicator(self, given: Indicator) -> int:
        """The id of an indicator as it is defined today, with the plugin's version."""
        manifest = self._catalogue.hub.plugins.giver("sdgcities_indicators", given.code, given.country)
        definition = audit.canonical(asdict(given))
        row = {"indicator": given.code, "plugin": manifest.name, "plugin_version": manifest.version, "digest": audit.digest_of(asdict(given))}
        return known(self._connection, indicator_version, row, {"definition": definition})


def write_batch(
    connection: Connection,
    catalogue: Catalogue,
    profile: ImportProfile | None,
    report: Report,
    rows_sha256: str,
    refused: Sequence[tuple[Raw, Finding]],
    request: Request,
) -> None:
    """The batch itself, the rows it refused, and its record in the audit chain."""
    manifest, at = _reading_plugin(catalogue, profile), audit.now()
    row = {
        "id": report.batch,
        "file": name_of(request.path),
        "file_sha256": report.sha256,
        "profile": report.profile,
        "profile_sha256": audit.digest_of(asdict(profile) if profile else TIDY),
        "alias_sha256": audit.digest_of(_aliases(catalogue)),
        "plugin": manifest.name,
        "plugin_version": manifest.version,
        "reverts": None,
        "part_of": None,
        "reason": "",
        "rows_read": report.rows_read,
        "stored": report.stored,
        "unchanged": report.unchanged,
        "refused": report.refused,
        "rows_sha256": rows_sha256,
        "at": at,
        "actor": request.entered_by.id,
        "answers_for": request.answers_for.id,
    }
    connection.execute(insert(batch).values(**row))
    kept = [
        {"batch": report.batch, "locator": raw[0], "raw": audit.canonical(raw), "code": found.code, "message": str(found.message)} for raw, found in refused
    ]
    if kept:
        connection.execute(insert(refused_row), kept)
    audit.record(connection, at, request.entered_by.id, "data.import", f"batch {report.batch}", row)


def _reading_plugin(catalogue: Catalogue, profile: ImportProfile | None) -> Manifest:
    """The plugin by whose word the file was read: the one that gave the profile; for the tidy format the core."""
    plugins = catalogue.hub.plugins
    if profile is None:
        return next(manifest for manifest in plugins.manifests if manifest.layer is Layer.CORE)
    return plugins.giver("sdgcities_import_profiles", profile.id, profile.country)


def _aliases(catalogue: Catalogue) -> list[tuple[str, ...]]:
    """Every name that holds in a narrower place than its plugin, or was added by the hub: what a file's names were read by."""
    units = (unit for places in catalogue.places.values() for unit in places.units.values())
    return sorted(
        (unit.id, name.name, name.scope, name.scope_id)
        for unit in units
        for name in unit.names[0 if unit.names[0].since else 1 :]
        if name.scope is not NameScope.PLUGIN or not name.language
    )
