"""ZIP: any bytes, and any change of a sound archive, give files below the folder or one refusal and no file."""

from __future__ import annotations

import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st
from tests.fuzz.changing import changed, refused_at_most
from tests.intake.made import ROW, archive

from sdgcities.intake.zip import unpacked

SOUND = [archive({"a.csv": ROW * 9, "d/ş.csv": b"", "d/b.txt": b"x" * 300}, method) for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)]
NAMES = st.text(st.sampled_from("aB.é/\\: ~CON\u202e\x1b"), min_size=1, max_size=12)
PLAIN = st.text(st.sampled_from("abcşé"), min_size=1, max_size=6)


def check(path: Path) -> None:
    with TemporaryDirectory() as folder:
        inner = Path(folder, "outer", "inner")
        found: list[Path] = []
        with refused_at_most(str(path)):
            found = unpacked(path, inner)
        files = [file for file in Path(folder).rglob("*") if file.is_file()]
        assert sorted(files) == sorted(found)
        assert all(file.is_relative_to(inner) and not file.is_symlink() for file in files)


@given(content=st.binary(max_size=200) | st.sampled_from(SOUND).flatmap(changed))
def test_any_archive_is_unpacked_or_refused(fuzzed: Path, content: bytes) -> None:
    fuzzed.write_bytes(content)
    check(fuzzed)


@given(names=st.lists(NAMES, min_size=1, max_size=4, unique=True))
def test_any_names_are_files_below_the_folder_or_refused(fuzzed: Path, names: list[str]) -> None:
    fuzzed.write_bytes(archive(dict.fromkeys(names, ROW)))
    check(fuzzed)


@given(entries=st.dictionaries(PLAIN, st.binary(max_size=200).map(b"text,".__add__), min_size=1))
def test_what_was_packed_is_unpacked(fuzzed: Path, entries: dict[str, bytes]) -> None:
    fuzzed.write_bytes(archive(entries))
    with TemporaryDirectory() as folder:
        assert {file.name: file.read_bytes() for file in unpacked(fuzzed, Path(folder))} == entries
