"""The folder of a city's editions: what must stand in it, what must not be in the way, and how a new edition gets its place.

Nothing in it is ever copied, moved or deleted but what a publication itself makes: the pages, and the draft of an edition.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.intake.files import MEGABYTE, read_text, sha256_of
from sdgcities.model.hub import Edition
from sdgcities.writing import put

CHECKSUMS = "SHA256SUMS"
INDEX, ERRATA_PAGE = "index.html", "errata.html"
WHERE_ELSE = msg('Name the folder that holds the editions, or a copy of it: -o DIR. Is none left, say so: --justify publish.lost="REASON".')
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE | re.DOTALL)
"""Names that are no names of files on Windows."""


def folder_of(number: int) -> str:
    """The folder of an edition."""
    return f"edition-{number}"


def check(path: Path, earlier: Sequence[Edition], lost: Collection[int] = ()) -> None:
    """Every edition on record but those that are lost must stand in the folder as it was published. Refused with the first file that does not."""
    for one in earlier:
        place = path / folder_of(one.number)
        if one.number in lost:
            continue
        if not place.is_dir():
            raise _missing(path, one)
        for name in (*one.files, CHECKSUMS):
            if not _stands(place, one, name):
                problem = msg("The file is not the one that was published as edition %(n)s.", n=one.number)
                hint = msg("Bring back the published file: an edition stays as it was.")
                raise refuse("publish.changed", problem, hint, Where(file=str(place / name)))


def absent(path: Path, recorded: Sequence[Edition]) -> list[Edition]:
    """The editions of which nothing is in the folder, nor in the draft of a publication that was stopped."""
    drafts = {one.number for one in recorded if _draft(path, one.number).is_dir()}  # first: another publication may put one in its place meanwhile
    return [one for one in recorded if one.number not in drafts and not os.path.lexists(path / folder_of(one.number))]


def stands(path: Path, one: Edition, name: str) -> bool:
    """Whether an edition has such a file, and it is in the folder as it was published."""
    return name in one.files and _stands(path / folder_of(one.number), one, name)


def check_free(path: Path, number: int, earlier: Sequence[Edition]) -> None:
    """Nothing that this hub did not publish for the city may stand where the edition or, the first time, its pages belong."""
    for name in (folder_of(number), *(() if earlier else (INDEX, ERRATA_PAGE))):
        if os.path.lexists(path / name):
            problem = msg("It is there already, and is no edition that this hub has on record for the city.")
            hint = msg("Each city has a folder of its own: name another one, -o DIR.")
            raise refuse("publish.there", problem, hint, Where(file=str(path / name)))


def unfit(codes: Collection[str], path: Path) -> list[Finding]:
    """Indicators whose codes can't name files on every computer: Windows keeps some names for itself, and tells no capitals from small letters."""
    found, held = [], dict[str, str]()
    for code in sorted(codes):
        same = held.setdefault(code.lower(), code)
        if same != code or _DEVICE.fullmatch(code):
            told = msg("Files named after %(code)s can't be kept on every computer.", code=code)
            if same != code:
                told = msg("%(code)s and %(other)s differ in capital letters alone: on some computers one file would replace the other.", code=code, other=same)
            hint = msg("Tell the plugin's maintainer: the indicator needs another code.")
            found.append(Finding("publish.name", Severity.BLOCK, told, hint, Where(file=str(path))))
    return found


@contextmanager
def drafted(path: Path, number: int) -> Iterator[Path]:
    """A folder out of sight for a new edition, without what an earlier attempt left in it. Where filling it fails, nothing of it stays."""
    made = not path.exists()
    draft = _draft(path, number)
    try:
        path.mkdir(parents=True, exist_ok=True)
        if draft.exists():
            shutil.rmtree(draft)
        draft.mkdir()
        yield draft
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        if made:
            with suppress(OSError):
                path.rmdir()
        raise


def sealed(draft: Path) -> dict[str, str]:
    """The digest of each file of a draft, after the disk has them all and their list."""
    files = [path for path in sorted(draft.rglob("*")) if path.is_file()]
    for path in files:
        with path.open("rb+") as stream:
            os.fsync(stream.fileno())
    digests = {path.relative_to(draft).as_posix(): sha256_of(path) for path in files}
    put(draft / CHECKSUMS, _sums(digests))
    return digests


def settle(path: Path, recorded: Sequence[Edition]) -> None:
    """Move the draft of the newest edition on record into its place; a publication that was stopped may have left it out of sight."""
    if not recorded:
        return
    newest = recorded[-1]
    place, draft = path / folder_of(newest.number), _draft(path, newest.number)
    if not os.path.lexists(place) and all(_stands(draft, newest, name) for name in (*newest.files, CHECKSUMS)):
        draft.rename(place)


def show(path: Path, pages: Mapping[str, bytes]) -> None:
    """Put the pages for people in place, each whole. What a stopped publication left of them goes with it."""
    draft = path / ".pages.new"
    for name, page in pages.items():
        put(draft / name, page)
        (draft / name).replace(path / name)
    shutil.rmtree(draft)


def _draft(path: Path, number: int) -> Path:
    return path / f".{folder_of(number)}.new"


def sums(file: Path) -> dict[str, str]:
    """The digest of each file by its name, out of such a list; empty where there is none."""
    lines = read_text(file, MEGABYTE).splitlines() if file.is_file() else []
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def _sums(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())).encode()


def _stands(place: Path, one: Edition, name: str) -> bool:
    """Whether a file of an edition is as it was published."""
    file = place / name
    expected = hashlib.sha256(_sums(one.files)).hexdigest() if name == CHECKSUMS else one.files[name]
    return file.is_file() and sha256_of(file) == expected


def _missing(path: Path, one: Edition) -> Refused:
    problem, hint = msg("Edition %(n)s is not in this folder.", n=one.number), WHERE_ELSE
    if _draft(path, one.number).is_dir():
        problem, hint = msg("The publication of edition %(n)s was stopped before its end.", n=one.number), msg("Run it again: sdgcities data publish.")
    return refuse("publish.elsewhere", problem, hint, Where(file=str(path / folder_of(one.number))))
