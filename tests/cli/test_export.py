"""`data export` as a person meets it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from sdgcities.exchange.formats import FORMATS

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
    assert done.out + done.err == (
        "Wrote ho.csv. Indicators: 1; places: 1.\n"
        "Small counts of people stand in it as they are: it is not for the public. To publish figures: sdgcities data publish.\n"
    )
    told = hub("data", "export", "GH1408", "--to", "csv", "-o", "again.csv", "--json").data
    assert (told["units"], told["indicators"], len(told["sha256"])) == (1, 1, 64)


def test_what_stands_there_stays_unless_it_may_go(hub: Run) -> None:
    Path("ho.csv").write_text("mine", encoding="utf-8")
    refused = hub("data", "export", "GH1408", "--to", "csv", "-o", "ho.csv")
    assert (refused.code, Path("ho.csv").read_text(encoding="utf-8")) == (1, "mine")
    refused = hub("data", "export", "GH1408", "--to", "csv", "-o", "ho.csv", "--replace")
    assert (refused.code, Path("ho.csv").read_text(encoding="utf-8")) == (1, "mine"), "no export wrote that file"
    Path("ho.csv").unlink()
    assert hub("data", "export", "--to", "csv", "-o", "ho.csv").code == 0
    assert hub("data", "export", "GH1408", "--to", "csv", "-o", "ho.csv", "--replace").code == 0
    assert len(Path("ho.csv").read_text(encoding="utf-8").splitlines()) == 4
    Path("mine").mkdir()
    Path("mine/letter.txt").write_text("mine", encoding="utf-8")
    assert hub("data", "export", "--to", "datapackage", "-o", "mine", "--replace").code == 1, "no export wrote that folder"
    assert Path("mine/letter.txt").exists()
    assert hub("data", "export", "--to", "datapackage", "-o", "package").code == 0
    assert hub("data", "export", "GH1408", "--to", "datapackage", "-o", "package", "--replace").code == 0
    assert len(Path("package/units.csv").read_text(encoding="utf-8").splitlines()) == 2


def test_the_structure_holds_no_figures_and_does_not_say_so(hub: Run) -> None:
    done = hub("data", "export", "--to", "sdmx-structure", "-o", "structure.xml")
    assert done.out + done.err == "Wrote structure.xml: what the codes of this hub mean. Figures are not in it.\n"


@pytest.mark.parametrize("form", [name for name, form in FORMATS.items() if not form.folder])
def test_the_hubs_own_files_are_never_replaced(hub: Run, form: str) -> None:
    for name in ("hub.db", "hub.yaml"):
        before = Path(name).read_bytes()
        refused = hub("data", "export", "--to", form, "-o", name, "--replace")
        assert (refused.code, Path(name).read_bytes()) == (1, before)
        assert "no export of this form" in refused.err


@pytest.mark.parametrize("form", [name for name, form in FORMATS.items() if not form.folder])
def test_what_an_export_wrote_is_known_again(hub: Run, form: str) -> None:
    for more in ((), ("--replace",)):
        assert hub("data", "export", "GH1408", "--to", form, "-o", "out", *more).code == 0


def test_a_workbook_that_no_export_wrote_is_never_replaced(hub: Run, real_data: Path) -> None:
    """One that a spreadsheet saved: its first bytes are other than those of an export."""
    saved = next((real_data / "turkiye" / "indicators").glob("*.xlsx")).read_bytes()
    Path("mine.xlsx").write_bytes(saved)
    refused = hub("data", "export", "--to", "xlsx", "-o", "mine.xlsx", "--replace")
    assert (refused.code, Path("mine.xlsx").read_bytes()) == (1, saved)
    assert "no export of this form" in refused.err


@pytest.mark.parametrize("name", ["notes.txt", "more/notes.txt"])
def test_what_a_person_put_into_a_folder_stays(hub: Run, name: str) -> None:
    assert hub("data", "export", "--to", "datapackage", "-o", "package").code == 0
    told = Path("package/datapackage.json")
    called = json.loads(told.read_text(encoding="utf-8"))["name"]
    mine = Path("package", name)
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine", encoding="utf-8")
    assert hub("data", "export", "GH1408", "--to", "datapackage", "-o", "package", "--replace").code == 0
    assert mine.read_text(encoding="utf-8") == "mine"
    assert json.loads(told.read_text(encoding="utf-8"))["name"] == called == "package"
    assert len(Path("package/units.csv").read_text(encoding="utf-8").splitlines()) == 2


def test_a_file_of_an_export_that_a_person_changed_is_never_replaced(hub: Run) -> None:
    assert hub("data", "export", "GH1408", "--to", "datapackage", "-o", "package").code == 0
    mine = Path("package/observations.csv")
    mine.write_text("mine", encoding="utf-8")
    refused = hub("data", "export", "GH1408", "--to", "datapackage", "-o", "package", "--replace")
    assert (refused.code, mine.read_text(encoding="utf-8")) == (1, "mine")
    assert "observations.csv was changed since an export wrote it: nothing was replaced." in refused.err
    mine.unlink()
    Path("package/.DS_Store").write_bytes(b"of the system")
    assert hub("data", "export", "GH1408", "--to", "datapackage", "-o", "package", "--replace").code == 0


def test_open_sdg_goes_into_a_clone_with_settings_of_its_own(hub: Run) -> None:
    clone = Path("clone")
    for name in (".git/HEAD", "README.md"):
        clone.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        clone.joinpath(name).write_text("ours", encoding="utf-8")
    command = ("data", "export", "GH1408", "--to", "opensdg", "-o", "clone", "--languages", "en")
    assert hub(*command).code == 1, "nothing is put into a folder unasked"
    assert hub(*command, "--replace").code == 0
    config = clone / "config_data.yml"
    config.write_text(config.read_text(encoding="utf-8") + "docs_branding: Ho\n", encoding="utf-8")
    done = hub(*command, "--replace")
    assert done.code == 0
    assert "config_data.yml was changed by hand and stays." in done.out + done.err
    assert config.read_text(encoding="utf-8").endswith("docs_branding: Ho\n")
    assert {clone.joinpath(name).read_text(encoding="utf-8") for name in (".git/HEAD", "README.md")} == {"ours"}
    assert list(clone.glob("data/*.csv"))


@pytest.mark.parametrize("target", ["gone/away", "out"])
def test_a_link_that_leads_nowhere_stays(hub: Run, target: str) -> None:
    try:
        Path("out").symlink_to(target)
    except OSError:
        pytest.skip("the system lets nobody make links")
    for form in ("csv", "datapackage"):
        refused = hub("data", "export", "--to", form, "-o", "out", "--replace")
        assert (refused.code, str(Path("out").readlink())) == (1, target)
        assert "It is a link that leads nowhere." in refused.err


def test_a_place_below_a_file_is_refused_in_plain_words(hub: Run) -> None:
    for form in ("csv", "datapackage"):
        refused = hub("data", "export", "--to", form, "-o", "hub.yaml/out")
        assert refused.code == 1
        assert "hub.yaml is a file, no folder." in refused.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no disk that is always full")
@pytest.mark.parametrize("form", [name for name, form in FORMATS.items() if not form.folder])
def test_a_full_disk_is_told_in_one_line(hub: Run, form: str) -> None:
    place = Path(f".{os.getpid()}.new")
    place.symlink_to("/dev/full")  # where the file is written first
    refused = hub("data", "export", "--to", form, "-o", "out")
    assert refused.code == 1
    assert refused.err.startswith("✗ out: It can't be written: No space left on device.")
    assert len(refused.lines) == 1
    assert not Path("out").exists()


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


def test_how_to_wait_less_is_said_before_a_large_workbook(hub: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "--to csv" not in hub("data", "export", "--to", "xlsx", "-o", "small.xlsx").err
    monkeypatch.setattr("sdgcities.exchange.workbook.MANY", 2)
    told = hub("data", "export", "--to", "xlsx", "-o", "large.xlsx")
    assert told.code == 0
    assert "figures takes minutes; --to csv writes the same figures in seconds." in told.lines[0]
