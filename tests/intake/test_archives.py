"""ZIP archives, unpacked: what is in them, and nothing where it does not belong."""

from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import Path

import pytest
from tests.intake.made import ROW, archive

from sdgcities.errors import Refused
from sdgcities.intake import zip as reader
from sdgcities.intake.zip import unpacked


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "figures.zip"


def unpack(path: Path, body: bytes) -> list[Path]:
    path.write_bytes(body)
    return unpacked(path, path.parent / "into")


def code(path: Path, body: bytes) -> str:
    with pytest.raises(Refused) as refused:
        unpack(path, body)
    assert not [file for file in (path.parent / "into").rglob("*") if file.is_file()]
    (finding,) = refused.value.findings
    return finding.code


def test_files_come_out_in_order_with_their_folders(path: Path) -> None:
    found = unpack(path, archive({"b.csv": ROW, "2021/a.csv": b"x", "2021/": b"", "./c.csv": b"y"}))
    assert [file.relative_to(path.parent / "into").as_posix() for file in found] == ["b.csv", "2021/a.csv", "c.csv"]
    assert [file.read_bytes() for file in found] == [ROW, b"x", b"y"]


def test_what_systems_leave_is_passed_over(path: Path) -> None:
    left = dict.fromkeys(("__MACOSX/._a.csv", "d/.DS_Store", "Thumbs.db", "~$a.xlsx", "._b.csv", "desktop.ini"), ROW)
    assert [file.name for file in unpack(path, archive({**left, "a.csv": ROW}))] == ["a.csv"]


def test_names_in_other_letters_are_kept(path: Path) -> None:
    assert [file.name for file in unpack(path, archive({"İzmir.csv": ROW, "北京.csv": ROW}))] == ["İzmir.csv", "北京.csv"]
    unmarked = archive({"ab.csv": ROW}).replace(b"ab.csv", "ş".encode() + b".csv")
    assert [file.name for file in unpack(path, unmarked)] == ["ş.csv"]


def test_a_workbook_inside_is_no_archive_inside(path: Path) -> None:
    assert unpack(path, archive({"a.xlsx": archive({"[Content_Types].xml": b"<a/>"})}))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(path: Path, kind: int) -> None:
    def link(file: zipfile.ZipFile) -> None:
        info = zipfile.ZipInfo("a.csv")
        info.create_system, info.external_attr = 3, (kind | 0o777) << 16
        file.writestr(info, "/etc/passwd")

    assert code(path, archive({}, change=link)) == "zip.kind"


def test_encrypted_entries_are_refused(path: Path) -> None:
    def encrypt(file: zipfile.ZipFile) -> None:
        file.infolist()[0].flag_bits |= 1

    assert code(path, archive({"a.csv": ROW}, change=encrypt)) == "zip.encrypted"


def test_entries_that_share_bytes_are_refused(path: Path) -> None:
    def overlap(file: zipfile.ZipFile) -> None:
        first, *others = file.infolist()
        for other in others:
            other.header_offset = first.header_offset

    assert code(path, archive({"a.csv": ROW, "b.csv": ROW, "c.csv": ROW}, change=overlap)) == "zip.damaged"


def test_an_archive_that_lies_about_its_sizes_is_counted(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_UNPACKED", 5_000)

    def lie(file: zipfile.ZipFile) -> None:
        file.infolist()[0].file_size = 10

    assert code(path, archive({"a.csv": ROW * 10_000}, change=lie)) == "zip.damaged"
    assert code(path, archive({"a.csv": ROW * 10_000})) == "zip.limits"
    assert code(path, archive({f"{number}.csv": ROW * 200 for number in range(5)})) == "zip.limits"


def test_an_endless_list_of_entries_is_not_even_read(path: Path) -> None:
    assert code(path, archive({f"{number}": b"" for number in range(70_000)}, zipfile.ZIP_STORED)) == "zip.limits"
    body = archive({"a.csv": ROW})
    end = body.rindex(b"PK\x05\x06")
    assert code(path, body[: end + 12] + struct.pack("<I", 2**31) + body[end + 16 :]) == "zip.limits"


def test_a_fault_in_the_last_entry_leaves_nothing(path: Path) -> None:
    body = archive({"a.csv": ROW, "b.csv": b"whole text"}, zipfile.ZIP_STORED)
    assert code(path, body.replace(b"whole text", b"other text")) == "zip.damaged"
