"""Files put in place as a whole: a reader, or an interrupt, never meets half of one."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def put(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write beside `path`, wait until the disk has it, then move it into place. The folder is made where it is missing.

    What is private can be read by its owner only, from the first byte on; on Windows by whom its folder lets in.
    """
    with whole_file(path) as draft:
        if private:
            draft.touch(mode=0o600)
        with draft.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A folder, filled out of sight beside `path` and moved into place when all of it is there. Where that fails, what stood there stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with folder_within(path.parent) as hidden:
        draft = hidden / path.name
        draft.mkdir()
        yield draft
        _exchange(draft, path, hidden / "replaced")


@contextmanager
def folder_within(path: Path) -> Iterator[Path]:
    """A folder out of sight in another one, and so on the same disk; it is gone afterwards."""
    import shutil  # noqa: PLC0415 - listing plugins needs neither
    from tempfile import mkdtemp  # noqa: PLC0415 - as above

    hidden = Path(mkdtemp(prefix=".new-", dir=path))
    try:
        yield hidden
    finally:
        shutil.rmtree(hidden, ignore_errors=True)


def _exchange(draft: Path, path: Path, away: Path) -> None:
    """Put the draft where the path is, and what stood there away; where the draft can't go there, what stood there goes back."""
    try:
        if path.exists():
            path.rename(away)
        draft.rename(path)
    except BaseException:
        if away.exists() and not path.exists():
            away.rename(path)
        raise


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """The same for one file that is too large for memory: written out of sight beside `path`, then moved into its place."""
    if path.is_dir():  # also the current folder, written `.`, which has no name that a draft could take
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{os.getpid()}.new")
    try:
        yield draft
        draft.replace(path)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
