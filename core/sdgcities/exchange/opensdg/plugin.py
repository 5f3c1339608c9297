"""The plugin of a hub that a repository becomes: its indicators and dimensions, and its files byte for byte."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import yaml

from sdgcities.exchange.opensdg.carried import FILES, MAPPING, Carried
from sdgcities.exchange.opensdg.disaggregation import plugin_name
from sdgcities.exchange.opensdg.indicators import entries
from sdgcities.exchange.opensdg.repository import Repository
from sdgcities.exchange.opensdg.rows import Rows
from sdgcities.findings import Finding, Severity, Where, msg, nmsg
from sdgcities.intake.files import sha256_of
from sdgcities.intake.yaml import load_yaml
from sdgcities.model.profiles import TOTAL
from sdgcities.plugin.declared.indicators import MAX_FILE

MANIFEST, INDICATORS, CODELISTS = "plugin.yaml", "indicators.yaml", "codelists.yaml"
_API = "1.1"
_FEW = 5


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # the C one where it is there
    """Writes texts so that they are read back as texts: "08" and "1e3" are numbers to a reader of YAML 1.2."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    plain = text.isalpha() and text.casefold() not in ("true", "false", "null")
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if plain else '"')


def _number(dumper: yaml.SafeDumper, number: Decimal) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:float" if "." in f"{number:f}" else "tag:yaml.org,2002:int", f"{number:f}")


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Decimal, _number)


class Writing:
    """The plugin of one repository, compared with the one that stands there."""

    def __init__(self, repository: Repository, tables: Mapping[str, Rows], carried: Carried, official: Mapping[str, str], before: Path) -> None:
        self._repository, self._tables, self._carried, self._before = repository, tables, carried, before
        self.indicators = list(entries(repository, tables, carried, official))
        self._dimensions = list(self._own_dimensions())
        stands = self._standing()
        self.anew = not stands or not self._same(stands)
        """Whether anything in it is other than in the plugin that stands there."""
        self.version = _next(stands) if self.anew else stands

    def write(self, folder: Path) -> None:
        """Write it into an empty folder."""
        (folder / MAPPING).write_bytes(self._carried.written())
        for name, data in self._documents(self.version):
            (folder / name).write_bytes(_yaml(data))
        for name in self._repository.files:
            target = folder / FILES / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self._repository.folder / name, target)

    def changes(self) -> Iterator[Finding]:
        """What is new, other and gone since the last import of the repository."""
        earlier, now = self._earlier, {str(entry["code"]): entry for entry in self.indicators}
        if not earlier:
            return
        new, gone = sorted(now.keys() - earlier), sorted(earlier.keys() - now)
        other = sorted(code for code in now.keys() & earlier if _plain(now[code]) != _plain(earlier[code]))
        files = sorted(name for name, digest in self._repository.files.items() if self._digest(name) != digest)
        left = msg("What was taken in earlier stays in the hub; where it is wrong, take its batch back: sdgcities data revert.")
        lost = self._labels_gone() if files else []
        for names, told, hint in (
            (new, nmsg("%(n)s indicator is new: %(names)s.", "%(n)s indicators are new, such as: %(names)s.", len(new), names=_some(new)), None),
            (other, nmsg("%(n)s indicator is defined anew: %(names)s.", "%(n)s indicators are defined anew: %(names)s.", len(other), names=_some(other)), None),
            (gone, nmsg("%(n)s indicator is gone: %(names)s.", "%(n)s indicators are gone, such as: %(names)s.", len(gone), names=_some(gone)), left),
            (
                lost,
                nmsg(
                    "%(n)s label is in no file any more: %(names)s.", "%(n)s labels are in no file any more, such as: %(names)s.", len(lost), names=_some(lost)
                ),
                left,
            ),
            (files, nmsg("%(n)s file is new or changed: %(names)s.", "%(n)s files are new or changed: %(names)s.", len(files), names=_some(files)), None),
        ):
            if names:
                yield Finding("opensdg.changed", Severity.NOTE, told, hint, Where(file=str(self._repository.folder)))

    def _labels_gone(self) -> list[str]:
        """Labels of earlier imports that no file has now: renamed, perhaps, and then their figures stand beside those of the new label."""
        stand: dict[str, set[str]] = {}
        for one, rows in self._tables.items():
            for column in self._repository.indicators[one].disaggregations:
                stand.setdefault(column.strip(), set()).update(rows.column(column.strip()))
        columns = self._carried.columns.items()
        return [f"{name}: {label}" for name, split in columns for label in split.codes if label not in stand.get(name, ())]

    def _documents(self, version: str) -> Iterator[tuple[str, dict[str, object]]]:
        manifest: dict[str, object] = {
            "api": _API,
            "name": plugin_name(self._carried.unit),
            "title": f"Open SDG, {self._carried.unit}",
            "version": version,
            "layer": "hub",
            "countries": [self._carried.country],
            "maintainers": ["The hub that took the repository in"],
            "indicators": INDICATORS,
        }
        yield INDICATORS, {"indicators": self.indicators}
        if self._dimensions:
            manifest["codelists"] = CODELISTS
            yield CODELISTS, {"dimensions": self._dimensions}
        yield MANIFEST, manifest

    def _own_dimensions(self) -> Iterator[dict[str, object]]:
        """The dimensions that no other plugin gives, with the labels of the columns they came from."""
        own = plugin_name(self._carried.unit)
        for name, split in self._carried.columns.items():
            codes = {code: self._repository.worded(label) or label for label, code in split.codes.items() if code != TOTAL}
            if split.dimension.startswith(f"{own}-") and codes:
                source = {"office": "Open SDG data repository", "table": name}
                yield {"id": split.dimension, "name": self._repository.worded(name) or name, "codes": codes, "source": source, "status": "draft"}

    @property
    def _earlier(self) -> Mapping[str, Any]:
        """The indicators of the plugin that stands there, by code."""
        file = self._before / INDICATORS
        if not file.is_file():
            return {}
        return {entry["code"]: entry for entry in cast("dict[str, list[dict[str, Any]]]", load_yaml(file, MAX_FILE).data)["indicators"]}

    def _standing(self) -> str:
        """The version of the plugin that stands there; empty where there is none."""
        file = self._before / MANIFEST
        return str(cast("dict[str, Any]", load_yaml(file).data)["version"]) if file.is_file() else ""

    def _same(self, stands: str) -> bool:
        """Whether the plugin of this version that stands there has the same words and files, and no others."""
        now = {MAPPING: self._carried.written(), **{name: _yaml(data) for name, data in self._documents(stands)}}
        same = all((self._before / name).is_file() and (self._before / name).read_bytes() == content for name, content in now.items())
        files = {path.relative_to(self._before / FILES).as_posix() for path in (self._before / FILES).rglob("*") if path.is_file()}
        return same and files == self._repository.files.keys() and all(self._digest(name) == digest for name, digest in self._repository.files.items())

    def _digest(self, name: str) -> str:
        file = self._before / FILES / name
        return sha256_of(file) if file.is_file() else ""


def _next(version: str) -> str:
    """The version after one; the first after none."""
    head, _, last = version.rpartition(".")
    return f"{head}.{int(last) + 1}" if version else "1.0.0"


def _yaml(data: object) -> bytes:
    return str(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)).encode()


def _plain(entry: Mapping[str, object]) -> object:
    return {key: value for key, value in entry.items() if value is not None}


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_FEW])
