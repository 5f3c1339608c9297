"""Where figures come from, on record: source, indicator as it was defined, batch with its digests, refused rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields

from sqlalchemy import Connection, func, insert, select

from sdgcities.findings import Finding
from sdgcities.model.places import NameScope
from sdgcities.model.plugins import Layer, Manifest
from sdgcities.model.profiles import ImportProfile
from sdgcities.model.sources import Source
from sdgcities.model.statistics import Indicator
from sdgcities.registry.catalogue import Catalogue
from sdgcities.store import audit
from sdgcities.store.rows import known
from sdgcities.store.tables import batch, indicator_version, refused_row, source
from sdgcities.tracks.data.importing.request import Report, Request
from sdgcities.tracks.data.reading.raw import Raw


class Provenance:
    """Ids of sources and indicator versions, written when first needed and remembered: many series share them."""

    def __init__(self, connection: Connection, catalogue: Catalogue) -> None:
        self._connection, self._catalogue = connection, catalogue
        self._sources: dict[Source, int] = {}
        self._indicators: dict[tuple[str, str], int] = {}

    def source(self, given: Source) -> int:
        """The id of a source."""
        if given not in self._sources:
            row = {"office": given.office, "reference": given.table, "licence": given.licence, "url": given.url}
            self._sources[given] = known(self._connection, source, row)
        return self._sources[given]

    def indicator(self, given: Indicator) -> int:
        """The id of an indicator as it is defined today, with the plugin's version."""
        key = (given.country, given.code)
        if key not in self._indicators:
            self._indicators[key] = self._defined(given)
        return self._indicators[key]

    def _defined(self, given: Indicator) -> int:
        manifest = self._catalogue.hub.plugins.giver("sdgcities_indicators", given.code, given.country)
        said = definition(given)
        row = {"indicator": given.code, "plugin": manifest.name, "plugin_version": manifest.version, "digest": audit.digest_of(said)}
        return known(self._connection, indicator_version, row, {"definition": audit.canonical(said)})


_FROM_THE_FIRST = frozenset(
    (
        "code", "country", "name", "definition", "unit", "direction", "frequency", "disaggregation", "source", "status", "sdg", "no_sdg_reason",
        "umf_cells", "umf_code", "programmes", "core", "minimum", "maximum", "track", "method", "aggregation",
    )
)  # fmt: skip
"""What every version on record says, empty or not."""


def definition(given: Indicator) -> dict[str, object]:
    """The indicator as it goes on record. What came later and says nothing is left out: with a new release, what did not change is no new version."""
    said = asdict(given)
    empty = {one.name for one in fields(given) if one.name not in _FROM_THE_FIRST and getattr(given, one.name) == one.default}
    return {name: value for name, value in said.items() if name not in empty}


@dataclass(frozen=True, slots=True)
class Written:
    """A batch to be put on record: what was read, by which profile, and the digest of its rows."""

    id: int
    file: str
    file_sha256: str
    profile: str
    profile_sha256: str
    manifest: Manifest
    rows_read: int
    stored: int
    unchanged: int
    refused: int
    rows_sha256: str
    part_of: int | None = None
    reason: str = ""


def of_file(catalogue: Catalogue, profile: ImportProfile | None, report: Report, rows_sha256: str, name: str) -> Written:
    """The batch of one file."""
    assert report.batch is not None, "a report of what is stored has the number of its batch"
    return Written(
        id=report.batch,
        file=name,
        file_sha256=report.sha256,
        profile=report.profile,
        profile_sha256=audit.digest_of(asdict(profile) if profile else report.profile),
        manifest=_reading_plugin(catalogue, profile),
        rows_read=report.rows_read,
        stored=report.stored,
        unchanged=report.unchanged,
        refused=report.refused,
        rows_sha256=rows_sha256,
        part_of=report.part_of,
    )


def write_batch(connection: Connection, catalogue: Catalogue, written: Written, request: Request, action: str = "data.import") -> str:
    """The batch itself and its record in the audit chain; the time of both."""
    at = audit.now()
    row = {
        **{item.name: getattr(written, item.name) for item in fields(written) if item.name != "manifest"},
        "alias_sha256": audit.digest_of(_aliases(catalogue)),
        "plugin": written.manifest.name,
        "plugin_version": written.manifest.version,
        "reverts": None,
        "at": at,
        "actor": request.entered_by.id,
        "answers_for": request.answers_for.id,
    }
    connection.execute(insert(batch).values(**row))
    audit.record(connection, at, request.entered_by.id, action, f"batch {written.id}", row)
    return at


def write_refused(connection: Connection, number: int, refused: Iterable[tuple[Raw, Finding]]) -> None:
    """The rows that a batch left out, each with what was wrong."""
    kept = [{"batch": number, "locator": raw[0], "raw": audit.canonical(raw), "code": found.code, "message": str(found.message)} for raw, found in refused]
    if kept:
        connection.execute(insert(refused_row), kept)


def next_batch(connection: Connection) -> int:
    """The number of the next batch: nobody else writes meanwhile."""
    return 1 + (connection.execute(select(func.max(batch.c.id))).scalar() or 0)


def core_manifest(catalogue: Catalogue) -> Manifest:
    """The core, by whose word the tidy format, folders and corrections are read."""
    return next(manifest for manifest in catalogue.hub.plugins.manifests if manifest.layer is Layer.CORE)


def _reading_plugin(catalogue: Catalogue, profile: ImportProfile | None) -> Manifest:
    """The plugin by whose word the file was read: the one that gave the profile, or the hub; for the tidy format the core."""
    return catalogue.hub.profiles.giver(profile) if profile else core_manifest(catalogue)


def _aliases(catalogue: Catalogue) -> list[tuple[str, ...]]:
    """Every name that holds in a narrower place than its plugin, or was added by the hub: what a file's names were read by."""
    units = (unit for places in catalogue.places.values() for unit in places.units.values())
    return sorted(
        (unit.id, name.name, name.scope, name.scope_id, name.within)
        for unit in units
        for name in unit.names[0 if unit.names[0].since else 1 :]
        if name.scope is not NameScope.PLUGIN or not name.language
    )
