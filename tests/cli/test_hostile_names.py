"""Names that would act somewhere are data: shown as text on the terminal, in JSON and on pages, wherever they come from."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.cli.conftest import run_command
from tests.isle import INDICATORS, MANIFEST, UNITS

from sdgcities.cli.output import visible

SCRIPT = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://example.org";"Port")'
STEERING = "\x1b[2J\x1b]0;owned\x07"
TURNED = "Port \u202etroP"
NAMES = {"N1": SCRIPT, "S1": FORMULA, "N2": TURNED}
ALIASES = f"""scope,scope_id,name,within,unit,reason
plugin,,<b>Quay</b>,,N1,{STEERING.replace(chr(7), "")}
"""


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A hub whose units and indicator are called so, with a figure that has a hostile source."""
    units = UNITS
    for unit, name in NAMES.items():
        quoted = name.replace('"', '""')
        units = re.sub(rf"^({unit},town,\w,)[^,]*", lambda row, quoted=quoted: f'{row[1]}"{quoted}"', units, flags=re.MULTILINE)  # type: ignore[misc]
    indicators = INDICATORS.replace("name: Boats", "name: '=1+1<img src=x onerror=alert(1)>'")
    manifest = MANIFEST.replace("profiles: profiles\nforms: forms\n", "")
    files = {"plugin.yaml": manifest, "units.csv": units, "aliases.csv": ALIASES, "indicators.yaml": indicators}
    for name, text in files.items():
        path = tmp_path / "plugins" / "isle" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    monkeypatch.chdir(tmp_path)
    done("init", "hub", "--country", "XA", "--operator", "ama", "--plugins-dir", "plugins")
    figures = tmp_path / "figures.csv"
    rows = ["unit,indicator,period,value,source", f"N1,XA-BOATS,2021,7,{SCRIPT}", f'S1,XA-BOATS,2021,8,"{STEERING}"']
    figures.write_text("\n".join(rows), encoding="utf-8")
    done("data", "import", figures)
    done("city", "join", "N1")
    done("city", "join", "S1")
    done("city", "join", "N2")
    return tmp_path / "hub"


def done(*words: object) -> str:
    ended = run_command(*words, *(() if words[0] == "init" else ("--hub", "hub", "--plugins-dir", "plugins")))
    assert ended.code == 0, ended.err
    shown = ended.out + ended.err
    assert visible(shown) == shown, "something steers the terminal"
    return ended.out


@pytest.mark.usefixtures("hub")
@pytest.mark.parametrize(
    "words",
    [("unit", "find", "Port"), ("unit", "show", "N2"), ("city", "list"), ("city", "show", "N1"), ("indicator", "list"), ("indicator", "show", "XA-BOATS")],
    ids=" ".join,
)
def test_listings_show_names_as_text(words: tuple[str, ...]) -> None:
    listed = done(*words)
    assert listed
    assert "\u202e" not in listed


@pytest.mark.usefixtures("hub")
def test_json_holds_the_names_as_they_are() -> None:
    found = json.dumps(json.loads(done("unit", "find", "HYPERLINK", "--json")), ensure_ascii=False)
    assert json.dumps(FORMULA)[1:-1] in found
    for words in (("data", "show", "S1", "--json"), ("city", "list", "--json"), ("indicator", "list", "--json")):
        assert json.loads(done(*words))


@pytest.mark.usefixtures("hub")
def test_where_a_figure_came_from_is_text() -> None:
    assert SCRIPT in done("data", "show", "N1", "XA-BOATS")
    assert "\\x1b[2J" in done("data", "show", "S1", "XA-BOATS")


@pytest.mark.parametrize("city", ["N1", "S1", "N2"])
def test_a_report_holds_no_markup_of_a_name(hub: Path, city: str) -> None:
    done("report", "city", city)
    (page,) = hub.rglob("*.html")
    text = page.read_text(encoding="utf-8")
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert not re.search("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e]", text)
    told = {"N1": "&lt;script&gt;alert(1)", "S1": "=HYPERLINK(", "N2": "Port \\u202etroP"}
    assert told[city] in text


def test_a_list_leaves_with_its_formulas_as_text_and_comes_back_as_it_was(hub: Path) -> None:
    given = "".join(f'{goal}.1.1,"{FORMULA.replace(chr(34), chr(34) * 2)}",@office,draft\n' for goal in range(1, 6))
    (hub / "umf.csv").write_text("umf_code,title,source,status\n" + given, encoding="utf-8")
    done("contract", "load", hub / "umf.csv", "--yes")
    done("contract", "load", "--template", "umf", "-o", hub / "again.csv")
    text = (hub / "again.csv").read_text(encoding="utf-8-sig")
    assert "\"'=HYPERLINK(" in text
    assert ",'@office," in text
    assert json.loads(done("contract", "load", hub / "again.csv", "--dry-run", "--json"))["differences"] == []
