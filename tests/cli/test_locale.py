"""The translation desk on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.kit.desk_plugin import FILES, atlantis, filled_in

from .conftest import Run


@pytest.fixture
def plugin(run: Run) -> str:  # noqa: ARG001 - in its empty folder
    """A plugin in the current folder, its catalogues up to date."""
    atlantis(Path.cwd())
    return "sdgcities_atlantis"


@pytest.fixture
def updated(run: Run, plugin: str) -> str:
    assert run("locale", "update", plugin).code == 0
    return plugin


def test_a_plugin_is_translated_by_a_translator_and_a_reviewer(run: Run, plugin: str) -> None:
    """The whole way, as docs/how-to/translate-a-plugin.md tells it."""
    made = run("locale", "update", plugin)
    assert made.code == 0
    assert len(made.lines) == 3
    assert made.lines[0].startswith(str(Path("sdgcities_atlantis/locales/ar/LC_MESSAGES/sdgcities.po")) + ": The catalogue is new. ")
    assert all(line.endswith("Nothing is new.") for line in run("locale", "update", plugin).lines)

    exported = run("locale", "export", plugin, "--language", "tr", "--xlsx", "-o", "out.xlsx")
    assert (exported.code, exported.err.startswith("out.xlsx has ")) == (0, True)
    filled_in(Path("out.xlsx"), Path("back.xlsx"), lambda row: row.update(Translation=f"_{row['Text']}_"))
    trial = run("locale", "import", plugin, "back.xlsx", "--dry-run")
    assert (trial.code, trial.lines[-1]) == (0, "Nothing was stored: this was a trial.")
    taken = run("locale", "import", plugin, "back.xlsx")
    count = run("locale", "coverage", plugin, "--language", "tr", "--json").data[0]["texts"]
    assert (taken.code, taken.lines) == (0, [f"{count} changed, 0 reviewed, 0 unchanged."])
    (turkish,) = run("locale", "coverage", plugin, "--language", "tr", "--json").data
    turkish.pop("core")
    assert turkish == {
        "language": "tr",
        "name": "Turkish",
        "texts": count,
        "translated": count,
        "reviewed": 0,
        "unreviewed": 0,
        "draft": count,
        "empty": 0,
        "percent": 100,
    }

    reviewed = run("locale", "import", plugin, "back.xlsx", "--reviewer", "Ayşe Yılmaz")
    assert reviewed.lines == [f"0 changed, {count} reviewed, 0 unchanged."]
    assert run("locale", "coverage", plugin, "--language", "tr", "--json").data[0]["reviewed"] == count
    shown = run("--lang", "pt_PT", "locale", "coverage", plugin)
    assert shown.code == 0
    assert "turco" in shown.out
    assert "árabe" in shown.out


@pytest.mark.usefixtures("updated")
def test_texts_of_a_state_are_listed_with_file_and_line(run: Run, plugin: str) -> None:
    listed = run("locale", "coverage", plugin, "--language", "ms", "--list", "empty").out.splitlines()
    path = Path("sdgcities_atlantis/locales/ms/LC_MESSAGES/sdgcities.po")
    lines = path.read_text(encoding="utf-8").splitlines()
    for line in listed:
        place, _, text = line.partition(": ")
        number = int(place.rpartition(":")[2])
        assert place == f"{path}:{number}"
        assert lines[number - 1].startswith(f'msgid "{text}"')
    found = run("locale", "coverage", plugin, "--language", "ms", "--list", "empty", "--json").data
    assert [f"{one['file']}:{one['line']}: {one['text']}" for one in found] == listed
    assert run("locale", "coverage", plugin, "--list", "draft").out == ""


@pytest.mark.usefixtures("updated")
def test_texts_of_the_core_have_a_row_of_their_own_and_are_listed_once_brought_in(run: Run, plugin: str) -> None:
    listed = run("locale", "coverage", plugin, "--language", "ms", "--list", "empty").out
    assert run("locale", "update", plugin, "--language", "ms", "--core").code == 0
    lines = run("locale", "coverage", plugin, "--language", "ms").out.splitlines()
    assert [line.split()[0:2] for line in lines[1:]] == [["ms", "Malay"], ["ms", "Malay:"]]
    assert "Malay: texts of the core  " in lines[2]
    core = run("locale", "coverage", plugin, "--language", "ms", "--json").data[0]["core"]
    assert (core["translated"], core["percent"], core["empty"]) == (0, 0, core["texts"])
    both = run("locale", "coverage", plugin, "--language", "ms", "--list", "empty").out
    assert len(both.splitlines()) == len(listed.splitlines()) + core["texts"]
    assert ": In brief" in both


def test_before_an_update_a_text_is_listed_where_it_stands(run: Run, plugin: str) -> None:
    first = run("locale", "coverage", plugin, "--language", "ms", "--list", "empty").out.splitlines()[0]
    assert first == f"{Path('sdgcities_atlantis/plugin.yaml')}: Atlantis"


def test_the_template_is_printed_or_written(run: Run, plugin: str) -> None:
    printed = run("locale", "extract", plugin)
    written = run("locale", "extract", plugin, "-o", "atlantis.pot")
    assert (printed.code, written.code) == (0, 0)
    assert Path("atlantis.pot").read_text(encoding="utf-8").strip() == printed.out.strip()
    assert "#: forms/agreement.yaml:7" in printed.out


def test_the_catalogues_are_checked(run: Run, updated: str) -> None:
    assert run("locale", "check", updated).code == 0
    path = Path("sdgcities_atlantis/locales/tr/LC_MESSAGES/sdgcities.po")
    text = path.read_text(encoding="utf-8").replace('msgid "The harbour of %(city)s"\nmsgstr ""', 'msgid "The harbour of %(city)s"\nmsgstr "Liman"')
    path.write_text(text, encoding="utf-8")
    line = text.splitlines().index('msgid "The harbour of %(city)s"') + 1
    ended = run("locale", "check", updated)
    assert ended.code == 1
    assert f"{path}:{line}: catalogues-valid The translation must have the same %(city)s as the text." in ended.out
    assert [one["rule"] for one in run("locale", "check", updated, "--json").data if one["severity"] == "block"] == ["catalogues-valid"]


def test_rows_that_are_refused_are_told_and_nothing_is_stored(run: Run, updated: str) -> None:
    path = Path("sdgcities_atlantis/locales/tr/LC_MESSAGES/sdgcities.po")
    before = path.read_bytes()
    run("locale", "export", updated, "--language", "tr")
    filled_in(Path("atlantis-tr.xlsx"), Path("back.xlsx"), lambda row: row.update(Translation="<i>x</i>"))
    ended = run("locale", "import", updated, "back.xlsx")
    assert (ended.code, path.read_bytes()) == (1, before)
    assert (
        ended.lines[0]
        == "✗ back.xlsx, sheet Texts, row 2, column Translation: The markup differs from that of the text: <i> </i>. Correct the translation in this row."
    )
    assert len(ended.lines) == 22
    assert ended.lines[-1] == "Nothing was stored. Correct the rows, or add --accept-partial."


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("update nowhere", 1, "✗ No plugin nowhere was found."),
        ("update PLUGIN --language fr", 1, "The plugin has no texts in fr to keep."),
        ("update core", 1, "The core's own catalogues are not kept here."),
        ("export PLUGIN", 2, "✗ --language is missing."),
        ("export PLUGIN --language tr --state half", 2, "half is no state. There are: empty, draft, unreviewed, reviewed."),
        ("import PLUGIN nowhere.xlsx", 1, "✗ nowhere.xlsx: There is no such file."),
        ("import PLUGIN sdgcities_atlantis/plugin.yaml", 1, "This is no workbook."),
        ("import PLUGIN out.xlsx --reviewer a,b", 1, "A reviewer is named by at most 80 characters, without a comma."),
        ("coverage PLUGIN --list half", 2, "--list can't be half."),
    ],
)
def test_what_can_not_be_done_is_told_in_one_line(run: Run, updated: str, words: str, code: int, said: str) -> None:
    run("locale", "export", updated, "--language", "tr", "-o", "out.xlsx")
    ended = run("locale", *words.replace("PLUGIN", updated).split())
    assert (ended.code, len(ended.lines)) == (code, 1)
    assert said in ended.err


def test_a_workbook_that_is_there_is_not_written_over(run: Run, updated: str) -> None:
    assert run("locale", "export", updated, "--language", "tr").code == 0
    ended = run("locale", "export", updated, "--language", "tr")
    assert (ended.code, len(ended.lines)) == (1, 1)
    assert "There is a file of this name already." in ended.err


def test_a_manifest_that_can_not_be_read_is_told(run: Run, plugin: str) -> None:
    Path("sdgcities_atlantis/plugin.yaml").write_text(FILES["plugin.yaml"].replace("layer: country", "layer: city"), encoding="utf-8")
    for verb in ("extract", "update", "check", "coverage"):
        ended = run("locale", verb, plugin)
        assert ended.code == 1
        assert "plugin.yaml, line 5" in ended.err


@pytest.mark.parametrize("name", ["ghana", "portugal", "turkiye"])
def test_the_shipped_plugins_have_sound_catalogues(run: Run, name: str) -> None:
    assert run("locale", "check", name).code == 0
    assert all(one["texts"] and one["unreviewed"] == 0 for one in json.loads(run("locale", "coverage", name, "--json").out))
