"""What a plugin uses of the plugin API that ends: where it stands, in which version it ends, what to write instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import cast

from sdgcities import plugin
from sdgcities.errors import Refused
from sdgcities.findings import Finding, Message, Severity, Where, msg, nmsg
from sdgcities.intake.schema import load_checked
from sdgcities.intake.yaml import Document, NodePath, load_yaml
from sdgcities.model.plugins import Manifest
from sdgcities.plugin.manifest import FILE, MIGRATING, SCHEMAS

EVERY = "*"
_LIST = Path(__file__).with_name("deprecations.yaml")

Version = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Deprecation:
    """A way to write something that ends. `file` is plugin.yaml or a key of it that names a file, `path` leads to the key in it.

    `absent`: that the key is missing is deprecated, else that it is there. `text` says what to write instead.
    """

    id: str
    since: Version
    ends: Version
    file: str
    path: tuple[str, ...]
    absent: bool
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Use:
    """One place where a plugin does so."""

    of: Deprecation
    where: Where


@cache
def deprecations() -> tuple[Deprecation, ...]:
    """All that ends, as `deprecations.yaml` lists it."""
    entries = cast("dict[str, list[dict[str, str]]]", load_checked(_LIST, SCHEMAS / "deprecations.schema.json").data)["deprecations"]
    return tuple(
        Deprecation(
            entry["id"],
            _version(entry["since"]),
            _version(entry["ends"]),
            entry["file"],
            tuple(entry["path"].split("/")),
            entry["what"] == "absence",
            entry["title"],
            entry["text"],
        )
        for entry in entries
    )


def deprecated(manifest: Manifest, api: Version | None = None) -> Iterator[Finding]:
    """Each use of what ends: a note with the version in which it does; where this API (or `api`) has got there, it blocks."""
    yield from (_finding(use, _now(api)) for use in uses(manifest.folder))


def announced(manifest: Manifest) -> Iterator[Finding]:
    """The same for who runs a hub, in one note for each thing that ends, however often the plugin uses it."""
    for entry, group in groupby(uses(manifest.folder), key=attrgetter("of")):
        places = list(group)
        told = nmsg(
            "Plugin %(plugin)s has something that ends with plugin API %(ends)s: %(title)s (in %(n)s place).",
            "Plugin %(plugin)s has something that ends with plugin API %(ends)s: %(title)s (in %(n)s places).",
            len(places),
            plugin=manifest.name,
            ends=_spelled(entry.ends),
            title=Message(entry.title),
        )
        hint = msg("Nothing to do for now; its maintainers find what to do in %(page)s.", page=f"{MIGRATING}#{entry.id}")
        yield Finding(f"deprecated.{entry.id}", Severity.NOTE, told, hint, places[0].where)


def ended(folder: Path) -> Iterator[Finding]:
    """What in the folder of a plugin has ended in this API, whatever API its manifest is written for."""
    yield from (_finding(use, _now(None)) for use in uses(folder) if use.of.ends <= _now(None))


def uses(folder: Path) -> Iterator[Use]:
    """Every place in a plugin's files; a file that is no YAML has none, and is told elsewhere."""
    manifest = _document(folder / FILE)
    known = manifest.data if manifest and isinstance(manifest.data, dict) else {}
    for entry in deprecations():
        named = FILE if entry.file == FILE else known.get(entry.file)
        document = _document(folder / named) if isinstance(named, str) and ".." not in Path(named).parts else None
        if document:
            yield from (Use(entry, document.where(path)) for path in _places(document.data, entry.path, (), absent=entry.absent))


def _places(node: object, path: tuple[str, ...], at: NodePath, *, absent: bool) -> Iterator[NodePath]:
    """Where the key at the end of the path is, or is missing while what should hold it is there."""
    step, *rest = path
    if step == EVERY:
        for number, item in enumerate(node if isinstance(node, list) else ()):
            yield from _places(item, tuple(rest), (*at, number), absent=absent)
    elif isinstance(node, dict):
        if rest and step in node:
            yield from _places(node[step], tuple(rest), (*at, step), absent=absent)
        elif not rest and (step in node) is not absent:
            yield at if absent else (*at, step)


def _document(file: Path) -> Document | None:
    try:
        return load_yaml(file)
    except Refused:
        return None


def _finding(use: Use, api: Version) -> Finding:
    entry = use.of
    over = entry.ends <= api
    words: Mapping[str, object] = {"title": Message(entry.title), "ends": _spelled(entry.ends)}
    told = msg("%(title)s: this ended with plugin API %(ends)s.", **words) if over else msg("%(title)s: this ends with plugin API %(ends)s.", **words)
    hint = msg("%(text)s See %(page)s.", text=Message(entry.text), page=f"{MIGRATING}#{entry.id}")
    return Finding(f"deprecated.{entry.id}", Severity.BLOCK if over else Severity.NOTE, told, hint, use.where)


def _now(api: Version | None) -> Version:
    return api or plugin.API_VERSION


def _version(text: str) -> Version:
    major, minor = text.split(".")
    return int(major), int(minor)


def _spelled(version: Version) -> str:
    return "{}.{}".format(*version)
