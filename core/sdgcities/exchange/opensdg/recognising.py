"""Whether what is to be imported is a data repository of Open SDG."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Where, msg

if TYPE_CHECKING:
    from sdgcities.registry.catalogue import Catalogue

PROFILE = "opensdg"
"""What stands as the profile of such a batch, and by which one may be asked for."""
MOST_ENTRIES = 20_000
"""Entries that an archive of a repository may have: whole ones hold what Open SDG built of them too."""
KINDS = (".csv", ".yml", ".yaml", ".md", *(f"licen{letter}e{ending}" for letter in "cs" for ending in ("", ".txt")))
"""How the names of files end that are read or kept; nothing else of an archive is unpacked."""
_ARCHIVE = ".zip"
_LEFT_BY_SYSTEMS = (".", "__")


def meant(path: Path, profile: str | None, unit: str | None, read_otherwise: Callable[[], bool] = lambda: True) -> bool:
    """Whether a folder or archive is taken in as a repository: it is one, or whoever imports says so by --unit or --profile opensdg.

    A folder of files that are called as Open SDG calls them, without more, is one too, unless it is `read_otherwise`. Raises Refused.
    """
    if profile not in (None, PROFILE):
        return False
    if recognised(path) or (path.is_dir() and _files_alone(path) and (unit is not None or profile == PROFILE or not read_otherwise())):
        return True
    if profile == PROFILE or unit is not None:
        if path.suffix.casefold() == _ARCHIVE and path.is_file() and not _names(path):
            return True  # whoever unpacks it says why it can't be read
        hint = msg("It has config_data.yml, data/indicator_1-1-1.csv, ... and meta/1-1-1.yml, ...; for any other file leave --unit out.")
        raise refuse("opensdg.none", msg("This is no data repository of Open SDG."), hint, Where(file=str(path)))
    return False


def recognised(path: Path) -> bool:
    """Whether a folder, or the one folder in it, or an archive holds a repository."""
    if path.is_dir():
        from sdgcities.exchange.opensdg.reading import is_repository  # noqa: PLC0415 - loaded where there is a folder

        return is_repository(root_of(path))
    if path.suffix.casefold() != _ARCHIVE or not path.is_file():
        return False
    from sdgcities.exchange.opensdg.words import words  # noqa: PLC0415 - as above

    parts = [name.split("/") for name in _names(path) if not name.startswith(_LEFT_BY_SYSTEMS)]
    inside = [part[1:] for part in parts] if len({part[0] for part in parts}) == 1 else parts
    if any([name] in inside for name in words().config_files):
        return any(fnmatchcase(part[-1], "*-*.csv") for part in inside if part)  # the configuration says in which folder
    data = [part[1] for part in inside if len(part) == 2 and part[0] == "data"]  # noqa: PLR2004 - folder and file
    return any(fnmatchcase(name, "indicator_*-*.csv") for name in data) and any(part[0] == "meta" for part in inside if part)


def _names(archive: Path) -> list[str]:
    from sdgcities.intake.zip import names_in  # noqa: PLC0415 - as above

    return names_in(archive, MOST_ENTRIES)


def has_profile(catalogue: Catalogue, folder: Path) -> bool:
    """Whether an import profile of the hub reads any of the files that are called as Open SDG calls them."""
    from sdgcities.tracks.data.reading.choosing import choose_profile  # noqa: PLC0415 - as above
    from sdgcities.tracks.data.reading.profiled import ProfiledFile  # noqa: PLC0415 - as above

    for file in _files_alone(folder):
        try:
            profile = choose_profile(catalogue, file, None)
            if profile is not None:
                ProfiledFile(file, profile)
        except Refused as error:
            if error.findings[0].code != "profile.several":
                continue
        return True
    return False


def root_of(folder: Path) -> Path:
    """The folder itself, or the only one in it: archives of repositories hold one folder with everything."""
    inside = [entry for entry in folder.iterdir() if not entry.name.startswith(_LEFT_BY_SYSTEMS)]
    if len(inside) == 1 and inside[0].is_dir() and inside[0].name != "data":
        return inside[0]
    return folder


def _files_alone(folder: Path) -> list[Path]:
    from sdgcities.exchange.opensdg.reading import files_alone  # noqa: PLC0415 - as above

    return files_alone(root_of(folder))
