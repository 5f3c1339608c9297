"""Which profile a file is read by: the one asked for, else the only one that fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.hub.profiles import HubProfiles
from sdgcities.intake.csv import read_header
from sdgcities.intake.files import opened
from sdgcities.intake.renamed import renamed
from sdgcities.intake.workbook import is_workbook
from sdgcities.model.profiles import ImportProfile
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.unresolved import look_alike
from sdgcities.tracks.data.coverage.returned import is_gap_sheet
from sdgcities.tracks.data.reading.folded import collapsed
from sdgcities.tracks.data.reading.misread import TEXTS, UNREADABLE, Beginning, fits, found_in, kind_of, misread, other_encodings
from sdgcities.tracks.data.reading.profiled import named_like
from sdgcities.tracks.data.reading.tidy import REQUIRED, TIDY, is_tidy

NO_PROFILE = msg("No profile fits this file: its name and its columns are those of none.")

_INSPECT = msg("To see what the file looks like, and to have a profile proposed for it: sdgcities data inspect FILE.")
_OF_TIDY = ("csv.syntax", "csv.header", "csv.title")
"""What is wrong with a text as a table in the tidy format, and says nothing of one that an office writes in its own way."""
_BEGINNING = 4096


def choose_profile(catalogue: Catalogue, path: Path, wanted: str | None) -> ImportProfile | None:
    """The profile of a file; None for the tidy format. Refused with the candidates where none or several match."""
    hub = catalogue.hub
    profiles = {profile.id: profile for country in hub.config.countries for profile in hub.profiles.of(country).values()}
    known = msg("Profiles: %(profiles)s.", profiles=", ".join([*sorted(profiles), TIDY]))
    if wanted == TIDY:
        return None
    if wanted is not None:
        return profiles[wanted] if wanted in profiles else _named(hub.profiles, wanted, known)
    try:
        return _fitting(path, profiles, known)
    except Refused as error:
        if error.findings[0].code in {"profile.several", "import.gap-sheet"}:
            raise
        # one of the hub's own may be for this file, once it is mended
        raise Refused([*error.findings, *(finding for found in hub.profiles.own.broken.values() for finding in found)]) from error


def _named(profiles: HubProfiles, wanted: str, known: Message) -> ImportProfile:
    """The profile of a file that was named in the place of an id. Raises Refused with what is wrong in it."""
    if wanted in profiles.own.broken:
        raise Refused(profiles.own.broken[wanted])
    if any(mark in wanted for mark in "./\\"):
        return profiles.read(Path(wanted))
    raise refuse("profile.unknown", msg("There is no profile %(id)s.", id=wanted), known)


def _fitting(path: Path, profiles: Mapping[str, ImportProfile], known: Message) -> ImportProfile | None:
    """The only profile that fits the file; None for the tidy format."""
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
    beginning = Beginning(path)
    for profile, found in like.items():
        if wrong := misread(path, profiles[profile], found if isinstance(found, Refused) else None, beginning):
            raise wrong
    if others := _by_columns(path, [profile for profile in profiles.values() if profile.id not in like], beginning):
        raise others
    for profile, found in like.items() if len(like) == 1 else ():
        raise _lacking(profiles[profile], found, where)
    if tidy and (tidy.findings[0].code not in _OF_TIDY or _meant_tidy(path)):
        raise _unreadable(tidy, path, [*profiles.values()])
    if is_gap_sheet(path):
        hint = msg("Take it in with: sdgcities data gaps CITY --from FILE.")
        raise refuse("import.gap-sheet", msg("This is the sheet for the gaps of a city, not a file of an office."), hint, where)
    if told := renamed(path) or _strange(_names(path), where):
        raise told
    raise refuse("profile.none", NO_PROFILE, msg("%(hint)s %(inspect)s", hint=known, inspect=_INSPECT), where)


def _by_columns(path: Path, profiles: Sequence[ImportProfile], beginning: Beginning) -> Refused | None:
    """The refusal that names the profile for files of another name whose columns these are; None where they are those of none."""
    kind, where = kind_of(path), Where(file=str(path))
    same = [profile for profile in profiles if profile.layout.format == kind]
    begun = [one for one in same if kind != "csv" or beginning.like(one, one.layout.encoding, one.layout.delimiter)]
    if fitting := sorted((one for one in begun if fits(one, found_in(path, one))), key=lambda one: one.id):
        ids = ", ".join(one.id for one in fitting)
        problem = msg("By its name no profile is for this file; its columns are those of: %(profiles)s.", profiles=ids)
        first = fitting[0]
        hint = msg("Name the profile: --profile %(id)s; or rename the file as the profile says: %(pattern)s.", id=first.id, pattern=first.file)
        return refuse("profile.none", problem, hint if len(fitting) == 1 else msg("Choose one: --profile ID."), where)
    return next(filter(None, (misread(path, profile, None, beginning) for profile in same)), None)


def _unreadable(error: Refused, path: Path, profiles: Sequence[ImportProfile]) -> Refused:
    """Why a text can't be read; of an office's file nobody is told to save it anew: a profile can read other encodings."""
    first = error.findings[0]
    if first.code != UNREADABLE:
        return error
    others, own = other_encodings(profiles), not _meant_tidy(path)
    hint = msg("%(hint)s %(inspect)s", hint=others, inspect=_INSPECT) if others and own else others or (_INSPECT if own else None)
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


def _meant_tidy(path: Path) -> bool:
    """Whether most names of the tidy format stand at the beginning of a text."""
    with opened(path) as stream:
        words = set(re.findall(r"[a-z_]+", stream.read(_BEGINNING).decode("utf-8", errors="ignore")))
    return 2 * len(words.intersection(REQUIRED)) > len(REQUIRED)


def _names(path: Path) -> Sequence[str]:
    """The names of the columns of a text; none where they can't be read."""
    try:
        return read_header(path) if kind_of(path) == "csv" else ()
    except Refused:
        return ()


def _strange(names: Iterable[str], where: Where) -> Refused | None:
    """The refusal that names a letter which is not what it looks like, in the name of a column; None where there is none."""
    for name in names:
        if strange := look_alike(collapsed(name)):
            problem = msg("No profile fits this file: the name of its column “%(name)s” is not what it looks like.", name=name)
            return refuse("profile.letters", problem, strange, where)
    return None


def _lacking(profile: ImportProfile, found: list[tuple[str, ...]] | Refused, where: Where) -> Refused:
    """What keeps the only profile of that name from reading the file."""
    if isinstance(found, Refused):
        return found
    if strange := _strange((name for header in found for name in header), where):
        return strange
    lacking = ", ".join(dict.fromkeys(column for header in found for column in profile.header if column not in header))
    problem = msg("The name is that of a file of the profile %(id)s, but it lacks the columns: %(columns)s.", id=profile.id, columns=lacking)
    hint = msg("Ask the office whether the columns were renamed; a new form of the file needs a new profile.")
    return refuse("profile.none", problem, hint, where)
