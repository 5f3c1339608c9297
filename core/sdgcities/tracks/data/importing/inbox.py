"""A folder of files that offices sent: each is taken in by itself, and then lies with those that were taken or with those to be sent back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Where, msg
from sdgcities.registry.catalogue import Catalogue
from sdgcities.tracks.data.importing.contents import is_collection, passed_over
from sdgcities.tracks.data.importing.folder import import_folder
from sdgcities.tracks.data.importing.request import FolderReport, Report, Request
from sdgcities.tracks.data.importing.run import import_file
from sdgcities.tracks.data.importing.single import unread

RECEIPTS = "receipts"
_GIVE = msg("Give the folder with the files that came in.")


class Outcome(StrEnum):
    """What became of a file; also the name of the folder that it lies in afterwards."""

    TAKEN = "taken"
    """Its figures are in the hub, now or since before."""
    RETURNED = "returned"
    """Nothing of it was stored: it goes back to its sender, with the receipt that says why."""


@dataclass(frozen=True, slots=True)
class Handled:
    """A file of the inbox and what was done with it."""

    path: Path
    report: Report | FolderReport
    outcome: Outcome


def waiting(inbox: Path) -> Sequence[Path]:
    """The files that wait, by name. What lies in folders below was handled before."""
    if not inbox.is_dir():
        raise refuse("inbox.folder", msg("There is no such folder."), _GIVE, Where(file=str(inbox)))
    try:
        return sorted(path for path in inbox.iterdir() if path.is_file() and not passed_over(Path(path.name)))
    except OSError as error:
        told = msg("The folder can't be read: %(reason)s.", reason=error.strerror or str(error))
        raise refuse("inbox.folder", told, _GIVE, Where(file=str(inbox))) from error


def handle(catalogue: Catalogue, request: Request) -> Handled:
    """Import a file, or an archive as one batch; whatever is wrong with it keeps no other file waiting."""
    try:
        report = import_folder(catalogue, request) if is_collection(request.path) else import_file(catalogue, request)
    except Refused as error:
        report = unread(request, error)
    return Handled(request.path, report, Outcome.RETURNED if report.blocked else Outcome.TAKEN)


def free_name(folder: Path, name: str) -> Path:
    """A path in the folder under which nothing lies yet: the same name may come in again."""
    return next(path for path in _names(folder, name) if not path.exists())


def place_for_receipt(inbox: Path, name: str) -> Path:
    """A path in the folder of receipts that is this receipt's own, whoever else is at the same inbox: an empty file lies there now."""
    for path in _names(inbox / RECEIPTS, f"{name}.txt"):
        with suppress(FileExistsError):
            path.touch(exist_ok=False)
            return path
    raise AssertionError


def _names(folder: Path, name: str) -> Iterator[Path]:
    path = Path(name)
    return (folder / (name if number == 1 else f"{path.stem} ({number}){path.suffix}") for number in count(1))


def put_away(handled: Handled) -> Path | None:
    """Move a file to those that were taken, or to those to be sent back; where it lies now. None where somebody else was quicker."""
    folder = handled.path.parent / handled.outcome.value
    try:
        folder.mkdir(exist_ok=True)
        return handled.path.rename(free_name(folder, handled.path.name))
    except OSError as error:
        if not handled.path.exists():
            return None
        told = msg("The file can't be moved to %(folder)s: %(reason)s.", folder=folder, reason=error.strerror or str(error))
        raise refuse("inbox.move", told, msg("Close it in other programs; what it brought is told above."), Where(file=str(handled.path))) from error
