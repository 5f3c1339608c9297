"""Whether what is to be imported is a data repository of Open SDG."""

from __future__ import annotations

from pathlib import Path

from sdgcities.errors import refuse
from sdgcities.findings import Where, msg

PROFILE = "opensdg"
"""What stands as the profile of such a batch, and by which one may be asked for."""
_ARCHIVE = ".zip"


def meant(path: Path, profile: str | None, unit: str | None) -> bool:
    """Whether a folder or archive is taken in as a repository: it is one, or whoever imports says so by --unit or --profile opensdg. Raises Refused."""
    if profile not in (None, PROFILE):
        return False
    if recognised(path) or ((unit is not None or profile == PROFILE) and path.is_dir() and _flat(path)):
        return True
    if profile == PROFILE or unit is not None:
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
    from sdgcities.intake.zip import names_in  # noqa: PLC0415 - as above

    parts = [name.split("/") for name in names_in(path)]
    inside = [part[1:] for part in parts] if len({part[0] for part in parts}) == 1 else parts
    named = {(part[0], part[1].startswith("indicator_")) for part in inside if len(part) == 2}  # noqa: PLR2004 - folder and file
    return ("data", True) in named and (["config_data.yml"] in inside or any(folder == "meta" for folder, _ in named))


def root_of(folder: Path) -> Path:
    """The folder itself, or the only one in it: archives of repositories hold one folder with everything."""
    inside = [entry for entry in folder.iterdir() if not entry.name.startswith((".", "__"))]
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else folder


def _flat(folder: Path) -> bool:
    from sdgcities.exchange.opensdg.reading import is_flat  # noqa: PLC0415 - as above

    return is_flat(folder)
