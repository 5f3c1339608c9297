"""The official lists that a hub was given: of each kind the newest counts, read from the file that its digest names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, select

from sdgcities.errors import HubUnusable, unusable
from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.intake.files import sha256_of
from sdgcities.store.tables import official_list

FOLDER = "lists"


class ListKind(StrEnum):
    """What can be loaded."""

    SDG = "sdg"
    UMF = "umf"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class Given:
    """A list that was loaded: `file` is the name it came under, `version` what it calls itself."""

    kind: ListKind
    version: str
    file: str
    sha256: str
    at: str
    actor: str

    @property
    def name(self) -> str:
        """Under which name the hub's folder `lists` holds it."""
        return f"{self.sha256}{Path(self.file).suffix.casefold()}"


def given(connection: Connection) -> dict[ListKind, Given]:
    """The newest list of each kind."""
    return {one.kind: one for one in loaded(connection)}


def loaded(connection: Connection) -> Iterator[Given]:
    """Every list that was loaded, oldest first."""
    columns = official_list.c
    rows = connection.execute(select(columns.kind, columns.version, columns.file, columns.sha256, columns.at, columns.actor).order_by(columns.id))
    yield from (Given(ListKind(row.kind), row.version, row.file, row.sha256, row.at, row.actor) for row in rows)


def kept(folder: Path, one: Given) -> Path:
    """The file of a list, as it was loaded. Raises HubUnusable where it is gone or was changed."""
    path = folder / FOLDER / one.name
    if not path.is_file() or sha256_of(path) != one.sha256:
        problem = msg("The list that was loaded from %(file)s is gone or was changed.", file=one.file)
        raise unusable("list.changed", problem, msg("Put the file back as it was, under this name."), Where(file=str(path)))
    return path


def changed(folder: Path, connection: Connection) -> Iterator[Finding]:
    """Every list whose file is gone or was changed. One that a newer one replaced is only told: nothing needs it."""
    counting = given(connection)
    for one in {one.name: one for one in loaded(connection)}.values():
        try:
            kept(folder, one)
        except HubUnusable as error:
            needed = any(one.name == newest.name for newest in counting.values())
            yield from error.findings if needed else (replace(finding, severity=Severity.NOTE) for finding in error.findings)
