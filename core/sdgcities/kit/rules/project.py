"""Rules of what stands beside the package: `pyproject.toml`, the tests, the changelog, and the page about the plugin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from sdgcities.errors import Refused
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.intake.files import read_text
from sdgcities.intake.toml import TomlFile, load_toml
from sdgcities.kit.hooks.source import NotPython, read_source
from sdgcities.kit.page import PAGE, page_of
from sdgcities.kit.rule import Check, Unchecked
from sdgcities.kit.subject import Subject
from sdgcities.kit.trial.tests_of import contract_tests, tests_folder
from sdgcities.plugin.entry_points import GROUP

PYPROJECT = "pyproject.toml"
CHANGELOG = "CHANGELOG.md"
CORE = "sdgcities"
_NAME = re.compile(r"\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*")
_PIN = re.compile(r"={2,3}")


def entry_point(subject: Subject) -> Iterator[Finding]:
    """No entry point under the plugin's name, or one that names something else than the package."""
    manifest, project = subject.manifest, load_toml(subject.needed_project / PYPROJECT)
    points = _table(_table(_table(project.data, "project"), "entry-points"), GROUP)
    hint = msg('Write under [project.entry-points."%(group)s"]: %(name)s = "%(package)s"', group=GROUP, name=manifest.name, package=subject.folder.name)
    if not subject.folder.name.isidentifier():
        problem = msg("A package can't be called %(folder)s.", folder=subject.folder.name)
        yield _block("project.package", problem, msg("Call the folder sdgcities_ and the plugin's name."), Where(file=str(subject.folder)))
    if not (subject.folder / "__init__.py").exists():
        problem, cure = msg("There is no __init__.py in the package."), msg("Add an empty file of that name: some tools pass over a package without it.")
        yield Finding("project.package", Severity.NOTE, problem, cure, Where(file=str(subject.folder)))
    if manifest.name not in points:
        problem = msg("No entry point is called %(name)s.", name=manifest.name)
        yield _block("project.entry-point", problem, hint, project.where(GROUP, "[project]"))
    elif points[manifest.name] != subject.folder.name:
        problem = msg("The entry point %(name)s names %(package)s.", name=manifest.name, package=str(points[manifest.name]))
        yield _block("project.entry-point", problem, hint, _where(project, rf"^\s*[\"']?{re.escape(manifest.name)}[\"']?\s*="))


def dependencies(subject: Subject) -> Iterator[Finding]:
    """What is pinned, taken from an address, or needed by the core already. `sdgcities` itself has to be there."""
    try:
        project = load_toml(subject.needed_project / PYPROJECT)
    except Refused as error:
        raise Unchecked(msg("%(file)s must be corrected first.", file=PYPROJECT)) from error
    declared = _table(project.data, "project")
    if "dependencies" in (dynamic if isinstance(dynamic := declared.get("dynamic"), list) else ()):
        raise Unchecked(msg("pyproject.toml leaves the dependencies to the build: list them under [project]."))
    given = declared.get("dependencies", [])
    names = set[str]()
    for requirement in given if isinstance(given, list) else [given]:
        name, rest = _parts(requirement)
        names.add(name)
        where = project.where(f'"{requirement}"', f"'{requirement}'", str(requirement) or "dependencies", "dependencies")
        hint = msg("Write a lower bound, such as %(name)s>=1.2.", name=name or "name")
        if not name:
            yield _block("project.requirement", msg("%(text)s is no dependency.", text=str(requirement)), hint, where)
        elif name in core_needs():
            problem = msg("sdgcities needs %(name)s already.", name=name)
            yield _block("project.core", problem, msg("Take the line out: sdgcities says which version."), where)
        elif rest.startswith("@"):
            yield _block("project.address", msg("%(name)s is taken from an address.", name=name), hint, where)
        elif _PIN.search(rest.partition(";")[0]):
            yield _block("project.pin", msg("%(text)s pins one version.", text=str(requirement)), hint, where)
    if CORE not in names:
        yield _block(
            "project.sdgcities", msg("sdgcities is not among the dependencies."), msg('Write dependencies = ["sdgcities>=0.1"].'), project.where("[project]")
        )


def _parts(requirement: object) -> tuple[str, str]:
    """The name of a requirement, as registries spell it, and what follows it; an empty name where it is none.

    So much of the grammar (PEP 508) is enough here: name, extras in brackets, then versions or an address, then a condition after `;`.
    """
    match = _NAME.match(requirement) if isinstance(requirement, str) else None
    if match is None or not isinstance(requirement, str):
        return "", ""
    rest = requirement[match.end() :].lstrip("(")
    return (re.sub(r"[-_.]+", "-", match[1]).lower(), rest) if not rest or rest[0] in "@;<>=!~" else ("", "")


@cache
def core_needs() -> frozenset[str]:
    """The names of the distributions that the core needs, without those of its extras."""
    from importlib.metadata import PackageNotFoundError, requires  # noqa: PLC0415 - costs more than all rules of a manifest

    try:
        listed = requires(CORE) or ()
    except PackageNotFoundError as error:
        raise Unchecked(msg("sdgcities is not installed here, so it can't say what it needs.")) from error
    return frozenset(_parts(line)[0] for line in listed if "extra" not in line.partition(";")[2])


def contract_written(subject: Subject) -> Iterator[Finding]:
    """No contract tests, or a module of tests that is no Python."""
    project, folder = subject.needed_project, tests_folder(subject)
    unreadable = False
    for file in sorted(folder.rglob("*.py")) if folder else ():
        try:
            read_source(file)
        except NotPython as error:
            yield error.finding
            unreadable = True
    if folder is None or not (unreadable or any(contract_tests(folder))):
        hint = msg("Write tests/test_contract.py with a subclass of sdgcities.testing.PluginContract whose name begins with Test.")
        yield _block("tests.contract", msg("The plugin has no contract tests."), hint, Where(str(project / "tests")))


def changelog(subject: Subject) -> Iterator[Finding]:
    """No changelog, no heading for the version of the manifest, or nothing below it."""
    file, version = subject.needed_project / CHANGELOG, subject.manifest.version
    hint = msg("Add the heading ## %(version)s, and below it what changed.", version=version)
    if not file.exists():
        yield _block("project.changelog", msg("There is no CHANGELOG.md."), hint, Where(file=str(file)))
        return
    lines = read_text(file).splitlines()
    heading = re.compile(rf"#+ .*(?<![0-9.]){re.escape(version)}(?![0-9A-Za-z]|\.[0-9])")
    found = next((number for number, line in enumerate(lines, start=1) if heading.match(line)), None)
    if found is None:
        yield _block("project.changelog", msg("There is no entry for version %(version)s.", version=version), hint, Where(file=str(file), line=1))
    elif not any(line.strip() for line in _section(lines[found:])):
        yield _block("project.changelog", msg("The entry for version %(version)s is empty.", version=version), hint, Where(file=str(file), line=found))


def _section(lines: list[str]) -> Iterator[str]:
    """The lines up to the next heading."""
    for line in lines:
        if line.startswith("#"):
            return
        yield line


def page_generated(subject: Subject) -> Iterator[Finding]:
    """No page in the package, or one that its files would not give today."""
    file = subject.folder / PAGE
    command = msg("Run sdgcities plugin document %(folder)s", folder=subject.folder)
    if not file.exists():
        yield _block("project.page", msg("The page about the plugin is missing."), command, Where(file=str(file)))
        return
    lines = read_text(file).splitlines()
    wanted = page_of(subject).splitlines()
    if lines != wanted:
        different = next((number for number, (one, other) in enumerate(zip(lines, wanted, strict=False)) if one != other), min(len(lines), len(wanted)))
        yield _block("project.page", msg("The page does not say what the files say today."), command, Where(file=str(file), line=different + 1))


def _table(data: Mapping[str, object], key: str) -> Mapping[str, object]:
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def _where(project: TomlFile, pattern: str) -> Where:
    match = re.search(pattern, project.text, re.MULTILINE)
    return Where(file=project.file, line=project.text.count("\n", 0, match.start()) + 1, character=1) if match else Where(file=project.file)


def _block(code: str, problem: Message, hint: Message, where: Where) -> Finding:
    return Finding(code, Severity.BLOCK, problem, hint, where)


CHECKS: Mapping[str, Check] = {
    "entry-point": entry_point,
    "dependencies": dependencies,
    "tests-written": contract_written,
    "changelog": changelog,
    "page-generated": page_generated,
}
