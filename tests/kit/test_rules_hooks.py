"""Hooks with one thing wrong, and what the rules on hooks must say of each, to the character."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kit.sound import PACKAGE, sound_files, write

from sdgcities.findings import Finding
from sdgcities.kit.hooks.annotations import answers, names_of, type_of
from sdgcities.kit.hooks.source import spec_functions
from sdgcities.kit.rule import Unchecked
from sdgcities.kit.rules.hooks import CHECKS
from sdgcities.kit.subject import Subject
from sdgcities.plugin.signatures import HOOKS as KNOWN

HOOKS = '''\
"""The hooks of Atlantis."""

from __future__ import annotations

from collections.abc import Iterable

from sdgcities.api import Dimension, Tag, Unit, UnitBoundary
from sdgcities.plugin import hookimpl


@hookimpl
def sdgcities_units(country: str) -> Iterable[Unit] | None:
    """No further units."""
    return None if country != "XA" else []


@hookimpl
def sdgcities_fold_name(text: str, language: str) -> str | None:
    """One form for both spellings of the port."""
    return text.casefold().replace("k", "c") if language == "xa" else None


@hookimpl
def sdgcities_resources(kind: str) -> Iterable[Dimension] | Iterable[UnitBoundary] | Iterable[Tag] | None:
    """Nothing more than the files have."""
    return None
'''
TESTS = """\
from sdgcities_atlantis.hooks import sdgcities_fold_name as fold
from sdgcities_atlantis import hooks


def test_both_spellings():
    assert fold("Klito", "xa") == fold("Clito", "xa")
    assert hooks.sdgcities_units(country="XB") is None
    assert hooks.sdgcities_resources("tags") is None
"""
UNITS = "def sdgcities_units(country: str) -> Iterable[Unit] | None:"
FOLD = "def sdgcities_fold_name(text: str, language: str) -> str | None:"
RETURN = 'return None if country != "XA" else []'


@dataclass(frozen=True)
class Wrong:
    """`old` becomes `new` in the module of hooks; the rule must block where `mark` then stands."""

    rule: str
    old: str
    new: str
    mark: str
    words: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.new or 'without ' + self.old}"


ANNOTATED = [
    Wrong("hooks-annotated", UNITS, "def sdgcities_units(country) -> Iterable[Unit] | None:", "country) ->", "the argument country is not annotated"),
    Wrong("hooks-annotated", UNITS, "def sdgcities_units(country: str):", "def sdgcities_units", "the answer is not annotated. Write -> Iterable[Unit] | None"),
    Wrong("hooks-annotated", UNITS, UNITS.replace(": str", ": int"), "int) ->", "the argument country is annotated as int"),
    Wrong("hooks-annotated", UNITS, UNITS.replace(": str", ": str | None"), "str | None) ->", "the argument country is annotated as str | None"),
    Wrong("hooks-annotated", UNITS, UNITS.replace("Unit]", "str]"), "Iterable[str]", "the answer is annotated as Iterable[str] | None"),
    Wrong("hooks-annotated", UNITS, UNITS.replace("Iterable[Unit] | None", "list"), "list:", "the answer is annotated as list"),
    Wrong("hooks-annotated", UNITS, UNITS.replace("Iterable[Unit] | None", "Unit"), "Unit:", "the answer is annotated as Unit"),
    Wrong("hooks-annotated", UNITS, UNITS.replace("Iterable[Unit] | None", "object"), "object:", "the answer is annotated as object"),
    Wrong("hooks-annotated", UNITS, UNITS.replace("Iterable[Unit] | None", "dict[str, Unit]"), "dict[", "the answer is annotated as dict"),
    Wrong("hooks-annotated", UNITS, UNITS.replace("Iterable[Unit] | None", "tuple[Unit, Unit]"), "tuple[", "the answer is annotated as tuple"),
    Wrong("hooks-annotated", UNITS, UNITS.replace("Iterable[Unit]", "Iterable[Unitt]"), "Iterable[Unitt]", "Unitt is not imported"),
    Wrong("hooks-annotated", UNITS, UNITS.replace("Iterable[Unit]", "Iterable[Form]"), "Iterable[Form]", "from sdgcities.api import Form"),
    Wrong("hooks-annotated", UNITS, UNITS.replace("Iterable[Unit] | None", '"Iterable[str]"'), '"Iterable[str]"', "the answer is annotated as 'Iterable[str]'"),
    Wrong("hooks-annotated", UNITS, f"async {UNITS}", "async def", "is an async function"),
    Wrong("hooks-annotated", FOLD, FOLD.replace("language: str", "language: bytes"), "bytes)", "the argument language is annotated as bytes"),
    Wrong("hooks-annotated", FOLD, FOLD.replace("(text: str", "(text"), "text, language", "the argument text is not annotated"),
    Wrong("hooks-annotated", FOLD, FOLD.replace("str | None:", "str | int | None:"), "str | int", "the answer is annotated as str | int | None"),
    Wrong("hooks-annotated", FOLD, FOLD.replace(" -> str | None", ""), "def sdgcities_fold", "Write -> str | None"),
    Wrong("hooks-annotated", "Iterable[Dimension] |", "list[Dimension | UnitBoundary] |", "list[Dimension", "the answer is annotated as list[Dimension"),
    Wrong("hooks-annotated", "from collections.abc import Iterable", "from mylib import Iterable", "Iterable[Unit]", "annotated as Iterable[Unit]"),
    Wrong("hooks-annotated", "Dimension, Tag, Unit,", "Dimension, Tag,", "Iterable[Unit]", "Unit is not imported"),
]
SAME = [
    (UNITS, UNITS.replace("Iterable[Unit] | None", "list[Unit]"), ""),
    (UNITS, UNITS.replace("Iterable[Unit] | None", "tuple[Unit, ...]"), ""),
    (UNITS, UNITS.replace("Iterable[Unit] | None", "None"), ""),
    (UNITS, UNITS.replace("Iterable[Unit] | None", "'Iterable[Unit] | None'"), ""),
    (UNITS, UNITS.replace("Iterable[Unit] | None", "'list[Unit]'"), ""),
    (UNITS, UNITS.replace("Iterable[Unit] | None", "Optional[Iterable[Unit]]"), "from typing import Optional\n"),
    (UNITS, UNITS.replace("Iterable[Unit] | None", "t.Union[t.List[api.Unit], None]"), "import typing as t\nfrom sdgcities import api\n"),
    (UNITS, UNITS.replace("Iterable[Unit] | None", "Iterator[Unit]"), "from collections.abc import Iterator\n"),
    (UNITS, UNITS.replace("Iterable[Unit] | None", "Generator[Unit, None, None]"), "from typing import Generator\n"),
    (UNITS, UNITS.replace("Iterable[Unit] | None", "Units"), "Units = Iterable[Unit]\n"),
    (UNITS, UNITS.replace("Unit]", "sdgcities.api.Unit]"), "import sdgcities.api\n"),
    (UNITS, "def sdgcities_units() -> list[Unit]:", ""),
    ("Iterable[Dimension] | Iterable[UnitBoundary] | Iterable[Tag] | None", "list[Tag] | list[Dimension] | None", ""),
]
LOADED = [
    ("@hookimpl\n" + UNITS, UNITS, "is not marked as a hook"),
    ("def sdgcities_units", "def sdgcities_unit", "There is no hook sdgcities_unit"),
    (UNITS, UNITS.replace("country", "land"), "can't take the argument land"),
    (UNITS, UNITS.replace(": str", ": str = 'XA'"), "can't take the argument"),
    (RETURN, "return [1]", "is of the wrong type"),
    (RETURN, "return 1 / 0", "ZeroDivisionError"),
    (RETURN, "import os; os._exit(3)", "ended itself with the status 3"),
    ("from sdgcities.plugin import", "import surely_not_installed\nfrom sdgcities.plugin import", "No module named 'surely_not_installed'"),
    ("@hookimpl\ndef sdgcities_fold", "@hookimpl\ndef (:\ndef sdgcities_fold", "SyntaxError"),
]
KNOWN_WRONG = [
    Wrong("hooks-known", "@hookimpl\n" + UNITS, UNITS, "def sdgcities_units", "is not marked as a hook. Put @hookimpl"),
    Wrong("hooks-known", "def sdgcities_units", "def sdgcities_unit", "def sdgcities_unit", "Did you mean sdgcities_units?"),
    Wrong("hooks-known", "def sdgcities_resources", "def sdgcities_weather_of_tomorrow", "def sdgcities_weather", "Hooks: "),
    Wrong("hooks-known", UNITS, UNITS.replace("country", "land"), "land: str", "can't take the argument land. Its arguments, without defaults: country"),
    Wrong("hooks-known", UNITS, UNITS.replace(": str", ": str = 'XA'"), "country: str = 'XA'", "can't take the argument country = 'XA'"),
    Wrong("hooks-known", UNITS, UNITS.replace("country: str", "country: str, /"), "country: str, /", "can't take the argument country"),
    Wrong("hooks-known", UNITS, UNITS.replace("country: str", "*country: str"), "country: str)", "can't take the argument *country"),
    Wrong("hooks-known", UNITS, UNITS.replace("country: str", "country: str, **rest: str"), "rest: str)", "can't take the argument **rest"),
    Wrong("hooks-known", FOLD, FOLD.replace("language: str", "*, language: str = 'xa'"), "language: str = 'xa'", "argument language = 'xa'"),
    Wrong("hooks-known", "from sdgcities.plugin import hookimpl\n", "", "def sdgcities_units", "from sdgcities.plugin import hookimpl"),
    Wrong("hooks-known", RETURN, "return (None", "(None", "no valid Python"),
    Wrong("hooks-known", UNITS, UNITS.removesuffix(":"), '\n    """No further', "no valid Python: expected ':'"),
]
TYPED = [
    (RETURN, "return country", "return country", "Incompatible return value type"),
    (RETURN, "return unknown", "unknown", "is not defined"),
    (UNITS, "def sdgcities_units(country) -> Iterable[Unit] | None:", "def sdgcities_units", "missing a type annotation"),
    ("text.casefold()", "text.foldcase()", "text.foldcase", "has no attribute"),
    (RETURN, "return )", "return )", "mypy --strict: "),
]


def package_with(folder: Path, hooks: str = HOOKS, tests: str = TESTS, more: Mapping[str, str] | None = None) -> Path:
    files = sound_files()
    manifest = files[f"{PACKAGE}/plugin.yaml"] + f"hooks: {PACKAGE}.hooks\n"
    own = {f"{PACKAGE}/plugin.yaml": manifest, f"{PACKAGE}/hooks.py": hooks, "tests/test_hooks.py": tests}
    return write(folder, files | own | dict(more or {}))


def found(package: Path, rule: str) -> list[Finding]:
    return list(CHECKS[rule](Subject(package)))


def place(text: str, mark: str) -> tuple[int, int]:
    before = text[: text.index(mark)]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def test_sound_hooks_keep_every_rule(tmp_path: Path) -> None:
    package = package_with(tmp_path)
    assert {rule: [str(finding.message) for finding in found(package, rule)] for rule in CHECKS} == {rule: [] for rule in CHECKS}


def test_a_plugin_without_python_keeps_every_rule(tmp_path: Path) -> None:
    package = write(tmp_path, sound_files())
    assert {rule: found(package, rule) for rule in CHECKS} == {rule: [] for rule in CHECKS}


@pytest.mark.parametrize("wrong", [*ANNOTATED, *KNOWN_WRONG], ids=str)
def test_a_hook_that_is_not_as_its_spec_is_told_without_running_it(tmp_path: Path, wrong: Wrong) -> None:
    assert wrong.old in HOOKS
    hooks = HOOKS.replace(wrong.old, wrong.new, 1)
    package = package_with(tmp_path, hooks)
    findings = found(package, wrong.rule)
    told = [(finding.where.line, finding.where.character, f"{finding.message} {finding.hint}") for finding in findings]
    assert any((line, character) == place(hooks, wrong.mark) and wrong.words in words for line, character, words in told), told
    assert {(finding.where.file, finding.blocks) for finding in findings} == {(str(package.resolve() / "hooks.py"), True)}


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (HOOKS.replace(f"    {RETURN}", f"      {RETURN}").encode(), HOOKS[: HOOKS.index(RETURN)].count("\n") + 1, "four blanks for each step"),
        (HOOKS.replace("No further units", "No further unités").encode("cp1252"), 13, "The text is not UTF-8."),
        (b"\x00", 1, "no valid Python"),
        (("x = " + "(" * 1000).encode(), 1, "no valid Python"),
    ],
)
def test_a_module_that_is_no_python_is_told_with_its_line(tmp_path: Path, content: bytes, line: int, words: str) -> None:
    package = package_with(tmp_path)
    (package / "hooks.py").write_bytes(content)
    (finding,) = found(package, "hooks-known")
    assert (finding.where.file, finding.where.line, finding.blocks) == (str(package.resolve() / "hooks.py"), line, True)
    assert words in f"{finding.message} {finding.hint}"


@pytest.mark.parametrize(
    ("named", "words"),
    [
        (f"{PACKAGE}.hook", f"There is no module {PACKAGE}.hook. Did you mean {PACKAGE}.hooks?"),
        (PACKAGE, f"The module {PACKAGE} has no hook."),
        (f"{PACKAGE}.weather", f"There are: {PACKAGE}.hooks"),
    ],
)
def test_a_module_that_is_not_the_one_of_the_hooks_is_told_at_the_manifest(tmp_path: Path, named: str, words: str) -> None:
    package = package_with(tmp_path)
    manifest = (package / "plugin.yaml").read_text(encoding="utf-8").replace(f"hooks: {PACKAGE}.hooks", f"hooks: {named}")
    (package / "plugin.yaml").write_text(manifest, encoding="utf-8")
    (finding,) = found(package, "hooks-known")
    assert (finding.where.file, finding.where.line) == (str(package.resolve() / "plugin.yaml"), manifest[: manifest.index("hooks:")].count("\n") + 1)
    assert words in f"{finding.message} {finding.hint}"
    assert finding.blocks


def test_the_mark_under_another_name_is_known(tmp_path: Path) -> None:
    renamed = HOOKS.replace("import hookimpl", "import hookimpl as answer").replace("@hookimpl", "@answer")
    assert found(package_with(tmp_path, renamed), "hooks-known") == []


@pytest.mark.parametrize(("old", "new", "head"), SAME, ids=[new for _, new, _ in SAME])
def test_the_same_type_in_another_spelling_and_less_of_it_pass(tmp_path: Path, old: str, new: str, head: str) -> None:
    assert old in HOOKS
    hooks = HOOKS.replace(old, new).replace("\n\n@hookimpl", f"\n{head}\n@hookimpl", 1)
    assert found(package_with(tmp_path, hooks), "hooks-annotated") == []


def test_every_spec_answers_itself() -> None:
    specs = spec_functions()
    assert set(specs) >= set(KNOWN)
    for name in KNOWN:
        returns = specs[name].function.returns
        assert returns is not None
        spelt = type_of(returns, specs[name].source.names)
        assert answers(spelt, spelt), name


def test_hooks_of_another_module_and_of_another_name_are_followed(tmp_path: Path) -> None:
    names = HOOKS.replace("@hookimpl\ndef sdgcities_fold_name", '@hookimpl(specname="sdgcities_fold_name")\ndef folded').replace("language: str", "language")
    more = {f"{PACKAGE}/names/__init__.py": "", f"{PACKAGE}/names/folding.py": names}
    hooks = "from .names.folding import *\nfrom sdgcities_atlantis.names.folding import sdgcities_units\n"
    package = package_with(tmp_path, hooks, TESTS, more)
    (finding,) = found(package, "hooks-annotated")
    assert (finding.where.file, finding.where.line) == (str(package.resolve() / "names" / "folding.py"), place(names, "def folded")[0])
    assert "sdgcities_fold_name: the argument language is not annotated" in str(finding.message)


@pytest.mark.parametrize(
    ("old", "new", "untested"),
    [
        ('    assert hooks.sdgcities_units(country="XB") is None\n', "", ["sdgcities_units"]),
        ('hooks.sdgcities_units(country="XB")', "hooks.sdgcities_units", ["sdgcities_units"]),
        ('hooks.sdgcities_units(country="XB")', 'hooks.units(country="XB")', ["sdgcities_units"]),
        ("sdgcities_fold_name as fold", "sdgcities_fold_name", ["sdgcities_fold_name"]),
        (TESTS, "", ["sdgcities_units", "sdgcities_fold_name", "sdgcities_resources"]),
        (
            TESTS,
            "# sdgcities_units() sdgcities_resources()\nfrom x import sdgcities_fold_name\nsdgcities_fold_name()\n",
            ["sdgcities_units", "sdgcities_resources"],
        ),
    ],
)
def test_a_hook_that_no_test_calls(tmp_path: Path, old: str, new: str, untested: list[str]) -> None:
    assert old in TESTS
    package = package_with(tmp_path, tests=TESTS.replace(old, new))
    findings = found(package, "hooks-tested")
    assert [str(finding.message) for finding in findings] == [f"No test calls {name}." for name in untested]
    assert [finding.where.line for finding in findings] == [place(HOOKS, f"def {name}")[0] for name in untested]


def test_without_sources_tests_cannot_be_looked_for(tmp_path: Path) -> None:
    package = package_with(tmp_path)
    (package.parent / "pyproject.toml").unlink()
    with pytest.raises(Unchecked, match="installed without its sources"):
        found(package, "hooks-tested")


@pytest.mark.parametrize("hooks", ["def (:\n", "\x00", "x = " + "(" * 1000])
def test_a_module_that_is_no_python_is_left_to_the_rule_that_loads_it(tmp_path: Path, hooks: str) -> None:
    package = package_with(tmp_path, hooks)
    for rule in ("hooks-annotated", "hooks-tested"):
        with pytest.raises(Unchecked, match=r"hooks\.py, line 1, is no valid Python"):
            found(package, rule)


def test_a_module_that_is_not_there(tmp_path: Path) -> None:
    package = package_with(tmp_path)
    (package / "hooks.py").unlink()
    with pytest.raises(Unchecked, match=r"There is no module sdgcities_atlantis\.hooks"):
        found(package, "hooks-annotated")
    (finding,) = found(package, "hooks-load")
    assert "No module named" in str(finding.message)


@pytest.mark.slow
@pytest.mark.parametrize(("old", "new", "words"), LOADED, ids=[words for *_, words in LOADED])
def test_a_plugin_that_does_not_load(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in HOOKS
    hooks = HOOKS.replace(old, new, 1)
    package = package_with(tmp_path, hooks)
    (finding,) = found(package, "hooks-load")
    assert (words in str(finding.message), finding.blocks) == (True, True), str(finding.message)
    if "os._exit" not in new and "wrong type" not in words:
        assert finding.where.file == str(package.resolve() / "hooks.py")
        assert finding.where.line


@pytest.mark.slow
@pytest.mark.parametrize(("old", "new", "mark", "words"), TYPED, ids=[words for *_, words in TYPED])
def test_what_mypy_finds(tmp_path: Path, old: str, new: str, mark: str, words: str) -> None:
    assert old in HOOKS
    hooks = HOOKS.replace(old, new, 1)
    package = package_with(tmp_path, hooks)
    findings = found(package, "strictly-typed")
    told = [(finding.where.line, str(finding.message)) for finding in findings]
    assert any(line == place(hooks, mark)[0] and words in message for line, message in told), told
    assert {finding.where.file for finding in findings} == {str(package.resolve() / "hooks.py")}


@pytest.mark.slow
def test_an_import_that_takes_long_is_told_with_its_figure(tmp_path: Path) -> None:
    package = package_with(tmp_path, HOOKS.replace("from sdgcities.plugin", "import sdgcities_atlantis.heavy\nfrom sdgcities.plugin"))
    busy = "from time import process_time\nstart = process_time()\nwhile process_time() - start < 0.2:\n    pass\n"
    (package / "heavy.py").write_text(busy, encoding="utf-8")
    (finding,) = found(package, "import-time")
    figure = int(str(finding.message).split(" takes ")[1].split(" ms ")[0])
    assert 200 <= figure < 2000
    assert (finding.where.file, "at most 50 ms" in str(finding.message)) == (str(package.resolve() / "hooks.py"), True)
    assert not list(package.rglob("*.pyc"))


@pytest.mark.slow
@pytest.mark.parametrize("hooks", ["raise SystemExit(0)\n", "1 / 0\n", "import os\nos._exit(0)\n"])
def test_what_cannot_be_imported_has_no_import_time(tmp_path: Path, hooks: str) -> None:
    with pytest.raises(Unchecked, match="can't be imported"):
        found(package_with(tmp_path, hooks), "import-time")


NAMES = names_of(ast.parse("from collections.abc import Iterable\nfrom typing import Optional, Union\nfrom sdgcities.api import Unit\nLoop = Loop | None\n"))
SPELT = st.recursive(
    st.sampled_from(["str", "Unit", "None", "Iterable", "Loop", "'Unit'", "'(('", "x.y", "1", "lambda: 0", "..."]),
    lambda inner: st.builds("{}[{}]".format, inner, inner) | st.builds("{} | {}".format, inner, inner) | st.builds("Optional[{}, {}]".format, inner, inner),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(SPELT)
def test_any_annotation_is_read(text: str) -> None:
    try:
        node = ast.parse(text, mode="eval").body
    except SyntaxError:
        return
    spelt = type_of(node, NAMES)
    assert answers(spelt, spelt)
