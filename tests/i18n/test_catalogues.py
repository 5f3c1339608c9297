from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sdgcities.i18n.catalogues import Catalogues, cache_folder, load_catalogue
from sdgcities.i18n.translator import Translator

if TYPE_CHECKING:
    from .conftest import Write

READ = """
import sys
from pathlib import Path
from sdgcities.i18n.catalogues import load_catalogue
print(load_catalogue(Path(sys.argv[1]), "tr", Path(sys.argv[2])).texts.gettext("City"), "babel" in sys.modules)
"""


def read_in_a_process_of_its_own(path: Path, cache: Path) -> str:
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", READ, path, cache], capture_output=True, text=True, encoding="utf-8", check=True)
    return done.stdout.strip()


def test_the_second_run_needs_no_babel(write_po: Write, tmp_path: Path) -> None:
    path = write_po("x", "tr", 'msgid "City"\nmsgstr "Şehir"\n')
    assert read_in_a_process_of_its_own(path, tmp_path / "cache") == "Şehir True"
    assert read_in_a_process_of_its_own(path, tmp_path / "cache") == "Şehir False"


def test_a_changed_file_is_read_anew(write_po: Write, tmp_path: Path) -> None:
    for word in ("Şehir", "Kent"):
        path = write_po("x", "tr", f'msgid "City"\nmsgstr "{word}"\n')
        assert load_catalogue(path, "tr", tmp_path / "cache").texts.gettext("City") == word


@pytest.mark.parametrize("damage", [b"", b"\xde\x12\x04\x95", b"nonsense" * 100, b"\xde\x12\x04\x95" + b"\xff" * 60])
def test_a_damaged_cache_is_made_again(write_po: Write, tmp_path: Path, damage: bytes) -> None:
    path = write_po("x", "tr", 'msgid "City"\nmsgstr "Şehir"\n')
    load_catalogue(path, "tr", tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    sound = kept.read_bytes()
    kept.write_bytes(damage)
    assert load_catalogue(path, "tr", tmp_path / "cache").texts.gettext("City") == "Şehir"
    assert kept.read_bytes() == sound


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(write_po: Write, tmp_path: Path) -> None:
    path = write_po("x", "tr", 'msgid "City"\nmsgstr "Şehir"\n')
    blocked = tmp_path / "a-file"
    blocked.write_text("in the way", encoding="utf-8")
    assert load_catalogue(path, "tr", blocked / "cache").texts.gettext("City") == "Şehir"


def test_the_cache_lies_in_the_users_cache_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    assert cache_folder().is_relative_to(Path("~").expanduser())
    monkeypatch.setenv("LOCALAPPDATA", os.fspath(tmp_path / "windows"))
    assert cache_folder().is_relative_to(tmp_path / "windows")
    monkeypatch.setenv("XDG_CACHE_HOME", os.fspath(tmp_path / "xdg"))
    assert cache_folder().is_relative_to(tmp_path / "xdg")


@pytest.mark.parametrize("language", ["pt_PT", "tr"])
def test_the_cores_own_catalogues_are_sound(language: str, tmp_path: Path) -> None:
    assert language in Catalogues(cache=tmp_path).languages()
    assert Translator(language, Catalogues(cache=tmp_path)).findings == ()
