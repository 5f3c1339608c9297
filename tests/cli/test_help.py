"""Every command explains itself, with an example that runs, in the reader's language; what is mistyped is told in one line."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from sdgcities.cli.base import described
from sdgcities.cli.main import COMMANDS, cli

from .conftest import Run, run_command

CHECKOUT = Path(__file__).parents[2]


def commands(command: click.Command = cli, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command and group."""
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found
            yield from commands(found, (*path, name))


def command_of(path: tuple[str, ...]) -> click.Command:
    command: click.Command = cli
    for name in path:
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), name)
        assert found
        command = found
    return command


PATHS = sorted(commands())
EXAMPLES = {path: described(command_of(path))[1] for path in PATHS}


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_help_has_one_example_on_a_line_of_its_own(path: tuple[str, ...]) -> None:
    ended = run_command(*path, "--help")
    assert ended.code == 0
    assert ended.err == ""
    assert [line.strip() for line in ended.out.splitlines() if line.strip().startswith("Example:")] == [f"Example: {EXAMPLES[path]}"]
    assert EXAMPLES[path].startswith("sdgcities ")


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_every_option_and_command_says_what_it_is_for(path: tuple[str, ...]) -> None:
    command = command_of(path)
    assert described(command)[0].endswith(".")
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert (parameter.help or "").endswith("."), parameter.name


TABLES = {"": COMMANDS} | {name: import_module(f"sdgcities.cli.{name}").VERBS for name in ("calculate", "contract", "data", "plugin", "unit")}


@pytest.mark.parametrize(("package", "name"), [(package, name) for package, table in TABLES.items() for name in table])
def test_the_table_says_what_the_command_says(package: str, name: str) -> None:
    assert described(command_of((*package.split(), name)))[0].startswith(TABLES[package][name])


@pytest.mark.parametrize(("package", "table"), TABLES.items())
def test_the_table_names_every_module_with_a_command(package: str, table: dict[str, str]) -> None:
    folder = Path(__file__).parents[2] / "core" / "sdgcities" / "cli" / package
    modules = {path for path in (*folder.glob("*.py"), *folder.glob("*/__init__.py")) if "\ndef command(" in path.read_text(encoding="utf-8")}
    names = {path.parent.name if path.name == "__init__.py" else path.stem for path in modules if path != folder / "__init__.py"}
    assert names == set(table)


def example(path: str) -> None:
    ended = run_command(*shlex.split(EXAMPLES[tuple(path.split())])[1:])
    assert ended.code == 0, (path, ended.err)


STORY = (
    "city join",
    "city list",
    "city show",
    "data inspect",
    "data inbox",
    "data import",
    "data show",
    "data coverage",
    "data gaps",
    "data batches",
    "data quality",
    "data justify",
    "data progress",
    "data export",
    "data review",
    "data publish",
    "data scan",
    "unit",
    "unit find",
    "unit show",
    "unit alias",
    "unit alias list",
    "unit alias remove",
    "calculate list",
    "calculate show",
    "calculate run",
    "indicator list",
    "indicator show",
    "form list",
    "form show",
    "form submit",
    "evidence add",
    "evidence show",
    "milestone",
    "milestone status",
    "milestone claim",
    "milestone review",
    "milestone history",
    "report",
    "report city",
    "programme budget",
    "contract",
    "contract show",
    "contract diff",
    "contract load",
    "contract upgrade",
    "plugin list",
    "plugin preview",
    "plugin test",
    "plugin check",
    "plugin document",
    "plugin quality",
    "plugin new",
    "plugin units import",
    "plugin indicators import",
    "locale update",
    "locale extract",
    "locale check",
    "locale coverage",
    "locale export",
    "locale import",
    "audit verify",
    "audit show",
    "upgrade",
    "doctor",
    "actor list",
    "data revert",
    "data correct",
    "unit boundary",
    "unit boundary import",
    "privacy erase",
    "city pause",
    "city resume",
    "city rename",
    "city leave",
    "city merge",
    "demo",
)
"""The examples in the order in which a new hub can run them."""


def test_every_example_runs_in_a_new_hub(run: Run, demonstrated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example("init")
    monkeypatch.chdir("ghana-hub")
    example("actor add")
    for reviewer in ("k.owusu", "e.owusu"):
        assert run("actor", "add", reviewer, "--role", "reviewer").code == 0
    sample = demonstrated / "sample"
    Path("ghanapop.csv").write_bytes((sample / "ghanapop.csv").read_bytes())
    Path("agreement.pdf").write_bytes(b"%PDF-1.7 specimen")
    Path("agreement.yaml").write_text(AGREEMENT, encoding="utf-8")
    Path("regions.geojson").write_bytes((CHECKOUT / "plugins/ghana/sdgcities_ghana/boundaries.geojson").read_bytes())
    Path("regions.csv").write_text("Code,Region\n01,Coast\n", encoding="utf-8")
    Path("indicators.csv").write_text(INDICATORS, encoding="utf-8")
    Path("waterpoints.csv").write_text("lat,lon,kind\n5.6037,-0.1870,tap\n5.6101,-0.2012,well\n", encoding="utf-8")
    for path in STORY:
        if path == "data review":
            assert run("data", "review", "GH1408", "-o", "look").code == 0
        if path == "milestone claim":
            done = run("form", "submit", "indicator-framework", "--city", "GH1408", "--data", sample / "indicator-framework.yaml", "--author", "a.mensah")
            assert done.code == 0, done.err
        if path == "data inbox":
            Path("inbox").mkdir()
            for name in ("indicator_3-1-1.csv", "indicator_4-a-1.csv"):
                shutil.copy(sample / name, "inbox")
        example(path)
    told = {EXAMPLES[tuple(path.split())] for path in ("init", "actor add", *STORY)}
    assert told == set(EXAMPLES.values())


INDICATORS = (
    "code,name,definition,unit,direction,frequency,sdg\nKE-3.2.1,Under-five mortality,Deaths before the fifth birthday,per_1000_live_births,lower,A,3.2.1\n"
)
AGREEMENT = """
signed_on: "2026-02-16"
signatures: [{office: Municipal Chief Executive, name: Specimen A}, {office: Municipal Co-ordinating Director, name: Specimen B}]
committee: {inaugurated_on: "2026-01-29", members: 11, bodies: [Planning Unit, Finance, Health]}
focal_point: {office: Statistical Department, name: Specimen C, contact: focal.point@example.org}
"""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("foo", "There is no command foo. See: sdgcities --help."),
        ("city lst", "There is no command lst. Did you mean list? See: sdgcities city --help."),
        ("city list --jsn", "There is no option --jsn. Did you mean --json? See: sdgcities city list --help."),
        ("city join", "CITY is missing. See: sdgcities city join --help."),
        ("init x", "--country is missing. See: sdgcities init --help."),
        ("city join Ho Municipal", "Not understood: Municipal. A text with blanks needs quotation marks around it."),
        ("city join Ho --stage there", "--stage can't be there. It is one of: interested, joining, active, completed."),
        ("city leave Ho", "--reason is missing."),
        ("city rename Ho X --reason r --since 2024-2-1", "--since: 2024-2-1 is no day, such as 2024-12-31."),
        ("city rename Ho X --reason r --since 2023-02-29", "--since: 2023-02-29 is no day, such as 2024-12-31."),
        ("city merge Ho --reason r --into X --until", "The option --until needs a value."),
        ("city merge Ho --reason r --into X --until=", "--until: It must not be empty."),
        ("milestone review -1 --approve --reason r", "There is no option -1."),
        ("milestone review one --approve --reason r", "CLAIM must be a whole number, not one."),
        ("milestone review 0 --approve --reason r", "CLAIM can't be 0: no record has that number."),
        ("data progress GH1408 --since 1800", "--since can't be 1800. It is a number from 1900 to 2100."),
        ("milestone review 99999999999999999999 --approve --reason r", "CLAIM can't be 99999999999999999999: no record has that number."),
        ("milestone review 1 --approve", "--reason is missing."),
        ("milestone review 1 --reason r", "Say what is decided, by one of --approve, --return and --reject."),
        ("milestone review 1 --reason r --approve --reject", "Say what is decided, by one of --approve, --return and --reject."),
        ("actor add x --role", "The option --role needs a value. See: sdgcities actor add --help."),
        ("city list --json=yes", "The option --json takes no value."),
        ("city list --hub", "The option --hub needs a value."),
        ("privacy erase", "Give the ID of an actor, or --submission with a number."),
        ("privacy erase a --submission 1", "Give the ID of an actor, or --submission with a number."),
        ("unit alias add GH1408 x --reason r --profile p --source s", "Give --profile or --source, not both."),
        ("init x --country GH --languages ../x", "--languages: ../x is not the code of a language, such as en, ak or pt_PT."),
        ("init x --country GH --name=", "--name: It must not be empty."),
        ("report city GH1408 --output=", "-o / --output: It must not be empty."),
    ],
)
def test_wrong_usage_is_told_in_one_line(run: Run, words: str, said: str) -> None:
    ended = run(*words.split())
    assert ended.code == 2
    assert ended.out == ""
    assert len(ended.lines) == 1
    assert ended.err.startswith(f"✗ {said}")


def test_a_group_alone_shows_its_help(run: Run) -> None:
    ended = run("city")
    assert "Let a CITY" in ended.out + ended.err


def test_an_argument_that_is_no_text_is_refused(run: Run) -> None:
    ended = run("city", "join", "Ho\udcff")
    assert (ended.code, ended.out) == (2, "")
    assert "is not readable text (UTF-8)" in ended.err


@pytest.mark.parametrize("words", [["--hub", "nowhere", "city", "list"], ["city", "--hub", "nowhere", "list"], ["city", "list", "--hub=nowhere"]])
def test_the_programs_own_options_stand_anywhere(run: Run, words: list[str]) -> None:
    assert run(*words).err.startswith("✗ nowhere: There is no hub.yaml in this folder.")


@pytest.mark.usefixtures("hub")
def test_what_follows_two_hyphens_is_left_alone() -> None:
    assert run_command("city", "show", "--", "--lang").err.startswith("✗ --lang is no city of this hub.")


def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, texts: dict[str, str]) -> None:
    """A Turkish catalogue with these texts stands for the core's."""
    folder = tmp_path / "locales" / "tr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    entries = "".join(f'msgid "{text}"\nmsgstr "{other}"\n\n' for text, other in texts.items())
    (folder / "sdgcities.po").write_text(f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n{entries}', encoding="utf-8")
    monkeypatch.setattr("sdgcities.i18n.catalogues.resource_dir", lambda name: tmp_path / name)


TEXTS = {
    "Usage:": "Kullanım:",
    "Options": "Seçenekler",
    "Commands": "Komutlar",
    "Example:": "Örnek:",
    "Show this message and exit.": "Bu iletiyi göster.",
    "required": "zorunlu",
    "Participating cities and their stage.": "Katılan kentler.",
    "The city, by code or name.": "Kent.",
    "There is no command %(name)s.": "%(name)s diye bir komut yok.",
    "See: %(command)s --help.": "Bakın: %(command)s --help.",
}


def test_help_speaks_the_readers_language_at_every_level(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue(tmp_path, monkeypatch, TEXTS)
    top = run("--help", "--lang", "tr").out
    assert top.startswith("Kullanım: sdgcities")
    assert "Katılan kentler." in top
    assert "Örnek: sdgcities demo demo/" in top
    group = run("city", "--help", "--lang", "tr").out
    assert "  Katılan kentler.\n" in group
    assert "Komutlar:" in group
    command = run("--lang", "tr", "form", "submit", "--help").out
    assert "Seçenekler:" in command
    assert "Kent.  [zorunlu]" in command
    assert "Bu iletiyi göster." in command
    assert run("city", "nope", "--lang", "tr").err == "✗ nope diye bir komut yok. Bakın: sdgcities city --help.\n"
    assert run("--help").out.startswith("Usage: sdgcities"), "the language of one run is not that of the next"


@pytest.mark.parametrize(("language", "said"), [("pt_PT", "--since: ontem não é um dia"), ("tr", "--since: ontem geçerli bir gün değil")])
def test_a_day_that_is_none_is_told_in_the_readers_language(run: Run, language: str, said: str) -> None:
    assert said in run("city", "rename", "Ho", "X", "--reason", "r", "--since", "ontem", "--lang", language).err


@pytest.mark.parametrize("language", ["tr_TR.UTF-8", "tr-TR", "tr"])
def test_the_environment_names_the_language(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    catalogue(tmp_path, monkeypatch, TEXTS)
    monkeypatch.setenv("LANG", language)
    assert run("--help").out.startswith("Kullanım:")


@pytest.mark.parametrize("language", ["C", "POSIX", "C.UTF-8", "en_GB", "../../etc", "xx", ""])
def test_a_language_without_texts_is_english(run: Run, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("LANG", language)
    assert run("--help").out.startswith("Usage: sdgcities")


def test_completion_is_there() -> None:
    result = CliRunner().invoke(cli, [], prog_name="sdgcities", env={"_SDGCITIES_COMPLETE": "bash_source"})
    assert "_SDGCITIES_COMPLETE=bash_complete" in result.output


@pytest.mark.parametrize("words", [["init", "", "--country", "GH"], ["data", "import", ""], ["demo", ""]])
def test_an_empty_path_is_not_the_current_folder(run: Run, words: list[str]) -> None:
    ended = run(*words)
    assert ended.code == 2
    assert "It must not be empty." in ended.err
    assert not list(Path.cwd().iterdir())
