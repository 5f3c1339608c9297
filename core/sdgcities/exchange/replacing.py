"""What may make room for an export: only what an export wrote, as it wrote it. What else stands in a folder stays."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath, PureWindowsPath

from sdgcities.errors import refuse
from sdgcities.exchange.formats import Format
from sdgcities.findings import Finding, Message, Severity, Where, msg, nmsg
from sdgcities.intake.files import MEGABYTE, opened, read_text
from sdgcities.writing import folder_within, put

MARK = ".sdgcities-export"
"""Stands in a folder that an export wrote: when, and each file with its digest; of an export that was interrupted with two, the old and the new."""
_MOST, _FEW = 64 * MEGABYTE, 5
_LEFT_BY_SYSTEMS = frozenset((".ds_store", "thumbs.db", "desktop.ini"))
_GIT = ".git"
_DIGEST = re.compile("[0-9a-f]{64}")
_ANOTHER = msg("Name another place: -o PATH.")


def need_free(path: Path, form: Format, *, replace: bool) -> None:
    """Refuse a place where something stands that was not to be replaced, or that can't be of this form."""
    here = Where(file=str(path))
    if not path.exists():
        above = next(one for one in path.absolute().parents if one.exists())
        if not above.is_dir():
            raise refuse("export.there", msg("%(name)s is a file, no folder.", name=above.name), _ANOTHER, here)
        if path.is_symlink():
            raise refuse("export.there", msg("It is a link that leads nowhere."), _ANOTHER, here)
        return
    if path.is_dir() != form.folder:
        problem = msg("It is a folder.") if path.is_dir() else msg("It is a file, and this form makes a folder.")
        raise refuse("export.there", problem, _ANOTHER, here)
    if not replace:
        raise refuse("export.there", msg("It is there already."), msg("Name another place: -o PATH; what an export wrote can be replaced: --replace."), here)
    if not form.folder:
        _need_same_form(path, form)


def _need_same_form(path: Path, form: Format) -> None:
    with opened(path) as stream:
        head = stream.read(len(form.begins)) if path.is_file() else None
    if head is None or (head and head != form.begins):
        raise refuse("export.there", msg("It is there already, and is no export of this form: it was not replaced."), _ANOTHER, Where(file=str(path)))


class Filling:
    """A folder that an export fills: a new one, one that an export filled before, or the working folder of a git repository.

    What an export wrote is replaced file by file. A file that no export wrote, or that was changed since, is never overwritten or taken out, but refused;
    so is what was saved there while the export ran. `settings` are files that stay as they are where they were changed.
    """

    def __init__(self, path: Path, settings: Collection[str] = ()) -> None:
        self._path, self._where, self._settings = Path(os.path.realpath(path)), Where(file=str(path)), settings
        self._known: dict[tuple[int, ...], str] = {}
        self._beside: list[str] = []
        self._sealed = _read(self._path / MARK)
        self._look()
        other = "" if self._sealed or (self._path / _GIT).exists() else next(_files(self._path), "")
        if other:
            raise refuse("export.there", msg("No export wrote this folder, such as %(name)s: nothing was replaced.", name=other), _ANOTHER, self._where)

    def _look(self) -> None:
        """See what stands there of what an export wrote."""
        self._stand = {name: digest for name in self._sealed if (digest := self._stands(name)) is not None}
        self._changed = {name for name, digest in self._stand.items() if digest not in self._sealed[name]}
        self._stays = sorted(self._changed.intersection(self._settings))

    @property
    def before(self) -> Path | None:
        """The folder as the export before left it; None where that can't be built on."""
        return self._path if self._sealed and not self._changed else None

    @contextmanager
    def filled(self, at: str) -> Iterator[Path]:
        """An empty folder to fill. After that its files are put where they belong, and on record."""
        new = not self._path.exists()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with folder_within(self._path.parent if new else self._path) as hidden:
            (hidden / ".gitignore").write_bytes(b"*\n")  # where the run is killed, nobody commits what it leaves
            draft = hidden / (self._path.name or "export")  # a disk has no name
            draft.mkdir()
            yield draft
            files = {name: self._digest(draft / name) for name in sorted(_files(draft))}
            if new:
                put(draft / MARK, _record(at, {name: [digest] for name, digest in files.items()}))
                draft.rename(self._path)  # refused by the system where somebody has filled one of that name meanwhile
            else:
                self._merge(draft, files, at)

    def findings(self) -> Iterator[Finding]:
        """What stays where the export has a file of that name, and what stands between its files."""
        if self._stays:
            told = nmsg("%(names)s was changed by hand and stays.", "%(names)s were changed by hand and stay.", len(self._stays), names=_some(self._stays))
            yield self._told(told, msg("To have what the export writes, delete it and export again."))
        if self._beside:
            told = nmsg(
                "%(n)s file stays that is not of this export: %(names)s.",
                "%(n)s files stay that are not of this export, such as: %(names)s.",
                len(self._beside),
                names=_some(self._beside),
            )
            yield self._told(told, msg("Delete what does not belong there."))

    def _told(self, message: Message, hint: Message) -> Finding:
        return Finding("export.stays", Severity.NOTE, message, hint, self._where)

    def _merge(self, draft: Path, files: dict[str, str], at: str) -> None:
        """Put each file where it belongs. Interrupted, each is the old one or the new one, and the record knows both."""
        if _read(self._path / MARK) != self._sealed:
            raise refuse("export.there", msg("Another export filled it at the same time: nothing was replaced."), msg("Export again."), self._where)
        self._look()
        for name in self._stays:
            files.pop(name, None)
        gone = [name for name in self._stand if name not in files and name not in self._stays]
        self._need_ours(files, gone)
        kept, now = {name: self._sealed[name] for name in self._stays}, {name: [digest] for name, digest in files.items()}
        self._beside = self._between(files)
        if {**now, **kept} == self._sealed and all(self._stand.get(name) == digest for name, digest in files.items()):
            return  # git sees no change where there is none
        put(self._path / MARK, _record(at, {name: [*self._sealed.get(name, ()), *now.get(name, ())] for name in {**self._sealed, **files}}))
        for name in gone:  # first: on some systems Data/a.csv is data/a.csv
            (self._path / name).unlink()
            with suppress(OSError):  # not empty
                for folder in list(PurePosixPath(name).parents)[:-1]:
                    (self._path / folder).rmdir()
        for name, digest in files.items():
            if self._stands(name) != digest:
                (self._path / name).parent.mkdir(parents=True, exist_ok=True)
                (draft / name).replace(self._path / name)
        put(self._path / MARK, _record(at, {**now, **kept}))

    def _between(self, files: Collection[str]) -> list[str]:
        """What stands in the folders of the export and is neither of it nor of the one before."""
        folders = sorted({name.partition("/")[0] for name in files if "/" in name})
        there = (f"{one}/{name}" for one in folders for name in _files(self._path / one))
        return [name for name in there if name not in files and name not in self._sealed]

    def _need_ours(self, files: Mapping[str, str], gone: Iterable[str]) -> None:
        """Refuse where a file would be overwritten or taken out that a person wrote or changed."""
        changed = sorted(name for name in self._changed.difference(self._stays) if files.get(name) != self._stand[name])
        if changed:
            told = nmsg(
                "%(names)s was changed since an export wrote it: nothing was replaced.",
                "%(n)s files were changed since an export wrote them, such as %(names)s: nothing was replaced.",
                len(changed),
                names=_some(changed),
            )
            hint = msg("Keep the change in the hub or elsewhere and delete the file here; or name another place: -o PATH.")
            raise refuse("export.changed", told, hint, self._where)
        above = sorted({str(folder) for name in (*files, *gone) for folder in list(PurePosixPath(name).parents)[:-1]})
        strange = [name for name in above if _is_no_folder(self._path / name)]
        strange += [name for name, digest in files.items() if name not in self._stand and self._stands(name) not in (None, digest)]
        if strange:
            told = nmsg(
                "%(names)s is in the way, and no export wrote it: nothing was replaced.",
                "%(n)s files are in the way that no export wrote, such as %(names)s: nothing was replaced.",
                len(strange),
                names=_some(strange),
            )
            raise refuse("export.there", told, msg("Delete it if the export may take its place; or name another place: -o PATH."), self._where)

    def _stands(self, name: str) -> str | None:
        """The digest of what stands there under a name; None where nothing does."""
        return self._digest(self._path / name) if os.path.lexists(self._path / name) else None

    def _digest(self, file: Path) -> str:
        """The digest of a plain file; empty for all else. Of one that goes by several names or has not changed since it is read once."""
        if file.is_symlink() or not file.is_file():
            return ""
        stat = file.stat()
        key = (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns)
        if not stat.st_ino:  # a disk that does not tell its files apart
            return _digest(file)
        if key not in self._known:
            self._known[key] = _digest(file)
        return self._known[key]


def _digest(file: Path) -> str:
    """The SHA-256 digest, in which both ends of a line count as one: git writes a text with those of the system."""
    found, held = sha256(), b""
    with opened(file) as stream:
        while piece := stream.read(MEGABYTE):
            content = held + piece
            held = b"\r" if content.endswith(b"\r") else b""
            found.update(content.removesuffix(b"\r").replace(b"\r\n", b"\n"))
    found.update(held)
    return found.hexdigest()


def _read(mark: Path) -> Mapping[str, Collection[str]]:
    """The digests of each file on record. What an export never writes, such as what leads out of the folder, is passed over."""
    found: dict[str, list[str]] = {}
    for line in read_text(mark, _MOST).splitlines()[1:] if mark.is_file() else ():
        digest, _, name = line.partition("  ")
        place = PureWindowsPath(name)  # parts by either stroke
        plain = name == PurePosixPath(name).as_posix() and ".." not in place.parts and not place.anchor
        if _DIGEST.fullmatch(digest) and plain and place.parts[0].lower() != _GIT:
            found.setdefault(name, []).append(digest)
    return found


def _record(at: str, files: Mapping[str, Iterable[str]]) -> bytes:
    lines = (f"{digest}  {name}" for name in sorted(files) for digest in dict.fromkeys(files[name]))
    return "\n".join((at, *lines, "")).encode()


def _files(folder: Path) -> Iterator[str]:
    """Every file below a folder and every link, those above first; but the mark and what systems leave there."""
    for above, folders, names in os.walk(folder, onerror=_unless_gone):
        place = Path(above).relative_to(folder).as_posix()
        links = [name for name in folders if os.path.islink(os.path.join(above, name))]  # noqa: PTH114, PTH118 - thousands of them
        for name in (*names, *links):
            if (name != MARK or place != ".") and name.lower() not in _LEFT_BY_SYSTEMS:
                yield name if place == "." else f"{place}/{name}"


def _unless_gone(error: OSError) -> None:
    """A folder that can't be looked into may hold anything; one that went meanwhile holds nothing."""
    if not isinstance(error, FileNotFoundError):
        raise error


def _is_no_folder(path: Path) -> bool:
    return path.is_symlink() or (path.exists() and not path.is_dir())


def _some(names: Collection[str]) -> str:
    return ", ".join(list(names)[:_FEW])
