"""A file is there as a whole, or as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from sdgcities.writing import put


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
