"""Official lists, coverage and the sheet for gaps, as an operator meets them on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from sdgcities.contract.load import CONTRACT_FILE

from .conftest import Run, run_command

CONTRACT = CONTRACT_FILE.read_text(encoding="utf-8")
UMF = "umf_code,title,source,status\n" + "".join(f"{one}.1.1,Official title {one},UMF metadata 2027,official\n" for one in range(1, 6))


@pytest.fixture
def umf(hub: Path) -> Path:
    path = hub / "umf.csv"
    path.write_text(UMF, encoding="utf-8")
    return path


def test_what_a_list_changes_is_shown_before_it_counts(run: Run, umf: Path) -> None:
    shown = run("contract", "load", umf.name, "--dry-run")
    assert shown.code == 0
    assert "status    1.1.1  draft → official" in shown.out
    assert "removed   1.1.3  Safely managed sanitation services [draft]" in shown.out
    assert shown.lines[-1] == "Nothing was changed."
    unasked = run("contract", "load", umf.name)
    assert (unasked.code, unasked.lines[-1]) == (1, "Not loaded. To let it count: sdgcities contract load umf.csv --yes.")
    assert run("contract", "load", umf.name, "--json").data["loaded"] is False
    done = run("contract", "load", umf.name, "--yes", "--json")
    assert (done.code, done.data["loaded"], done.data["list"]) == (0, True, "umf")
    assert {one["change"] for one in done.data["differences"]} == {"added", "removed", "renamed", "status", "source"}
    assert run("contract", "load", umf.name, "--yes").lines[-1].startswith("Nothing changes")
    assert run("audit", "verify").code == 0
    assert '"action": "list.load"' in run("audit", "show", "--json").out


def test_a_template_is_the_list_in_force(run: Run, hub: Path) -> None:
    assert run("contract", "load", "--template", "sdg", "-o", "sdg.csv").code == 0
    again = run("contract", "load", "sdg.csv", "--dry-run")
    assert (again.code, again.lines[-1]) == (0, "Nothing changes: what the file says is in force already.")
    assert run("contract", "load", "--template", "sdg", "-o", "sdg.csv").code == 1
    assert run("contract", "load", "sdg.csv", "--template", "sdg").code == 2
    assert run("contract", "load", "--template", "umf").code == 2
    text = (hub / "sdg.csv").read_text(encoding="utf-8-sig")
    (hub / "sdg.csv").write_text(text.replace(",official,", ",,", 1), encoding="utf-8")
    wrong = run("contract", "load", "sdg.csv", "--dry-run")
    assert (wrong.code, wrong.lines) == (1, ["✗ sdg.csv, row 2: 1.1 has no status. Write official, proposed or draft."])


@pytest.mark.parametrize("kind", ["sdg", "umf"])
def test_what_a_template_says_is_in_force(run: Run, hub: Path, kind: str) -> None:
    assert run("contract", "load", "--template", kind, "-o", "list.csv").code == 0
    again = run("contract", "load", "list.csv")
    assert (again.code, again.lines) == (0, ["Nothing changes: what the file says is in force already."])
    assert not (hub / "lists").exists()


def test_a_list_that_was_changed_or_lost_is_told_by_doctor(run: Run, hub: Path, umf: Path) -> None:
    assert run("doctor").lines == ["All is well."]
    assert run("contract", "load", umf.name, "--yes").code == 0
    (first,) = (hub / "lists").iterdir()
    umf.write_text(UMF.replace("Official title 5", "Another title"), encoding="utf-8")
    assert run("contract", "load", umf.name, "--yes").code == 0
    (second,) = set((hub / "lists").iterdir()) - {first}
    assert run("doctor").lines == ["All is well."]
    kept = second.read_bytes()
    for fault in (lambda: second.write_bytes(kept + b"x"), second.unlink):
        fault()
        told = run("doctor")
        assert told.code == 3
        assert "The list that was loaded from umf.csv is gone or was changed. Put the file back as it was, under this name." in told.lines[0]
        assert second.name in told.lines[0]
    second.write_bytes(kept)
    first.unlink()
    told = run("doctor")
    assert (told.code, told.lines[0][0]) == (0, "·"), "no longer needed"
    assert [one["code"] for one in run("doctor", "--json").data] == ["list.changed"]


def test_a_report_says_of_a_code_that_it_is_not_official(run: Run, hub: Path) -> None:
    assert run("report", "city", "GH1408", "-o", "before.html").code == 0
    assert "SDG 11.1.1 [" not in (hub / "before.html").read_text(encoding="utf-8"), "nothing is said of what is official"
    assert run("contract", "load", "--template", "sdg", "-o", "sdg.csv").code == 0
    rows = (hub / "sdg.csv").read_text(encoding="utf-8-sig").splitlines(keepends=True)
    kept = [row.replace(",official,", ",proposed,") if row.startswith("11.1.1,") else row for row in rows if not row.startswith("3.1.1,")]
    (hub / "sdg.csv").write_text("".join(kept), encoding="utf-8")
    assert run("contract", "load", "sdg.csv", "--yes").code == 0
    assert run("report", "city", "GH1408", "-o", "after.html").code == 0
    page = (hub / "after.html").read_text(encoding="utf-8")
    assert "SDG 11.1.1 [proposed]" in page
    assert "SDG 3.1.1 [not in the list]" in page


def test_a_new_contract_and_what_waits_under_the_old_one(run: Run, hub: Path) -> None:
    assert run("contract", "upgrade", "--dry-run").lines[-1].startswith("Nothing changes")
    text = CONTRACT.replace("version: 1.0.0", "version: 1.1.0").replace("name: Indicator framework localised on the UMF", "name: Indicator framework")
    (hub / "contract.yaml").write_text(text, encoding="utf-8")
    shown = run("contract", "load", "contract.yaml", "--dry-run")
    assert shown.code == 0
    assert "data/framework · name · data/framework" in shown.out
    assert "approved claim" in shown.out
    assert run("contract", "load", "contract.yaml", "--yes").code == 0
    assert run("contract", "show", "--json").data["version"] == "1.1.0"
    assert run("contract", "diff", "ghana").code == 0
    (one,) = run("milestone", "status", "Ho Municipal", "--milestone", "D2", "--json").data
    assert one["state"] == "approved"  # an acceptance stays under its own version
    back = run("contract", "upgrade", "--dry-run")
    assert (back.code, back.lines[-1]) == (0, "Nothing was changed.")
    assert "data/framework · name" in back.out


@pytest.mark.usefixtures("hub")
@pytest.mark.parametrize("by", ["core", "umf", "sdg", "disaggregation"])
def test_coverage_by_each_view(by: str) -> None:
    every = run_command("data", "coverage", "--by", by)
    one = run_command("data", "coverage", "GH1408", "--by", by)
    assert (every.code, one.code) == (0, 0)
    (data,) = run_command("data", "coverage", "GH1408", "--by", by, "--json").data
    assert data.keys() >= {"city", "stage", "with_value", "without_value", "not_applicable", "coverage"}
    assert ({"umf", "sdg", "disaggregation"} & data.keys()) == ({by} - {"core"})


@pytest.mark.usefixtures("hub")
def test_the_page_of_a_city_has_every_view() -> None:
    page = run_command("data", "coverage", "GH1408")
    assert page.code == 0
    assert "no indicator in the national set" in page.out
    (data,) = run_command("data", "coverage", "GH1408", "--json").data
    assert (len(data["umf"]), len(data["sdg"])) == (20, 169)
    valued = {code for one in data["sdg"] for code in one["with_value"]}
    assert valued
    assert all(one["status"] == "official" for one in data["sdg"])


def test_the_sheet_for_gaps(run: Run, hub: Path) -> None:
    written = run("data", "gaps", "GH1408", "--xlsx", "gaps.xlsx")
    assert written.code == 0, written.err
    assert written.lines[-1] == "When it is back: sdgcities data gaps GH1408 --from gaps.xlsx --dry-run."
    assert run("data", "gaps", "GH1408", "--xlsx", "gaps.xlsx").code == 1
    assert run("data", "gaps", "GH1408", "--xlsx", "a.xlsx", "--from", "gaps.xlsx").code == 2
    back = run("data", "gaps", "GH1408", "--from", "gaps.xlsx")
    assert (back.code, len(back.lines)) == (1, 1)
    assert "Nothing in the sheet is new" in back.err
    other = run("data", "gaps", "GH1408", "--from", "sample/ghanapop.csv")
    assert (other.code, len(other.lines)) == (1, 1)
    assert run("data", "import", "gaps.xlsx").lines[0].endswith("Take it in with: sdgcities data gaps CITY --from FILE.")
    assert (hub / "gaps.xlsx").exists()
