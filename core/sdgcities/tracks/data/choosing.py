"""Which profile a file is read by: the one asked for, else the only one that fits."""

from __future__ import annotations

from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Where, msg
from sdgcities.intake.csv import read_header
from sdgcities.intake.workbook import is_workbook
from sdgcities.model.statistics import ImportProfile
from sdgcities.registry.catalogue import Catalogue
from sdgcities.tracks.data.profiled import headers, named_like
from sdgcities.tracks.data.tidy import TIDY, is_tidy

TEXTS = ("", ".csv", ".tsv", ".txt")
"""How the names of tables end that are plain text."""


def choose_profile(catalogue: Catalogue, path: Path, wanted: str | None) -> ImportProfile | None:
    """The profile of a file; None for the tidy format. Refused with the candidates where none or several match."""
    profiles = {profile.id: profile for country in catalogue.hub.config.countries for profile in catalogue.hub.plugins.profiles(country).values()}
    known = msg("Profiles: %(profiles)s.", profiles=", ".join([*sorted(profiles), TIDY]))
    if wanted == TIDY:
        return None
    if wanted is not None:
        if wanted not in profiles:
            raise refuse("profile.unknown", msg("There is no profile %(id)s.", id=wanted), known)
        return profiles[wanted]
    where = Where(file=str(path))
    like = [profile for profile in profiles.values() if named_like(profile, path)]
    found = {profile.id: _headers(path, profile) for profile in like}
    matching = [profile for profile in like if _fits(profile, found[profile.id])]
    if len(matching) == 1:
        return matching[0]
    if matching:
        named = ", ".join(sorted(profile.id for profile in matching))
        raise refuse("profile.several", msg("Several profiles fit this file: %(profiles)s.", profiles=named), msg("Choose one: --profile ID."), where)
    if (not like or path.suffix.casefold() == ".csv") and _is_tidy(path):
        return None
    if len(like) == 1:
        raise _lacking(like[0], found[like[0].id], where)
    raise refuse("profile.none", msg("No profile fits this file: its name and its columns are those of none."), known, where)


def _is_tidy(path: Path) -> bool:
    """Whether a file is in the tidy format. What is wrong with a text file is told; of a picture or a map nobody wants to hear that it is no CSV."""
    if is_workbook(path):
        return False
    try:
        return is_tidy(read_header(path))
    except Refused:
        if path.is_file() and path.stat().st_size and path.suffix.casefold() not in TEXTS:
            return False
        raise


def _headers(path: Path, profile: ImportProfile) -> list[tuple[str, ...]] | Refused:
    """The columns of the file's tables, or why the profile can't read them."""
    try:
        return headers(path, profile)
    except Refused as error:
        return error


def _fits(profile: ImportProfile, found: list[tuple[str, ...]] | Refused) -> bool:
    return not isinstance(found, Refused) and all(set(profile.header) <= set(header) for header in found)


def _lacking(profile: ImportProfile, found: list[tuple[str, ...]] | Refused, where: Where) -> Refused:
    """What keeps the only profile of that name from reading the file."""
    if isinstance(found, Refused):
        return found
    lacking = ", ".join(dict.fromkeys(column for header in found for column in profile.header if column not in header))
    problem = msg("The name is that of a file of the profile %(id)s, but it lacks the columns: %(columns)s.", id=profile.id, columns=lacking)
    hint = msg("Ask the office whether the columns were renamed; a new form of the file needs a new profile.")
    return refuse("profile.none", problem, hint, where)
