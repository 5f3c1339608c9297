"""`data export` as a person meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run

SAMPLE = Path(__file__).parents[2] / "plugins" / "ghana" / "sdgcities_ghana" / "sample"


@pytest.fixture
def hub(run: Run) -> Run:
    assert run("init", ".", "--country", "ghana", "--operator", "ama").code == 0
    assert run("data", "import", SAMPLE / "ghanapop.csv").code == 0
    return run


def test_it_says_what_was_written_and_that_it_is_not_for_the_public(hub: Run) -> None:
    done = hub("data", "export", "Ho Municipal", "--to", "csv", "-o", "ho.csv")
    assert done.code == 0
    assert "Wrote ho.csv: 1 indicators of 1 places." in done.out + done.err
    assert "data publish" in done.out + done.err
    told = hub("data", "export", "GH1408", "--to", "csv", "-o", "again.csv", "--json").data
    assert (told["units"], told["indicators"], len(told["sha256"])) == (1, 1, 64)


def test_what_stands_there_stays_unless_it_may_go(hub: Run) -> None:
    Path("ho.csv").write_text("mine", encoding="utf-8")
    refused = hub("data", "export", "GH1408", "--to", "csv", "-o", "ho.csv")
    assert (refused.code, Path("ho.csv").read_text(encoding="utf-8")) == (1, "mine")
    assert hub("data", "export", "GH1408", "--to", "csv", "-o", "ho.csv", "--replace").code == 0
    Path("mine").mkdir()
    Path("mine/letter.txt").write_text("mine", encoding="utf-8")
    assert hub("data", "export", "--to", "datapackage", "-o", "mine", "--replace").code == 1, "no export wrote that folder"
    assert Path("mine/letter.txt").exists()
    assert hub("data", "export", "--to", "datapackage", "-o", "package").code == 0
    assert hub("data", "export", "GH1408", "--to", "datapackage", "-o", "package", "--replace").code == 0
    assert len(Path("package/units.csv").read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("GH1408", "--to", "pdf", "-o", "x"), "pdf"),
        (("Nowhere", "--to", "csv", "-o", "x"), "Nowhere"),
        (("GH1408", "--to", "csv", "-o", "x", "--indicator", "GH-PPO"), "GH-POP"),
        (("GH1408", "--to", "csv", "-o", "x", "--languages", "en,,tr"), "language"),
        (("GH1408", "--to", "csv", "-o", "x", "--indicator", "GH-3.1.1"), "nothing to export"),
    ],
)
def test_what_was_typed_wrongly_ends_in_one_line(hub: Run, words: tuple[str, ...], said: str) -> None:
    refused = hub("data", "export", *words)
    assert refused.code in {1, 2}
    assert said in refused.err
    assert len(refused.lines) == 1
    assert not Path("x").exists()


def test_labels_in_the_language_asked_for(hub: Run) -> None:
    assert hub("data", "export", "GH1408", "--to", "datapackage", "-o", "tr", "--languages", "tr").code == 0
    assert "Toplam" in Path("tr/codes.csv").read_text(encoding="utf-8") or "Nüfus" in Path("tr/indicators.csv").read_text(encoding="utf-8")
