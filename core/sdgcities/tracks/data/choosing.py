"""Which profile a file is read by: the one asked for, else the only one that fits."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sdgcities.errors import refuse
from sdgcities.findings import Where, msg
from sdgcities.intake.csv import read_header
from sdgcities.model.statistics import ImportProfile
from sdgcities.registry.catalogue import Catalogue
from sdgcities.tracks.data.profiled import fits
from sdgcities.tracks.data.tidy import TIDY, is_tidy


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
    header = _header(path, profiles.values())
    matching = [profile for profile in profiles.values() if fits(profile, path, header)]
    if len(matching) == 1:
        return matching[0]
    if matching:
        named = ", ".join(sorted(profile.id for profile in matching))
        raise refuse("profile.several", msg("Several profiles fit this file: %(profiles)s.", profiles=named), msg("Choose one: --profile ID."), where)
    if is_tidy(header):
        return None
    by_name = [profile for profile in profiles.values() if fits(profile, path, profile.header)]
    if len(by_name) == 1:
        lacking = ", ".join(column for column in by_name[0].header if column not in header)
        problem = msg("The name is that of a file of the profile %(id)s, but it lacks the columns: %(columns)s.", id=by_name[0].id, columns=lacking)
        raise refuse("profile.none", problem, msg("Ask the office whether the columns were renamed; a new form of the file needs a new profile."), where)
    raise refuse("profile.none", msg("No profile fits this file: its name and its columns are those of none."), known, where)


def _header(path: Path, profiles: Iterable[ImportProfile]) -> tuple[str, ...]:
    """The header, read as the first profile that its name fits would read it; as plain CSV otherwise."""
    for profile in profiles:
        if fits(profile, path, profile.header):
            return read_header(path, profile.encoding, profile.delimiter)
    return read_header(path)
