"""Which profile a file is read by: the one asked for, else the only one that fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.intake.csv import read_header
from sdgcities.intake.workbook import is_workbook
from sdgcities.model.statistics import ImportProfile
from sdgcities.registry.catalogue import Catalogue
from sdgcities.tracks.data.reading.misread import TEXTS, UNREADABLE, begins_like, fits, found_in, kind_of, misread, other_encodings
from sdgcities.tracks.data.reading.profiled import named_like
from sdgcities.tracks.data.reading.tidy import TIDY, is_tidy


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
    found = {profile.id: found_in(path, profile) for profile in like}
    matching = [profile for profile in like if fits(profile, found[profile.id])]
    if len(matching) == 1:
        return matching[0]
    if matching:
        named = ", ".join(sorted(profile.id for profile in matching))
        raise refuse("profile.several", msg("Several profiles fit this file: %(profiles)s.", profiles=named), msg("Choose one: --profile ID."), where)
    _refuse_unless_tidy(path, found, profiles, known)
    return None


def _refuse_unless_tidy(path: Path, like: Mapping[str, list[tuple[str, ...]] | Refused], profiles: Mapping[str, ImportProfile], known: Message) -> None:
    """Refused with what is nearest, a profile that says something wrongly or one to be named, where the file is not in the tidy format.

    `like` are the profiles for files of this name, with the columns that each finds.
    """
    where = Where(file=str(path))
    tidy = _is_tidy(path) if not like or path.suffix.casefold() == ".csv" else False
    if tidy is True:
        return
    for profile, found in like.items():
        if wrong := misread(path, profiles[profile], found if isinstance(found, Refused) else None):
            raise wrong
    if others := _by_columns(path, [profile for profile in profiles.values() if profile.id not in like]):
        raise others
    for profile, found in like.items() if len(like) == 1 else ():
        raise _lacking(profiles[profile], found, where)
    if tidy:
        raise _unreadable(tidy, [*profiles.values()])
    raise refuse("profile.none", msg("No profile fits this file: its name and its columns are those of none."), known, where)


def _by_columns(path: Path, profiles: Sequence[ImportProfile]) -> Refused | None:
    """The refusal that names the profile for files of another name whose columns these are; None where they are those of none."""
    kind, where = kind_of(path), Where(file=str(path))
    same = [profile for profile in profiles if profile.layout.format == kind]
    if fitting := sorted((one for one in same if (kind != "csv" or begins_like(path, one)) and fits(one, found_in(path, one))), key=lambda one: one.id):
        ids = ", ".join(one.id for one in fitting)
        problem = msg("By its name no profile is for this file; its columns are those of: %(profiles)s.", profiles=ids)
        first = fitting[0]
        hint = msg("Name the profile: --profile %(id)s; or rename the file as the profile says: %(pattern)s.", id=first.id, pattern=first.file)
        return refuse("profile.none", problem, hint if len(fitting) == 1 else msg("Choose one: --profile ID."), where)
    return next(filter(None, (misread(path, profile) for profile in same)), None)


def _unreadable(error: Refused, profiles: Sequence[ImportProfile]) -> Refused:
    """Why a text can't be read; where a profile reads another encoding, nobody is told to save the file anew."""
    first = error.findings[0]
    hint = other_encodings(profiles) if first.code == UNREADABLE else None
    return Refused([replace(first, hint=hint)]) if hint else error


def _is_tidy(path: Path) -> bool | Refused:
    """Whether a file is in the tidy format, or why it can't be told. Of a picture or a map nobody wants to hear that it is no CSV."""
    if is_workbook(path):
        return False
    try:
        return is_tidy(read_header(path))
    except Refused as error:
        if path.is_file() and path.stat().st_size and path.suffix.casefold() not in TEXTS:
            return False
        return error


def _lacking(profile: ImportProfile, found: list[tuple[str, ...]] | Refused, where: Where) -> Refused:
    """What keeps the only profile of that name from reading the file."""
    if isinstance(found, Refused):
        return found
    lacking = ", ".join(dict.fromkeys(column for header in found for column in profile.header if column not in header))
    problem = msg("The name is that of a file of the profile %(id)s, but it lacks the columns: %(columns)s.", id=profile.id, columns=lacking)
    hint = msg("Ask the office whether the columns were renamed; a new form of the file needs a new profile.")
    return refuse("profile.none", problem, hint, where)
