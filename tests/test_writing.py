"""A file is there as a whole, or as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from sdgcities.writing import put, whole_folder


def test_a_file_is_made_with_its_folder_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "reports" / "ho.html"
    for content in (b"first\n", b"second\n"):
        put(path, content)
        assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


def test_where_it_cannot_be_put_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "taken" / "inside").mkdir(parents=True)
    with pytest.raises(OSError, match="taken"):
        put(tmp_path / "taken", b"content")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_folder_that_cannot_be_put_in_its_place_leaves_the_one_that_stood_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "new" / "place"
    with whole_folder(place) as draft:
        (draft / "old.txt").write_text("old", encoding="utf-8")
    rename = Path.rename

    def blocked(self: Path, target: Path) -> Path:
        if self.parent.name.startswith(".new-") and self.name == "place":
            raise PermissionError(13, "in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", blocked)
    with pytest.raises(PermissionError), whole_folder(place) as draft:
        (draft / "new.txt").write_text("new", encoding="utf-8")
    assert [path.name for path in place.iterdir()] == ["old.txt"]
    assert list(place.parent.iterdir()) == [place]


def test_an_interrupt_between_the_two_moves_leaves_the_folder_that_stood_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "place"
    place.mkdir()
    (place / "old.txt").write_text("old", encoding="utf-8")
    rename = Path.rename

    def stopped(self: Path, target: Path) -> Path:
        moved = rename(self, target)
        if target.name == "replaced":
            raise KeyboardInterrupt
        return moved

    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises(KeyboardInterrupt), whole_folder(place) as draft:
        (draft / "new.txt").write_text("new", encoding="utf-8")
    assert [path.name for path in place.iterdir()] == ["old.txt"]
