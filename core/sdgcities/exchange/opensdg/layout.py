"""Where the files of a repository lie: those that its configuration names, and those that it passes over, which are told."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.exchange.opensdg.metadata import SUFFIXES
from sdgcities.exchange.opensdg.repository import Configuration, DataInput
from sdgcities.findings import Finding, Message, Severity, Where, msg, nmsg

FLAT = ("indicator_*-*.csv", "metadata_*-*.md")
"""How the files are called where data and metadata lie together in one folder."""
_CSV, _SETTINGS = ".csv", "indicator-config"
_FEW = 5


class Layout:
    """The files of one repository. What the configuration passes over or names twice stands among the problems."""

    def __init__(self, folder: Path, configuration: Configuration) -> None:
        self._folder, self._configuration = folder, configuration
        self.problems: list[Finding] = []

    def data(self) -> dict[str, list[tuple[Path, DataInput]]]:
        """The files of data of each indicator, those of a later input last: its figures count."""
        found, twins = dict[str, list[tuple[Path, DataInput]]](), set[Path]()
        for given in self._configuration.data_inputs:
            of_input: dict[str, Path] = {}
            for path in self._matching([given.pattern], _CSV):
                first = of_input.setdefault(indicator_of(path), path)
                if first != path:
                    twins.add(path)
                    self._twins(indicator_of(path), first, path)
            for one, path in of_input.items():
                found.setdefault(one, []).append((path, given))
        self._passed_over(twins | {path for files in found.values() for path, _ in files})
        if found:
            self._replaced(one for one, files in found.items() if len({path for path, _ in files}) > 1)
            return found
        return {indicator_of(file): [(file, DataInput())] for file in sorted(self._folder.glob(FLAT[0]))}

    def metadata(self) -> Mapping[str, Sequence[Path]]:
        """The files of each indicator, those of a later pattern last. Where the patterns find none but settings, those in meta/ are taken, and told."""
        found: dict[str, list[Path]] = {}
        for pattern in self._configuration.metadata_patterns:
            for path in self._matching([pattern]):
                if path.suffix in SUFFIXES:
                    found.setdefault(indicator_of(path), []).append(path)
        if any(self._folder / _SETTINGS not in path.parents for files in found.values() for path in files):
            return found
        others = [*self._matching(["meta/*-*.yml", "meta/*-*.md"]), *sorted(self._folder.glob(FLAT[1]))]
        for path in others:
            found.setdefault(indicator_of(path), []).append(path)
        if others and self._configuration.file:
            told = msg("No metadata file is called as the configuration says (%(patterns)s).", patterns=", ".join(self._configuration.metadata_patterns))
            self._note(told, msg("The files in meta/ are read all the same; Open SDG itself would build without them."))
        return found

    def _matching(self, patterns: Sequence[str], suffix: str = "") -> list[Path]:
        found = (path for pattern in patterns if pattern not in ("", ".") for path in sorted(self._folder.glob(pattern)))
        return [path for path in found if path.is_file() and path.name[0] not in ".~" and path.suffix.endswith(suffix)]

    def _twins(self, one: str, first: Path, other: Path) -> None:
        """Two files of one input are of the same indicator: Open SDG takes the one that the system names last."""
        told = msg("%(first)s and %(other)s are both of the indicator %(id)s.", first=self._name(first), other=self._name(other), id=one)
        hint = msg("Open SDG takes one of them, whichever it finds last: keep the right one.")
        self.problems.append(Finding("opensdg.twins", Severity.BLOCK, told, hint, Where(file=str(other))))

    def _replaced(self, ids: Iterable[str]) -> None:
        if names := list(ids):
            told = nmsg(
                "%(n)s indicator has data files of several inputs: %(names)s.",
                "%(n)s indicators have data files of several inputs, such as: %(names)s.",
                len(names),
                names=", ".join(names[:_FEW]),
            )
            self._note(told, msg("The figures of the last input count, as in Open SDG."))

    def _passed_over(self, taken: set[Path]) -> None:
        """Tables that lie among the data and are called otherwise."""
        patterns = [given.pattern for given in self._configuration.data_inputs if given.pattern]
        folders = {self._folder / "data", *((self._folder / pattern).parent for pattern in patterns)}
        files = {path for folder in folders if "*" not in str(folder) and folder != self._folder and folder.is_dir() for path in _tables(folder)}
        tables = {self._folder / name for given in self._configuration.data_inputs for name in (given.column_map, given.code_map)}
        if (names := sorted(map(self._name, files - taken - tables))) and patterns:
            told = nmsg(
                "%(n)s file among the data is not called as the configuration says (%(patterns)s), and is not read: %(names)s.",
                "%(n)s files among the data are not called as the configuration says (%(patterns)s), and are not read, such as: %(names)s.",
                len(names),
                patterns=", ".join(patterns),
                names=", ".join(names[:_FEW]),
            )
            self._note(told, msg("Open SDG passes over such files too. If they hold figures, correct their names, or path_pattern in the configuration."))

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()

    def _note(self, told: Message, hint: Message) -> None:
        self.problems.append(Finding("opensdg.configuration", Severity.NOTE, told, hint, Where(file=self._configuration.file or str(self._folder))))


def indicator_of(path: Path) -> str:
    """The indicator that a file is of, as Open SDG reads it off the file's name."""
    return path.stem.replace("indicator_", "").removeprefix("metadata_")


def leading_out(folder: Path) -> Refused | None:
    """The refusal of a repository with a link that leads out of it: what lies there is none of its files, and would go where the repository goes."""
    within = os.path.realpath(folder)
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != ".git"]
        for path in (os.path.join(root, name) for name in (*folders, *files)):  # noqa: PTH118 - thousands of files: a Path for each takes longer than reading them
            if os.path.islink(path) and not os.path.realpath(path).startswith(within + os.sep):  # noqa: PTH114 - as above
                told = msg("This is a link that leads out of the repository.")
                return refuse("opensdg.outside", told, msg("Put the file itself there, or take the link out."), Where(file=path))
    return None


def _tables(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.suffix.casefold() == _CSV and path.name[0] not in ".~" and path.is_file())
