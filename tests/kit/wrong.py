"""A file of the sound plugin with one thing wrong, and what the rule that is meant to see it must say: where, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from tests.kit.sound import PACKAGE, sound_files, spoilt, write

from sdgcities.findings import Finding
from sdgcities.kit import rules as areas
from sdgcities.kit.page import PAGE, page_of
from sdgcities.kit.quality import judge
from sdgcities.kit.rule import Check, Level, Rule, Verdict
from sdgcities.kit.subject import Subject


@dataclass(frozen=True)
class Wrong:
    """`old` becomes `new` in `file`; `rule` must tell it at `place` (line:character, row:column) with `words` in what it says.

    `told_in` is the file that the finding names where it is another one.
    """

    rule: str
    file: str
    old: str
    new: str
    place: str
    words: str
    told_in: str = ""

    def __str__(self) -> str:
        return f"{self.rule}-{self.words}"


def checks() -> dict[str, Check]:
    """The function of every rule that has one, by the rule's id."""
    return {
        identifier: check for area in iter_modules(areas.__path__) for identifier, check in import_module(f"sdgcities.kit.rules.{area.name}").CHECKS.items()
    }


def sound(folder: Path) -> Path:
    """The sound plugin with its generated page; the folder of its package."""
    package = write(folder, sound_files())
    (package / PAGE).write_bytes(page_of(Subject(package)).encode("utf-8"))
    return package


def verdict(package: Path, identifier: str) -> Verdict:
    """What comes of one rule."""
    return judge(Subject(package), [Rule(identifier, Level.BRONZE, "", "", "", "", slow=False, check=checks()[identifier])])[0]


def place_of(finding: Finding, package: Path) -> tuple[str, str]:
    """The file, within the package or else the project, and line:character or row:column."""
    where = finding.where
    assert where.file is not None
    parts = (where.row, where.column) if where.row is not None else (where.line, where.character)
    file = Path(where.file).relative_to(package.resolve().parent).as_posix()
    return file.removeprefix(f"{PACKAGE}/"), ":".join(str(part) for part in parts if part is not None)


def tell(wrong: Wrong, folder: Path) -> None:
    """Hold a wrong file against its rule."""
    package = sound(folder)
    write(folder, spoilt(wrong.file, wrong.old, wrong.new))
    findings = verdict(package, wrong.rule).findings
    told = [(*place_of(finding, package), f"{finding.message} {finding.hint or ''}") for finding in findings]
    wanted = (wrong.told_in or wrong.file, wrong.place)
    assert any((file, place) == wanted and wrong.words in words for file, place, words in told), told


def parametrized(wrongs: list[Wrong]) -> pytest.MarkDecorator:
    """A test for each."""
    return pytest.mark.parametrize("wrong", wrongs, ids=str)
