"""`PluginContract`: one test for each rule of the quality scale, and fixtures to test a plugin further."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest

if TYPE_CHECKING:
    from sdgcities.kit.rule import Rule, Verdict
    from sdgcities.kit.subject import Subject
    from sdgcities.kit.trial.bench import TrialHub
    from sdgcities.registry.cities import City
    from sdgcities.registry.submissions import Submitted

MANIFEST = "plugin.yaml"
OF_THE_KIT = frozenset({"contract-tests", "tests-written"})
"""The rules that ask for these very tests, and run them."""
BROKEN = "broken-on-purpose"
SubmissionFor = Callable[..., "Submitted"]
TemporaryPlugin = Callable[..., Path]


class PluginContract:
    """The contract of a plugin, as tests. Subclass it in a test module of the plugin, and call the class Test...."""

    plugin: ClassVar[str] = ""
    """The plugin's name or the path of its folder; empty for the plugin whose project the test module lies in."""
    level: ClassVar[str] = "bronze"
    """Up to which level of the quality scale the rules must be met: bronze, silver or gold."""

    @classmethod
    def wanted(cls, config: pytest.Config) -> str:  # noqa: ARG003 - a subclass may take it from the command line
        """The plugin that is tested: by name or path."""
        return cls.plugin

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """One test for each rule."""
        if "rule" in metafunc.fixturenames:
            chosen = _rules(str(metafunc.config.getoption("--sdgcities-level", None) or self.level))
            metafunc.parametrize("rule", chosen, ids=[rule.id for rule in chosen])

    def test_rule(self, rule: Rule, subject: Subject) -> None:
        """The plugin keeps the rule."""
        from sdgcities.kit.quality import judge

        (verdict,) = judge(subject, [rule])
        if verdict.unchecked:
            pytest.skip(f"{rule.id}: {verdict.unchecked}")
        if not verdict.met:
            pytest.fail(_told(verdict, subject.project or subject.folder), pytrace=False)

    @pytest.fixture
    def subject(self, request: pytest.FixtureRequest) -> Subject:
        """The plugin under test, read as a hub reads it."""
        beside = request.config.getoption("--sdgcities-plugins-dir", None)
        found = _subject(self.wanted(request.config), Path(inspect.getfile(type(self))), Path(beside) if beside else None)
        if found is None:
            pytest.fail(f"{type(self).__name__} lies in no plugin's project: set `plugin` to a name or a path.", pytrace=False)
        return found

    @pytest.fixture
    def hub(self, subject: Subject, tmp_path: Path) -> Iterator[TrialHub]:
        """A hub of the plugin, with an operator, an author and a reviewer."""
        from sdgcities.kit.trial.bench import open_bench

        opened = open_bench(subject, tmp_path / "sdgcities")
        yield opened
        opened.close()

    @pytest.fixture
    def city(self, hub: TrialHub) -> City:
        """A city that takes part: the sample's, else the first that can."""
        return hub.join()

    @pytest.fixture
    def submission_for(self, hub: TrialHub, city: City) -> SubmissionFor:
        """Sends in a form of the city: the form's example, or the answers given."""

        def send(form: str, answers: Mapping[str, object] | None = None) -> Submitted:
            return hub.submit(form, city, answers)

        return send

    @pytest.fixture
    def temporary_plugin(self, tmp_path: Path) -> TemporaryPlugin:
        """Writes a plugin from its files, path to text, and gives the plugins folder it stands in."""

        def write(files: Mapping[str, str], package: str = "sdgcities_temporary") -> Path:
            return _written(tmp_path / "temporary", package, files)

        return write

    @pytest.fixture
    def broken_plugin(self, hub: TrialHub) -> str:
        """The name of a plugin that can't be imported; it stands beside the one under test, and the hub was opened again."""
        package = "sdgcities_" + BROKEN.replace("-", "_")
        manifest = f'api: "1.0"\nname: {BROKEN}\ntitle: Broken on purpose\nversion: 0.1.0\nlayer: theme\nhooks: {package}.hooks\n'
        _written(hub.plugins_dir, package, {MANIFEST: manifest, "__init__.py": "", "hooks.py": 'raise RuntimeError("broken on purpose")\n'})
        hub.reopen()
        return BROKEN


@lru_cache(maxsize=8)
def _subject(named: str, module: Path, plugins_dir: Path | None) -> Subject | None:
    """The plugin of the module's own project, where it is meant; else the one that is named. Read once for all its tests."""
    from sdgcities.kit.subject import Subject, subject_of

    own = _own_project(module)
    if own and (not named or Subject(own).name == named):
        return Subject(own, plugins_dir)
    return subject_of(named, plugins_dir) if named else None


def _rules(level: str) -> list[Rule]:
    """Every rule up to a level, but for the one that runs these tests."""
    from sdgcities.kit.quality import rules
    from sdgcities.kit.rule import Level

    return [rule for rule in rules() if Level(level).includes(rule.level) and rule.id not in OF_THE_KIT]


def _own_project(module: Path) -> Path | None:
    """The package with the manifest in the project that a test module lies in."""
    for folder in module.resolve().parents:
        if (folder / "pyproject.toml").is_file():
            packages = sorted(folder.glob(f"sdgcities_*/{MANIFEST}"))
            return packages[0].parent if len(packages) == 1 else None
    return None


def _told(verdict: Verdict, base: Path) -> str:
    """What must hold, and line by line what does not."""
    rule = verdict.rule
    lines = [f"{rule.id} ({rule.level.value}): {rule.title}"]
    for finding in verdict.findings:
        place = finding.where
        path = Path(place.file) if place.file else None
        shown = [str(path.relative_to(base)) if path.is_relative_to(base) else str(path)] if path else []
        shown += [str(part) for part in (place.line, place.character) if part is not None]
        shown += [f"{name} {value}" for name, value in (("row", place.row), ("column", place.column)) if value is not None]
        said = f"{finding.message} {finding.hint or ''}".strip()
        lines.append(f"{':'.join(shown)}: {said}" if shown else said)
    return "\n".join([*lines, f"{rule.cure} ({rule.page})"])


def _written(folder: Path, package: str, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
